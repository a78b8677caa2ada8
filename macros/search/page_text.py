"""What the search reads of a finished page: its text in sections, without the furniture."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

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
    # The rest of the page need not be parsed.
    text = page[page.index("<main") : page.rindex("</main>") + len("</main>")]
    main = etree.fromstring(text, etree.HTMLParser()).find(".//main")
    parts = [Section("", "")]
    for tag, anchor, line in _lines(main):
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


def _lines(main: etree._Element) -> list[tuple[str, str, str]]:
    """Tag, anchor and text of each line as a reader sees it."""
    lines: list[tuple[str, str, str]] = []
    pieces: list[str] = []

    def ended(tag: str, anchor: str) -> None:
        """The block that the pieces stand in is over."""
        if not pieces:
            return
        text = " ".join("".join(pieces).replace("\N{SOFT HYPHEN}", "").split())
        pieces.clear()
        if text:
            lines.append((tag, anchor, text))

    def walk(element: etree._Element, tag: str, anchor: str) -> None:
        if element.text:
            pieces.append(element.text)
        for child in element:
            own = child.tag
            if isinstance(own, str) and not _skipped(child):
                if own in _INLINE:
                    walk(child, tag, anchor)
                else:
                    ended(tag, anchor)
                    # A heading without an id of its own stands in what has one.
                    here = child.get("id") or anchor
                    walk(child, own, here)
                    ended(own, here)
            if child.tail:
                pieces.append(child.tail)

    walk(main, "main", "")
    ended("main", "")
    return lines


def _skipped(element: etree._Element) -> bool:
    if element.tag in _SKIPPED_TAGS:
        return True
    told = element.attrib
    return bool(told) and (
        "hidden" in told
        or "data-nosearch" in told
        or ("class" in told and not _SKIPPED_CLASSES.isdisjoint(told["class"].split()))
    )
