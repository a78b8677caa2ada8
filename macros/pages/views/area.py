"""An area's page."""

from __future__ import annotations

from dataclasses import dataclass

from macros.data.strategy import Area, Strategy
from macros.data.values import Remark
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.showings import of_area
from macros.pages.views.goals import Progress, progress
from macros.pages.views.offers import Subscription, any_example, subscription
from macros.pages.views.roles import Share, shares
from macros.pages.views.showing import Take, take
from macros.pages.views.text import (
    Asks,
    Document,
    IdeaLink,
    Link,
    LookedFor,
    Proposal,
    Shown,
    asks,
    documents,
    idea_link,
    idea_links,
    looked_for,
    marks,
    proposal,
    proposed,
    topic_links,
)
from macros.when.entry import Entry


@dataclass(frozen=True)
class Offers:
    """The first activities that serve an area, and where the rest is. all: how many there are."""

    entries: tuple[Entry, ...]
    any_example: bool
    all: int
    list: str
    subscription: Subscription | None
    take: Take | None


@dataclass(frozen=True)
class Towards:
    """An idea that we have linked to the area, and our reason."""

    idea: IdeaLink
    why: Remark


@dataclass(frozen=True, kw_only=True)
class AreaPage(Shown):
    """silences: what somebody has looked for in the source and not found. proposal: when it was
    proposed, if it is a proposal."""

    area: Area
    strategy: Strategy
    goals: tuple[Progress, ...]
    silences: tuple[LookedFor, ...]
    proposal: Proposal | None
    offers: Offers | None
    shares: tuple[Share, ...]
    any_deed: bool
    ideas: tuple[IdeaLink, ...]
    towards: tuple[Towards, ...]
    topics: tuple[Link, ...]
    asks: Asks
    documents: tuple[Document, ...]


FIRST = 3


def view(edition: Edition, page: Page) -> AreaPage:
    site, area = edition.site, edition.thing(page)
    strategy = site.strategy(area.strategy)
    every = shares(edition, area)
    towards = tuple(
        Towards(idea_link(edition, idea.id), link.why)
        for idea in site.ideas
        for link in idea.links
        if link.area == area.id
    )
    asked = asks(edition, edition.ask, strategy.municipality)
    return AreaPage(
        page=page,
        marks=marks(site, area, (idea.why for idea in towards), asked.cited),
        area=area,
        strategy=strategy,
        goals=progress(area.goals),
        standing=proposed(edition, strategy),
        silences=looked_for(area.silences),
        proposal=proposal(edition, strategy),
        offers=_offers(edition, area),
        shares=every,
        any_deed=any(share.deeds for share in every),
        ideas=idea_links(edition, area),
        towards=towards,
        topics=topic_links(edition, "area", area.id),
        asks=asked,
        documents=documents(edition, strategy.sources),
    )


def _offers(edition: Edition, area: Area) -> Offers | None:
    entries = edition.programme.of("area", area.id)
    if not entries:
        return None
    return Offers(
        entries[:FIRST],
        any_example(entries[:FIRST]),
        len(entries),
        edition.at("listing", f"fokusomraader/{area.id}"),
        subscription(edition, "area", area.id, entries),
        take(edition, of_area(area)),
    )
