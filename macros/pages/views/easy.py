"""An easy-to-read text: one thought a line, the sources under each part."""

from __future__ import annotations

from dataclasses import dataclass

from macros.data.role import Role
from macros.data.strategy import Strategy
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.text import (
    Link,
    Proposal,
    Shown,
    marks,
    proposal,
)


@dataclass(frozen=True)
class EasyShown:
    """cite: the sections that the lines rest on, each once."""

    id: str
    title: str
    lines: tuple[str, ...]
    cite: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class EasyPage(Shown):
    """called: what the text is about; whole: its page."""

    called: str
    proposal: Proposal | None
    parts: tuple[EasyShown, ...]
    whole: Link


def view(edition: Edition, page: Page) -> EasyPage:
    site = edition.site
    whole = edition.pages.by_address[page.address.removesuffix("let/")]
    thing = site.things[whole.key]
    assert isinstance(thing, Role | Strategy)
    return EasyPage(
        page=page,
        marks=marks(site, *(part.lines for part in thing.easy)),
        called=whole.title,
        proposal=proposal(edition, thing) if isinstance(thing, Strategy) else None,
        parts=tuple(
            EasyShown(
                f"del-{number}",
                part.title,
                tuple(line.text for line in part.lines),
                tuple(dict.fromkeys(target for line in part.lines for target in line.cite)),
            )
            for number, part in enumerate(thing.easy, start=1)
        ),
        whole=Link(whole.address, whole.title),
    )
