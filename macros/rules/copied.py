"""Sentences of the sources: none may stand on the site, and no source need lie beside it.

`data/_source_runs.txt` holds a short hash of every run of nine words of the documents that the
texts rest on. `python -m macros runs FILE …` writes it from them; a rule compares.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

LENGTH = 9
FILE = "data/_source_runs.txt"
# What a scanner makes of Danish letters (g for ø, d or & for å …), folded away on both sides.
_FOLD = (("æ", "ae"), ("ø", "o"), ("å", "a"), ("&", "a"), ("g", "o"), ("d", "a"))


def folded(text: str) -> list[str]:
    """The text's words as both a clean and a scanned copy of it have them."""
    text = re.sub(r"<[^>]+>", " ", text.lower())
    for letter, other in _FOLD:
        text = text.replace(letter, other)
    return re.findall(r"[a-z0-9]+", re.sub(r"-\s*\n\s*", "", text))


def runs(text: str) -> dict[str, str]:
    """Hash -> the run of words, for every run of the text."""
    words = folded(text)
    rows = (" ".join(words[at : at + LENGTH]) for at in range(len(words) - LENGTH + 1))
    return {hashlib.sha256(run.encode()).hexdigest()[:10]: run for run in rows}


def content(texts: Iterable[str]) -> str:
    """The file's content for the texts of the sources."""
    return "".join(f"{key}\n" for key in sorted({key for text in texts for key in runs(text)}))


def seen(run: str, prose: str) -> str:
    """The run's words as the prose has them; «» if it does not begin there.

    A run may go on in the next piece of text, so its first four words say where it begins.
    """
    words, first = folded(prose), run.split()[:4]
    at = next((at for at in range(len(words)) if words[at : at + 4] == first), None)
    own = re.findall(r"[^\W_]+(?:&[^\W_]+)*", prose)
    if at is None:
        return ""
    return " ".join(own[at : at + LENGTH]) if len(own) == len(words) else prose
