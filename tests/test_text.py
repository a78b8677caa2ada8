"""Danish text: ids, order, joining, sentences, LIX and signs that nobody sees."""

import pytest

from macros.data.document import Document
from macros.language.text import danish_key, join, lix, sentences, slug
from macros.rules.text import no_hidden_signs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ældre på Ørenæs", "aeldre-paa-oerenaes"),
        ("§ 85: støtte", "85-stoette"),
        ("  Åben  Rådgivning ", "aaben-raadgivning"),
        ("Café", "cafe"),
    ],
)
def test_slug_spells_danish_letters_out(text, expected):
    assert slug(text) == expected


def test_danish_letters_come_last_in_their_order():
    words = ["Aabenraa", "Åben", "Ære", "Øst", "Zebra", "Al", "ar", "Al b"]

    ordered = "Al, Al b, ar, Zebra, Ære, Øst, Åben, Aabenraa"
    assert ", ".join(sorted(words, key=danish_key)) == ordered


def test_join_uses_og_before_the_last():
    assert [join(["a"]), join(["a", "b"]), join(["a", "b", "c"])] == ["a", "a og b", "a, b og c"]


@pytest.mark.parametrize(
    "text",
    [
        "Det sker f.eks. den 4. maj 2023 efter § 12 i loven",
        "Se bl.a. nr. 3 og Nabomodel 2.0 m.m. i planen",
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


@pytest.mark.parametrize(
    "text",
    [
        "Hele 👨\u200d👩\u200d👧\u200d👦 kommer",
        "👩🏽\u200d🌾 graver",
        "👩\u200d❤️\u200d👨",
        "🏳️\u200d🌈",
        "To linjer\ner ingen fejl",
    ],
)
def test_joined_pictures_and_line_breaks_are_no_hidden_signs(text):
    assert list(no_hidden_signs(Document("x.yml"), (), text)) == []


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("to\u2028linjer", "U+2028"),
        ("to\u2029afsnit", "U+2029"),
        ("nabo\u200dhjælp", "U+200D"),
        ("🙂\u200d", "U+200D"),
        ("nabo\u00adhjælp", "U+00AD"),
        ("\u202etxet", "U+202E"),
        ("\u2066a", "U+2066"),
        ("\ufeffa", "U+FEFF"),
        ("a\tb", "U+0009"),
    ],
)
def test_a_sign_that_nobody_sees_is_refused_by_its_number(text, sign):
    (fault,) = no_hidden_signs(Document("x.yml"), (), text)

    assert fault.what == f"teksten indeholder et usynligt tegn ({sign})"
