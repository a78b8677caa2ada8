"""What the search reads of a page, packed: there may be thousands, and few are asked for."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from macros.language import danish
from macros.pages.addresses import SEARCH
from macros.pages.kinds import GROUPS
from macros.pages.page import Page
from macros.search.page_text import Section
from macros.work import digest


@dataclass(frozen=True)
class Read:
    """What the search reads of a page, packed: there may be thousands, and few are asked for.

    digest: of the page and its sections. count: how many there are. words: each word and how often
    it is there.
    """

    digest: str
    count: int
    packed: bytes
    packed_words: bytes

    @property
    def sections(self) -> tuple[Section, ...]:
        return pickle.loads(self.packed)

    @property
    def words(self) -> dict[str, int]:
        return pickle.loads(self.packed_words)


def read_of(page: Page, sections: Iterable[Section]) -> Read:
    every = tuple(_whole(sections) if page.kind == "activity" else sections)
    texts = (page.title, page.description, *(t for one in every for t in (one.heading, one.text)))
    words = dict(Counter(word for text in texts for word in danish.words(text)))
    return Read(digest.of(page, every), len(every), pickle.dumps(every), pickle.dumps(words))


def _whole(sections: Iterable[Section]) -> list[Section]:
    """A short page as one section: there may be thousands, and each is read at a glance."""
    first, *others = sections
    lines = [line for part in others for line in (part.heading, *part.lines)]
    return [Section(first.anchor, first.heading, [*first.lines, *lines])]


KINDS = tuple(kind for _, kinds in GROUPS for kind in kinds)


def is_searched(page: Page) -> bool:
    return page.kind in KINDS and page.searched and page.address != SEARCH
