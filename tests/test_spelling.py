"""Spelling: the product's own words are right, and an editor is told of those that may not be."""

import re

import pytest
from conftest import ROOT, loaded, some

from macros.reading.load import load
from macros.rules import spelling

OWN = ROOT / "tests/spelling.txt"


def words() -> set[str]:
    """Of the templates and of the editors' guide: what the product says itself."""
    found: set[str] = set(spelling.WORD.findall(_text(ROOT / "data/README.md")))
    for path in some((ROOT / "overrides").rglob("*.html")):
        found.update(spelling.WORD.findall(re.sub(r"^.*(main|404)\.html$", "", _text(path))))
    return found


def _text(path) -> str:
    return spelling.plain(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def unknown() -> set[str]:
    """The product's words that hunspell's Danish dictionary does not have."""
    found = words()
    assert len(found) > 400
    return {word for word in spelling.unknown(found) if word.lower() not in spelling._SHORT}


def test_every_word_of_the_product_is_known_to_hunspell_or_to_us(unknown):
    assert unknown - set(OWN.read_text(encoding="utf-8").split()) == set()


def test_our_own_list_is_sorted_and_holds_nothing_stale(unknown):
    own = OWN.read_text(encoding="utf-8").split()

    assert own == sorted(set(own))
    assert set(own) - unknown == set()


def test_a_misspelt_word_is_found():
    assert spelling.unknown({"tvaergående", "gget", "fællesskab"}) == {"tvaergående", "gget"}


@pytest.fixture
def misspelt(project):
    """A project with a misspelt word in a file and one on a page."""
    for name, old, new in (
        ("data/roles/beboer.yml", "Sig goddag til din nabo.", "Sig goddag til din naaabo."),
        ("docs/om/index.md", "En overskrift", "En ovverskrift"),
    ):
        file = project / name
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return project


def test_a_word_is_told_with_its_place_and_where_to_vouch_for_it(misspelt):
    told = [str(remark) for remark in spelling.advice(load(misspelt))]

    assert told == [
        "data/roles/beboer.yml:15:15: «naaabo» står ikke i ordbogen\n"
        "    Ret: ret ordet; er det rigtigt, så skriv det i data/_words.txt eller kør «make words»",
        "docs/om/index.md:11:4: «ovverskrift» står ikke i ordbogen\n"
        "    Ret: ret ordet; er det rigtigt, så skriv det i data/_words.txt eller kør «make words»",
    ]


def test_one_press_vouches_for_the_words_and_keeps_the_list_tidy(misspelt):
    assert spelling.vouch(load(misspelt), misspelt) == ["naaabo", "ovverskrift"]

    assert list(spelling.advice(load(misspelt))) == []
    lines = (misspelt / spelling.FILE).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ") and lines[1:] == sorted(lines[1:])


def test_names_and_explained_words_need_nobody_to_vouch(monkeypatch):
    ours = spelling.known(loaded())

    assert {"fjerneby", "nhk", "kr", "gåbus"} <= ours


def test_without_hunspell_nothing_is_said(misspelt, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)

    assert list(spelling.advice(load(misspelt))) == []
