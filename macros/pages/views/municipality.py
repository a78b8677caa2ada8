"""A municipality's page: what holds there, for a reader who has said where they live."""

from __future__ import annotations

from dataclasses import dataclass

from macros.pages.addresses import HELP
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.front import FIRST_OFFERS, Door, StrategyCard, strategy_cards
from macros.pages.views.offers import any_example
from macros.pages.views.roles import activities_of
from macros.pages.views.text import Asks, Link, Shown, asks, marks
from macros.when.entry import Entry


@dataclass(frozen=True, kw_only=True)
class MunicipalityPage(Shown):
    """count: how many activities there are, all of them at `find`. help: where help in need is."""

    title: str
    doors: tuple[Door, ...]
    help: str | None
    entries: tuple[Entry, ...]
    any_example: bool
    count: int
    find: str | None
    strategies: tuple[StrategyCard, ...]
    asks: Asks
    heading: str = "h3"


def view(edition: Edition, page: Page) -> MunicipalityPage:
    site = edition.site
    own = tuple(one for one in site.strategies if one.municipality == page.id)
    every = ((one.id, entries) for one, entries in edition.programme.municipalities)
    entries = dict(every).get(page.id, ())
    asked = asks(edition, None, page.id)
    return MunicipalityPage(
        page=page,
        marks=marks(site, (one.in_short[0] for one in own), asked.cited),
        title=site.municipality(page.id).title,
        doors=tuple(
            Door(Link(edition.at("role_here", f"{role.id}/{page.id}"), role.door), role.lead.text)
            for role in site.roles
        ),
        help=edition.there(HELP),
        entries=entries[:FIRST_OFFERS],
        any_example=any_example(entries[:FIRST_OFFERS]),
        count=len(entries),
        find=activities_of(edition, page.id) if entries else None,
        strategies=strategy_cards(edition, page.id),
        asks=asked,
    )
