"""What the search reads of a finished page: its text in sections, without the furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from macros.pages.addresses import ASK

# Left out: what is said elsewhere (cards, explanations of terms), what says nothing, and what a
# template marks `data-nosearch`.
_SKIPPED_TAGS = frozenset({"form", "nav", "script", "style", "svg", "template"})
_SKIPPED_CLASSES = frozenset(
    {"cite", "looked", "number", "offers", "ours", "standing", "unseen", "words"}
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_INLINE = frozenset(
    "a abbr b button cite code em i kbd label mark q small span strong sub sup time wbr".split()
)
_INLINE_ENDS = frozenset(f"/{tag}" for tag in _INLINE)
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


def sections(page: str) -> list[Section]:
    """The sections of a page's <main>, the first under its <h1>; short ones put together."""
    start = page.index(">", page.index("<main")) + 1
    parts = [Section("", "")]
    for tag, anchor, line in _lines(page[start : page.rindex("</main>")]):
        if tag == "h1":
            parts[0].heading = line
        elif _parts(tag, anchor, parts[-1]):
            parts.append(Section(anchor, line))
        else:
            parts[-1].lines.append(line)
    return parts


def _parts(tag: str, anchor: str, before: Section) -> bool:
    """Whether a heading begins a section of its own: what stands before it is long enough, or one
    must be able to find just this."""
    return bool(
        tag in _HEADINGS and anchor and (len(before.text) >= _SHORTEST or f"#{anchor}" == ASK)
    )


def _lines(main: str) -> list[tuple[str, str, str]]:
    """Tag, anchor and text of each line of <main> as a reader sees it.

    Read from the tags as they are written, which our templates and Markdown close: a tree of each
    of thousands of pages was a fifth of a build, and slowed the rendering of the next.
    """
    lines: list[tuple[str, str, str]] = []
    pieces: list[str] = []
    inside = [("main", "")]  # blocks: tag and anchor

    def ended() -> None:
        """The block that the pieces stand in is over."""
        text = "".join(pieces)
        pieces.clear()
        if text and not text.isspace():
            text = " ".join(unescape(text).replace("\N{SOFT HYPHEN}", "").split())
            if text:
                lines.append((*inside[-1], text))

    skipped, ending, depth = "", "", 0
    quiet = _LOUD.sub(lambda tag: tag[0].lower(), main)
    parts = iter((*_TAG.split(quiet), "/main", ""))
    for piece, tag, attributes in zip(parts, parts, parts, strict=True):
        if depth:
            depth += (tag == skipped) - (tag == ending)
            continue
        if piece:
            pieces.append(piece)
        if tag is None or tag in _INLINE_ENDS:
            continue
        if tag[0] == "/":
            ended()
            if tag[1:] in [block for block, _ in inside[1:]]:
                while inside.pop()[0] != tag[1:]:
                    pass
            continue
        told = _told(tag, attributes)
        if told.skipped:
            skipped, ending, depth = tag, f"/{tag}", int(tag not in _EMPTY)
        elif tag not in _INLINE:
            ended()
            if tag not in _EMPTY:
                if inside[-1][0] == "p" or (tag in _UNCLOSED and inside[-1][0] == tag):
                    inside.pop()
                # A heading without an id of its own stands in what has one.
                inside.append((tag, told.anchor or inside[-1][1]))
    return lines


_LOUD = re.compile(r"</?[A-Z][\w-]*")
# The name of a tag («/p» where it ends) and its attributes; nothing of a comment.
_TAG = re.compile(
    r"""<(?:(/?[a-zA-Z][\w-]*+)([^>"']*+(?:(?:"[^"]*"|'[^']*')[^>"']*+)*+)>|!--.*?-->)""", re.S
)
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]++)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
_EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())
_UNCLOSED = frozenset("dd dt li option p td th tr".split())  # the next one ends it


class _Told(NamedTuple):
    skipped: bool
    anchor: str


@lru_cache(maxsize=10_000)  # few differ
def _told(tag: str, attributes: str) -> _Told:
    """What a tag's attributes say."""
    every = {
        name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(attributes)
    }
    skipped = (
        tag in _SKIPPED_TAGS
        or not every.keys().isdisjoint(("hidden", "data-nosearch"))
        or not _SKIPPED_CLASSES.isdisjoint(every.get("class", "").split())
    )
    return _Told(skipped, every.get("id", ""))
