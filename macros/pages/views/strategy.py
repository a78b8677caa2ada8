"""A strategy's page, the map on it, and the strategy in short as it is printed."""

from __future__ import annotations

from dataclasses import dataclass

from macros.data.standing import silent
from macros.data.strategy import Area, Strategy
from macros.pages.addresses import EASY, IDEAS, PRINT
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.goals import Axis, Progress, axis, progress
from macros.pages.views.roles import Deed, deeds
from macros.pages.views.text import (
    Asks,
    Chip,
    Document,
    IdeaLink,
    LookedFor,
    Proposal,
    Shown,
    asks,
    chip,
    confirmed,
    documents,
    idea_links,
    marks,
    proposal,
    proposed,
)


@dataclass(frozen=True)
class MapArea:
    """An area on the map: its goals, or who has looked for any; its ideas, what one can do."""

    chip: Chip
    goals: tuple[str, ...]
    silence: LookedFor | None
    ideas: tuple[IdeaLink, ...]
    deeds: tuple[Deed, ...]


@dataclass(frozen=True)
class Map:
    """The strategy as nested lists."""

    areas: tuple[MapArea, ...]
    any_deed: bool


def strategy_map(edition: Edition, strategy: Strategy) -> Map:
    site = edition.site
    areas = tuple(
        MapArea(
            chip(edition, area),
            tuple(goal.title for goal in area.goals),
            confirmed(silent(area, "mål")),
            idea_links(edition, area),
            deeds(edition, area),
        )
        for area in site.areas(strategy.id)
    )
    return Map(areas, any(area.deeds for area in areas))


@dataclass(frozen=True, kw_only=True)
class StrategyPage(Shown):
    """ideas: the overview of ideas, if the strategy proposes some."""

    strategy: Strategy
    municipality: str
    proposal: Proposal | None
    print: str
    map: Map
    goals: tuple[Progress, ...]
    axis: Axis | None
    ideas: str | None
    asks: Asks
    easy: str | None
    documents: tuple[Document, ...]


def view(edition: Edition, page: Page) -> StrategyPage:
    strategy: Strategy = edition.thing(page)
    asked = asks(edition, edition.ask, strategy.municipality)
    return StrategyPage(
        page=page,
        marks=marks(edition.site, strategy, asked.cited),
        standing=proposed(edition, strategy),
        strategy=strategy,
        municipality=edition.site.municipality(strategy.municipality).title,
        proposal=proposal(edition, strategy),
        print=f"{page.address}{PRINT}",
        map=strategy_map(edition, strategy),
        goals=progress(strategy.goals),
        axis=axis(strategy.events),
        ideas=edition.there(IDEAS) if strategy.proposes else None,
        asks=asked,
        easy=edition.there(f"{page.address}{EASY}"),
        documents=documents(edition, strategy.sources),
    )


@dataclass(frozen=True)
class BriefArea:
    """An area in short, each goal with the sections that its parts rest on."""

    area: Area
    goals: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class StrategyBrief(Shown):
    """The strategy in short, for print."""

    strategy: Strategy
    municipality: str
    proposal: Proposal | None
    areas: tuple[BriefArea, ...]
    papers: tuple[Document, ...]


def brief(edition: Edition, page: Page) -> StrategyBrief:
    strategy = edition.site.strategy(page.id)
    areas = edition.site.areas(strategy.id)
    return StrategyBrief(
        page=page,
        marks=marks(edition.site, strategy, areas),
        strategy=strategy,
        standing=proposed(edition, strategy),
        municipality=edition.site.municipality(strategy.municipality).title,
        proposal=proposal(edition, strategy),
        areas=tuple(BriefArea(area, tuple(map(_cited, area.goals))) for area in areas),
        papers=documents(edition, strategy.sources),
    )


def _cited(goal) -> tuple[str, tuple[str, ...]]:
    return goal.title, tuple(dict.fromkeys(target for part in goal.parts for target in part.cite))
