"""What gathers and explains: the pages of topics, terms and sources."""

from __future__ import annotations

from dataclasses import dataclass

from macros.data.catalogue import Law, Term, Topic
from macros.data.standing import silent
from macros.data.strategy import Source, SourceSection
from macros.data.values import Passage, Remark
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.text import (
    Chip,
    IdeaLink,
    Link,
    LookedFor,
    Shown,
    chip,
    confirmed,
    idea_link,
    marks,
    page_links,
    use_links,
)


@dataclass(frozen=True)
class Spoken:
    """An area that speaks of the topic, by its own title. audience: whom its strategy is about.
    short: what it is about; goals: its own, where on its page each stands. silence: who has looked
    for goals and found none."""

    chip: Chip
    title: str
    audience: str | None
    why: Remark
    short: Passage
    goals: tuple[Link, ...]
    silence: LookedFor | None


@dataclass(frozen=True, kw_only=True)
class TopicPage(Shown):
    topic: Topic
    areas: tuple[Spoken, ...]
    ideas: tuple[IdeaLink, ...]


def topic(edition: Edition, page: Page) -> TopicPage:
    site, one = edition.site, edition.thing(page)
    areas = [site.area(tie.area) for tie in one.links]
    return TopicPage(
        page=page,
        marks=marks(site, one, (area.in_short[0] for area in areas)),
        topic=one,
        areas=tuple(
            Spoken(
                chip(edition, area),
                area.title,
                site.strategy(area.strategy).audience,
                tie.why,
                area.in_short[0],
                tuple(
                    Link(edition.at("area", area.id, f"maal-{goal.id}"), goal.title)
                    for goal in area.goals
                ),
                confirmed(silent(area, "mål")),
            )
            for area, tie in zip(areas, one.links, strict=True)
        ),
        ideas=tuple(idea_link(edition, id) for id in one.ideas),
    )


@dataclass(frozen=True, kw_only=True)
class TermPage(Shown):
    term: Term
    law: Law | None
    see_also: tuple[Link, ...]
    uses: tuple[Link, ...]


def term(edition: Edition, page: Page) -> TermPage:
    one = edition.thing(page)
    law: Law | None = edition.site.things["law", one.law] if one.law else None  # type: ignore
    return TermPage(
        page=page,
        marks=marks(edition.site, one, (law,) if law else ()),
        term=one,
        law=law,
        see_also=tuple(
            Link(edition.at("term", id), edition.site.things["term", id].title)
            for id in one.see_also
        ),
        uses=use_links(edition, page),
    )


@dataclass(frozen=True)
class Coverage:
    """A section of a source and the pages that rest on it."""

    section: SourceSection
    uses: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class SourcePage(Shown):
    source: Source
    sections: tuple[Coverage, ...]


def source(edition: Edition, page: Page) -> SourcePage:
    one: Source = edition.thing(page)
    return SourcePage(
        page=page,
        source=one,
        sections=tuple(_coverage(edition, one, section) for section in one.sections),
    )


def _coverage(edition: Edition, source: Source, section: SourceSection) -> Coverage:
    keys = edition.site.citing.get(f"{source.id}/{section.id}", ())
    pages = (edition.pages.showing(key) for key in keys if key != ("source", source.id))
    return Coverage(section, page_links(page for page in pages if page))
