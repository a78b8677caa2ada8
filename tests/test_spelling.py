"""Every Danish word of data, docs and templates is spelt as hunspell or our own list has it."""

import re
import subprocess

import pytest
from conftest import ROOT

from macros.load import load
from macros.values import references

OWN = ROOT / "tests/spelling.txt"
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Written for machines or quoted from them: keys, code, addresses, Jinja, tags, comments.
QUIET = re.compile(
    r"^---\n.*?^---\n|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<!--.*?-->|<[^>]*>|`[^`]*`|^    .*?$"
    r"|\]\([^)]*\)|^--8<--.*?$|^\|[-|]+$|&\w+;",
    re.DOTALL | re.MULTILINE,
)


def words() -> set[str]:
    site = load(ROOT)
    found: set[str] = set()
    for key, document in site.documents.items():
        if key[0] == "everyday":
            continue  # people's own words, and small letters for names
        named = {target for _, _, target in references(site.things[key])}
        for where, text in document.scalars():
            machine = where[-1] == "id" or text in named or text in ("true", "false")
            if not machine and "://" not in text and "@" not in text:
                found.update(WORD.findall(text))
    pages = [*(ROOT / "docs").rglob("*.md"), ROOT / "data/README.md"]
    for path in (page for page in pages if "decisions" not in page.parts):
        found.update(WORD.findall(QUIET.sub(" ", path.read_text(encoding="utf-8"))))
    for path in (ROOT / "overrides").rglob("*.html"):
        text = re.sub(r"^.*(main|404)\.html$", "", path.read_text(encoding="utf-8"))
        found.update(WORD.findall(QUIET.sub(" ", text)))
    return found


@pytest.fixture(scope="module")
def unknown() -> set[str]:
    """The words that hunspell's Danish dictionary does not have."""
    found = sorted(words())
    assert len(found) > 2000
    run = subprocess.run(
        ["hunspell", "-d", "da_DK", "-i", "utf-8", "-l"],
        input="\n".join(found),
        capture_output=True,
        text=True,
        check=True,
    )
    return set(run.stdout.split())


def test_every_word_is_known_to_hunspell_or_to_us(unknown):
    own = set(OWN.read_text(encoding="utf-8").split())

    assert unknown - own == set()


def test_our_own_list_is_sorted_and_holds_nothing_stale(unknown):
    own = OWN.read_text(encoding="utf-8").split()

    assert own == sorted(set(own))
    assert set(own) - unknown == set()


def test_a_misspelt_word_is_found():
    run = subprocess.run(
        ["hunspell", "-d", "da_DK", "-i", "utf-8", "-l"],
        input="tvaergående gget fællesskab",
        capture_output=True,
        text=True,
        check=True,
    )

    assert run.stdout.split() == ["tvaergående", "gget"]
