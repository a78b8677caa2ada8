"""The front page, and the overview of strategies."""

from __future__ import annotations

from dataclasses import dataclass

from macros.data.strategy import Level, Municipality
from macros.data.values import Passage
from macros.pages.addresses import ABOUT, ACTIVITIES
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.offers import any_example
from macros.pages.views.roles import live
from macros.pages.views.text import Chip, Link, Marks, Shown, chip, marks
from macros.pages.weeks import WEEK
from macros.when.entry import Entry


@dataclass(frozen=True)
class Door:
    """A role's door on the front page."""

    link: Link
    lead: str


@dataclass(frozen=True)
class StrategyCard:
    """A strategy on an overview, with its areas and the first sentence of what it is about. of: the
    municipality's id."""

    link: Link
    municipality: str
    of: str
    audience: str | None
    level: Level
    first: Passage
    areas: tuple[Chip, ...]


def strategy_cards(edition: Edition, of: str | None = None) -> tuple[StrategyCard, ...]:
    """A card for each strategy, or for each of a municipality."""
    site = edition.site
    return tuple(
        StrategyCard(
            Link(edition.at("strategy", strategy.id), strategy.short_title),
            site.municipality(strategy.municipality).title,
            strategy.municipality,
            strategy.audience,
            strategy.level,
            strategy.in_short[0],
            tuple(chip(edition, area) for area in site.areas(strategy.id)),
        )
        for strategy in site.strategies
        if of in (None, strategy.municipality)
    )


def _marks_of_first(edition: Edition) -> Marks:
    return marks(edition.site, (strategy.in_short[0] for strategy in edition.site.strategies))


FIRST_OFFERS = 3


@dataclass(frozen=True, kw_only=True)
class Front(Shown):
    """count: how many activities there are to find; finder, about: pages to go on to."""

    lead: str
    trust: str | None
    live: tuple[Link, ...]
    doors: tuple[Door, ...]
    entries: tuple[Entry, ...]
    any_example: bool
    count: int
    strategies: tuple[StrategyCard, ...]
    finder: str | None
    week: str | None
    about: str | None
    heading: str = "h3"


def front(edition: Edition, page: Page) -> Front:
    site, entries = edition.site, edition.programme.entries
    return Front(
        page=page,
        marks=_marks_of_first(edition),
        lead=site.settings.lead,
        trust=site.settings.trust,
        live=live(edition, lambda one: edition.at("municipality", one.id)),
        doors=tuple(
            Door(Link(edition.at("role", role.id), role.door), role.lead.text)
            for role in site.roles
        ),
        entries=entries[:FIRST_OFFERS],
        any_example=any_example(entries[:FIRST_OFFERS]),
        count=len(entries),
        strategies=strategy_cards(edition),
        finder=edition.there(ACTIVITIES),
        week=edition.there(f"{ACTIVITIES}{WEEK}/"),
        about=edition.there(ABOUT),
    )


@dataclass(frozen=True, kw_only=True)
class Strategies(Shown):
    strategies: tuple[StrategyCard, ...]
    heading: str = "h2"


def strategies(edition: Edition, page: Page) -> Strategies:
    cards = strategy_cards(edition)
    return Strategies(page=page, marks=_marks_of_first(edition), strategies=cards)


@dataclass(frozen=True, kw_only=True)
class Statements(Shown):
    municipalities: tuple[Municipality, ...]


def statements(edition: Edition, page: Page) -> Statements:
    return Statements(page=page, municipalities=edition.site.municipalities)
