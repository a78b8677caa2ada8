"""Everyday words: each leads to a word that the site says, or the editor is told."""

import pytest
from conftest import loaded

from macros.reading.load import load
from macros.rules import everyday

WORDS = "title: Prøve\ngroups:\n  - typed: [kedsomhed]\n    finds: [{}]\n"


def told(project, finds: str) -> list[str]:
    (project / "data/everyday/proeve.yml").write_text(WORDS.format(finds), encoding="utf-8")
    return [f"{one}".split("\n")[0] for one in everyday.advice(load(project))]


def test_the_words_of_lillevig_all_lead_somewhere():
    assert loaded().everyday and list(everyday.advice(loaded())) == []


def test_a_word_that_stands_nowhere_is_told_at_its_place(project):
    assert told(project, "nabo, xylofonorkester") == [
        "data/everyday/proeve.yml:4:19: «xylofonorkester» står ingen steder på siden, "
        "så søgningen finder det ikke"
    ]


@pytest.mark.parametrize("word", ["naboerne", "gratis", "tirsdag", "pårørende", "vejledning"])
def test_inflected_words_and_the_products_own_are_words_of_the_site(word, project):
    assert told(project, word) == []


def test_a_file_that_speaks_of_another_place_is_one_remark(project):
    found = told(project, "xa, xb, xc, xd, xe, xf, xg")

    assert len(found) == 1
    assert "7 ord under «finds» står ingen steder på siden: «xa», «xb», «xc»" in found[0]
