"""Activities in the search's index: their numbers, and the pieces of text that show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any
from zlib import crc32

from macros.pages.kinds import BY_NAME
from macros.pages.page import Page
from macros.search.page_text import Section
from macros.search.postings import power
from macros.search.read import Read

CAP = 8  # activities that have room in a piece of text; it holds two at most on average

Document = tuple[Page, Read]


class Blocks:
    """Activities with numbers that come of their ids alone. start: the first number.

    A block is a piece of text; there are so many, always a power of two, that each has room for
    those whose ids fall into it.
    """

    def __init__(self, documents: Sequence[Document], start: int):
        self.start, self.documents = start, documents
        count = power(len(documents) / 2) if documents else 0
        while True:
            self._blocks: list[list[Document]] = [[] for _ in range(count)]
            for document in documents:
                self._blocks[crc32(document[0].id.encode()) % count].append(document)
            if all(len(block) <= CAP for block in self._blocks):
                break
            count *= 2
        for block in self._blocks:
            block.sort(key=lambda document: document[0].id)

    @property
    def end(self) -> int:
        return self.start + CAP * len(self._blocks)

    def numbered(self) -> Iterator[tuple[int, Page, Read]]:
        for at, block in enumerate(self._blocks):
            for slot, (page, read) in enumerate(block):
                yield self.start + CAP * at + slot, page, read

    def texts(self) -> dict[int, tuple[str, Callable[[], list[Any]]]]:
        """Number of a block -> what tells it from any other, and how to make what results show."""

        def shown(block: list[Document]) -> list[Any]:
            return [[told_of_page(page), told_of_section(read.sections[0])] for page, read in block]

        return {
            at: ("".join([read.digest for _, read in block]), partial(shown, block))
            for at, block in enumerate(self._blocks)
            if block
        }


def told_of_page(page: Page) -> list[str]:
    called = BY_NAME[page.kind].called
    kind = f"{called} · {page.whose_title}" if page.whose_title else called
    return [page.address, page.title, kind, page.description]


def told_of_section(section: Section) -> list[str]:
    return [section.anchor, section.heading, section.text]
