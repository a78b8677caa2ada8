"""No sentence of the sources stands on the site: names and titles do, their prose does not.

`source_runs.txt` holds a short hash of every run of nine words in the five documents, so
that the test needs no document. Where the documents are at hand, it is checked against them.
`ACCEPT=1` writes it anew from there.
"""

import hashlib
import os
import re
from pathlib import Path

import pytest
from conftest import ROOT

from macros.load import load
from macros.readability import running_text

LENGTH = 9
RUNS = ROOT / "tests/source_runs.txt"
SOURCES = sorted((ROOT.parent / "shared/sources").glob("0*.txt"))
# What a scanner makes of Danish letters (g for ø, d or & for å …), folded away on both sides.
FOLD = (("æ", "ae"), ("ø", "o"), ("å", "a"), ("&", "a"), ("g", "o"), ("d", "a"))


def folded(text: str) -> list[str]:
    text = re.sub(r"<[^>]+>", " ", text.lower())
    for letter, other in FOLD:
        text = text.replace(letter, other)
    return re.findall(r"[a-z0-9]+", re.sub(r"-\s*\n\s*", "", text))


def runs(text: str) -> dict[str, str]:
    """Hash -> the run of words, for every run of the text."""
    words = folded(text)
    found = (" ".join(words[i : i + LENGTH]) for i in range(len(words) - LENGTH + 1))
    return {hashlib.sha256(run.encode()).hexdigest()[:10]: run for run in found}


@pytest.mark.skipif(not SOURCES, reason="the documents are not at hand; the hashes are")
def test_the_hashes_are_those_of_the_documents():
    found = {key for path in SOURCES for key in runs(path.read_text(encoding="utf-8"))}
    if os.environ.get("ACCEPT"):
        RUNS.write_text("\n".join(sorted(found)) + "\n", encoding="utf-8")

    assert set(RUNS.read_text(encoding="utf-8").split()) == found


def test_no_text_of_ours_holds_a_run_of_nine_words_of_a_source():
    kept = set(RUNS.read_text(encoding="utf-8").split())
    site = load(ROOT)
    names = " | ".join(
        [
            *(thing.title for thing in site.things.values() if hasattr(thing, "title")),
            *(r.named for s in site.sources for r in s.references if r.named),
        ]
    )
    named = set(runs(names))
    copied = []
    for key, thing in site.things.items():
        # As one text: a sentence cut into points is the same sentence.
        text = " ".join(text for _, text in running_text(thing))
        copied += [
            (*key, words) for run, words in runs(text).items() if run in kept and run not in named
        ]

    assert len(kept) > 5000
    assert copied == []


def test_a_copied_sentence_would_be_found():
    sentence = "Vi har et mangfoldigt civilsamfundet i Kalundborg Kommune der kan styrke følelsen"

    assert set(runs(sentence)) & set(RUNS.read_text(encoding="utf-8").split())
    assert Path(RUNS).stat().st_size < 200_000
