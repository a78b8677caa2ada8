"""Text as it is set: what stays on one line, and where long words may break."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

_LONG_WORD = re.compile(r"[^\W\d_]{12,}")
_KEEP_TOGETHER = re.compile(r"(§§?|\b(?:s|afs)\.|\bnr\.|\d\.?) (?=\d|%|[a-zæøå]{3,9} \d{4}\b)")


def keep_together(text: str) -> str:
    """«§ 85», «18 %», «4. december 2024»: no line break inside."""
    return _KEEP_TOGETHER.sub("\\1\N{NO-BREAK SPACE}", text)


def hyphenated(text: str) -> str:
    """Long words with soft hyphens, for narrow columns: not every browser knows Danish."""
    return _LONG_WORD.sub(lambda word: "\N{SOFT HYPHEN}".join(_parts(word.group())), text)


def _parts(word: str) -> Iterator[str]:
    """The word's syllables; one of a letter or two stays with the one before («Skov-værk»)."""
    held = ""
    for part in _hyphenator().inserted(word, " ").split(" "):
        if held and len(part) > 2:
            yield held
            held = ""
        held += part
    yield held


@cache
def _hyphenator():
    from pyphen import Pyphen  # only pages need it

    return Pyphen(lang="da_DK", left=3, right=3)
