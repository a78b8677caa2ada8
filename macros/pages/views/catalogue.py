"""The overviews of ideas and of topics."""

from __future__ import annotations

from dataclasses import dataclass

from macros.data.catalogue import Theme
from macros.data.strategy import Area, FurtherIdea, Level, Strategy
from macros.data.values import Passage
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.text import Chip, IdeaLink, Link, Shown, chip, idea_link, idea_links, marks


@dataclass(frozen=True)
class Effort:
    """A main effort and the ideas it gathers. id: of its part of the page; title: its own."""

    id: str
    chip: Chip
    title: str
    ideas: tuple[IdeaLink, ...]


@dataclass(frozen=True)
class MatrixRow:
    """An idea and, for each theme in their order, whether it covers the theme. width: of them."""

    idea: IdeaLink
    covers: tuple[bool, ...]
    width: int


@dataclass(frozen=True)
class Further:
    """An idea that is named in a heading only, and its themes in a word or two."""

    idea: FurtherIdea
    themes: str


@dataclass(frozen=True)
class Catalogue:
    """A document that proposes ideas: by its efforts, and by its themes. of: the municipality."""

    id: str
    link: Link
    municipality: str
    of: str
    level: Level
    efforts: tuple[Effort, ...]
    themes: tuple[Theme, ...]
    matrix: tuple[MatrixRow, ...]
    further: tuple[Further, ...]


@dataclass(frozen=True, kw_only=True)
class Ideas(Shown):
    catalogues: tuple[Catalogue, ...]


def ideas(edition: Edition, page: Page) -> Ideas:
    catalogues = tuple(_catalogue(edition, one) for one in edition.site.strategies if one.proposes)
    cited = (
        model
        for one in catalogues
        for model in (*one.themes, *(further.idea for further in one.further))
    )
    return Ideas(page=page, marks=marks(edition.site, cited), catalogues=catalogues)


def _catalogue(edition: Edition, strategy: Strategy) -> Catalogue:
    site = edition.site
    themes = tuple(theme for theme in site.themes if theme.strategy == strategy.id)
    return Catalogue(
        strategy.id,
        Link(edition.at("strategy", strategy.id), strategy.short_title),
        site.municipality(strategy.municipality).title,
        strategy.municipality,
        strategy.level,
        tuple(_effort(edition, area) for area in site.areas(strategy.id)),
        themes,
        tuple(
            MatrixRow(
                idea_link(edition, idea.id),
                tuple(theme.id in idea.themes for theme in themes),
                len(themes),
            )
            for idea in site.ideas
            if idea.strategy == strategy.id
        ),
        tuple(
            Further(
                idea,
                ", ".join(f"{t.number}. {t.title}" for t in site.themes if t.id in idea.themes),
            )
            for idea in strategy.further_ideas
        ),
    )


def _effort(edition: Edition, area: Area) -> Effort:
    return Effort(
        area.id.replace("/", "-"),
        chip(edition, area),
        area.title,
        idea_links(edition, area),
    )


@dataclass(frozen=True)
class TopicCard:
    link: Link
    first: Passage
    areas: tuple[Chip, ...]


@dataclass(frozen=True, kw_only=True)
class Topics(Shown):
    topics: tuple[TopicCard, ...]


def topics(edition: Edition, page: Page) -> Topics:
    site = edition.site
    cards = tuple(
        TopicCard(
            Link(edition.at("topic", topic.id), topic.title),
            topic.in_short[0],
            tuple(chip(edition, site.area(tie.area)) for tie in topic.links),
        )
        for topic in site.topics
    )
    return Topics(page=page, marks=marks(site, (one.first for one in cards)), topics=cards)
