"""An easy-to-read text: one thought a line, the sources under each part."""

from __future__ import annotations

from dataclasses import dataclass

from macros.data.role import Role
from macros.data.strategy import Easy, Strategy
from macros.data.whose import easy_in
from macros.pages.addresses import ASK, EASY, HELP
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
    """called: what the text is about; whole: its page; ask: where it says whom one may ask."""

    called: str
    proposal: Proposal | None
    parts: tuple[EasyShown, ...]
    whole: Link
    ask: str
    help: str | None


def view(edition: Edition, page: Page) -> EasyPage:
    site = edition.site
    whole = edition.pages.by_address[page.address.removesuffix(EASY)]
    thing = site.things[whole.key]
    assert isinstance(thing, Role | Strategy)
    proposed = proposal(edition, thing) if isinstance(thing, Strategy) else None
    return _easy_page(edition, page, whole, thing.easy, proposed)


def here(edition: Edition, page: Page) -> EasyPage:
    """A role's, with what one municipality says and nothing of the others."""
    whole = edition.pages.by_address[page.address.removesuffix(EASY)]
    role, municipality = whole.id.split("/")
    easy = easy_in(edition.site, edition.site.role(role).easy, municipality)
    return _easy_page(edition, page, whole, easy, None)


def _easy_page(
    edition: Edition, page: Page, whole: Page, easy: Easy, proposed: Proposal | None
) -> EasyPage:
    return EasyPage(
        page=page,
        marks=marks(edition.site, *(part.lines for part in easy)),
        called=whole.title,
        proposal=proposed,
        parts=tuple(
            EasyShown(
                f"del-{number}",
                part.title,
                tuple(line.text for line in part.lines),
                tuple(dict.fromkeys(target for line in part.lines for target in line.cite)),
            )
            for number, part in enumerate(easy, start=1)
        ),
        whole=Link(whole.address, whole.title),
        ask=f"{whole.address}{ASK}",
        help=edition.there(HELP),
    )
