"""What the search reads of a finished page: its text in sections, without the furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree, html

# Left out: what is said elsewhere (cards, explanations of terms), what says nothing, and what a
# template marks `data-nosearch`.
_SKIPPED_TAGS = frozenset({"form", "nav", "script", "style", "svg", "template"})
_SKIPPED_CLASSES = frozenset({"cite", "number", "offers", "ours", "unseen", "words"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_INLINE = frozenset(
    "a abbr b button cite code em i kbd label mark q small span strong sub sup time wbr".split()
)
_SHORTEST = 200  # letters; a shorter section is read with the one before it


@dataclass
class Section:
    """A part of a page that a link can lead to. anchor: «» is the page's top; lines: its text."""

    anchor: str
    heading: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def sections(page: str | bytes) -> list[Section]:
    """The sections of a page's <main>, the first under its <h1>; short ones put together."""
    main = html.document_fromstring(page).find(".//main")
    parts = [Section("", "")]
    for tag, anchor, line in _lines(main):
        if tag == "h1":
            parts[0].heading = line
        elif tag in _HEADINGS and anchor and len(parts[-1].text) >= _SHORTEST:
            parts.append(Section(anchor, line))
        else:
            parts[-1].lines.append(line)
    return parts


def _lines(main: etree._Element) -> Iterator[tuple[str, str, str]]:
    """Tag, anchor and text of each line as a reader sees it."""
    pieces: list[str] = []
    line = ["", ""]  # the block the pieces stand in

    def ended() -> Iterator[tuple[str, str, str]]:
        text = re.sub(r"\s+", " ", "".join(pieces).replace("\N{SOFT HYPHEN}", "")).strip()
        pieces.clear()
        if text:
            yield line[0], line[1], text

    def walk(element: etree._Element, anchor: str) -> Iterator[tuple[str, str, str]]:
        for child in element:
            if isinstance(child.tag, str) and not _skipped(child):
                if child.tag == "br" or child.tag not in _INLINE:
                    yield from ended()
                    # A heading without an id of its own stands in what has one.
                    here = child.get("id") or anchor
                    line[:] = child.tag, here
                    pieces.append(child.text or "")
                    yield from walk(child, here)
                    yield from ended()
                    line[:] = element.tag, anchor
                else:
                    pieces.append(child.text or "")
                    yield from walk(child, anchor)
            pieces.append(child.tail or "")

    line[:] = main.tag, ""
    yield from walk(main, "")
    yield from ended()


def _skipped(element: etree._Element) -> bool:
    return (
        element.tag in _SKIPPED_TAGS
        or element.get("hidden") is not None
        or element.get("data-nosearch") is not None
        or not _SKIPPED_CLASSES.isdisjoint((element.get("class") or "").split())
    )
