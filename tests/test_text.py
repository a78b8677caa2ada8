"""Danish text: ids, order, joining, sentences and LIX."""

import pytest

from macros.text import danish_key, join, lix, sentences, slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ældre på Røsnæs", "aeldre-paa-roesnaes"),
        ("§ 85: støtte", "85-stoette"),
        ("  Åben  Rådgivning ", "aaben-raadgivning"),
        ("Café", "cafe"),
    ],
)
def test_slug_spells_danish_letters_out(text, expected):
    assert slug(text) == expected


def test_danish_letters_come_last_in_their_order():
    words = ["Åben", "Ære", "Øst", "Zebra", "Al", "ar", "Al b"]

    assert sorted(words, key=danish_key) == ["Al", "Al b", "ar", "Zebra", "Ære", "Øst", "Åben"]


def test_join_uses_og_before_the_last():
    assert [join(["a"]), join(["a", "b"]), join(["a", "b", "c"])] == ["a", "a og b", "a, b og c"]


@pytest.mark.parametrize(
    "text",
    [
        "Det sker f.eks. den 4. december 2024 efter § 85 i loven",
        "Se bl.a. nr. 3 og VUM 2.0 m.m. i planen",
        "Det gælder jf. § 141, stk. 2 i loven",
    ],
)
def test_abbreviations_dates_and_paragraphs_end_no_sentence(text):
    assert len(sentences(text)) == 1


def test_full_stop_question_colon_and_line_end_end_a_sentence():
    assert len(sentences("Kom. Hvem? Alle: du.\nOg jeg")) == 5


def test_lix_is_words_per_sentence_plus_per_cent_long_words():
    # 11 words, 2 sentences, 3 words of more than six letters.
    text = "Kommunen hjælper dig nu. Det gør den rigtigt godt altid her."

    assert lix(text) == pytest.approx(11 / 2 + 100 * 3 / 11)


def test_lix_of_several_texts_ends_each_sentence():
    assert lix(["Kom nu", "Gå hjem"]) == pytest.approx(2)


def test_lix_of_nothing_is_nought():
    assert lix("") == 0.0
