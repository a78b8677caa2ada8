"""Words the site explains are found in running text, the longest first."""

import pytest
from conftest import loaded

from macros.pages.lexicon import Lexicon
from macros.reading.load import load


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon(loaded())


def named(lexicon, text: str) -> list[tuple[str, list[str]]]:
    return [
        (text[found.start : found.end], [id for _, id in found.keys])
        for found in lexicon.occurrences(text)
    ]


def test_inflected_forms_and_sentence_openings_are_found(lexicon):
    assert named(lexicon, "Nabohjælpen er nabohjælp.") == [
        ("Nabohjælpen", ["nabohjaelp"]),
        ("nabohjælp", ["nabohjaelp"]),
    ]


def test_a_form_inside_a_longer_word_is_none(lexicon):
    assert named(lexicon, "nabohjælpere og § 123") == []


def test_the_longest_name_wins(lexicon):
    assert named(lexicon, "Læs Plan for nabohjælp.") == [
        ("Plan for nabohjælp", ["lillevig-plan", "lillevig-nabohjaelp"])
    ]


def test_a_section_sign_is_found_with_a_hard_space_too(lexicon):
    assert named(lexicon, "jf. §\N{NO-BREAK SPACE}1") == [("§\N{NO-BREAK SPACE}1", ["paragraf-1"])]


def test_a_bodys_one_word_name_needs_its_capital(lexicon):
    assert named(lexicon, "en naboenheden") == []
    assert named(lexicon, "hos Naboenheden") == [("Naboenheden", ["naboenheden"])]


def test_uses_count_text_titles_and_named_departments_but_not_the_thing_itself(lexicon):
    assert lexicon.uses["organisation", "raadet"] == (("idea", "besoegsvenner"),)
    assert ("idea", "baenk") in lexicon.uses["organisation", "naboenheden"]
    assert ("organisation", "naboenheden") not in lexicon.uses["organisation", "naboenheden"]
    assert lexicon.uses["organisation", "lokalpolitiet"] == (
        ("area", "storvang-sammen/tryghed"),
        ("strategy", "storvang-sammen"),
    )
    assert ("organisation", "naboenheden") in lexicon.uses["term", "nabohjaelp"]
    assert ("term", "nabohjaelp") not in lexicon.uses["term", "nabohjaelp"]


def test_an_abbreviation_is_found_in_capitals_only(project):
    term = project / "data/terms/paragraf-1.yml"
    term.write_text(
        term.read_text(encoding="utf-8").replace("passages:", "forms:\n  - MED\npassages:"),
        encoding="utf-8",
    )
    lexicon = Lexicon(load(project))

    assert named(lexicon, "kom med i MED") == [("MED", ["paragraf-1"])]
