"""An idea's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros.data.catalogue import Idea
from macros.data.standing import WEAK, silent
from macros.data.values import SUBJECTS, Remark
from macros.pages.addresses import IDEAS
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.text import (
    Asks,
    Document,
    Link,
    LookedFor,
    Proposal,
    Shown,
    asks,
    confirmed,
    documents,
    marks,
    proposal,
    topic_links,
)


@dataclass(frozen=True)
class Tie:
    """An area that we have linked the idea to, the strategy it is of, and our reason."""

    area: Link
    strategy: str
    why: Remark


@dataclass(frozen=True, kw_only=True)
class IdeaPage(Shown):
    """level: what the document calls its areas. gaps: what somebody has looked for in the source
    and not found, by subject. themes: to where the
    overview of ideas tells of them, or without an address if there is none."""

    idea: Idea
    catalogue: str
    level: str
    proposal: Proposal | None
    gaps: Mapping[str, LookedFor]
    accent: str
    effort: Link
    units: tuple[Link, ...]
    themes: tuple[Link, ...]
    ties: tuple[Tie, ...]
    topics: tuple[Link, ...]
    asks: Asks
    documents: tuple[Document, ...]


def view(edition: Edition, page: Page) -> IdeaPage:
    site, idea = edition.site, edition.thing(page)
    strategy, effort = site.strategy(idea.strategy), site.area(idea.effort)
    overview = edition.there(IDEAS)
    areas = [site.area(tie.area) for tie in idea.links]
    asked = asks(edition, edition.ask, strategy.municipality)
    return IdeaPage(
        page=page,
        marks=marks(site, idea, asked.cited),
        idea=idea,
        catalogue=strategy.short_title,
        level=strategy.level.singular,
        standing=WEAK["forslag"],
        proposal=proposal(edition, strategy),
        gaps={
            subject: looked
            for subject in SUBJECTS
            if (looked := confirmed(silent(idea, subject))) is not None
        },
        accent=effort.accent,
        effort=Link(edition.at("area", effort.id), effort.title),
        units=tuple(
            Link(edition.at("organisation", id), site.organisation(id).title)
            for id in (department.organisation for department in idea.departments)
        ),
        themes=tuple(
            Link(
                f"{overview}#tema-{theme.id}" if overview else "", f"{theme.number}. {theme.title}"
            )
            for theme in site.themes
            if theme.id in idea.themes
        ),
        ties=tuple(
            Tie(
                Link(edition.at("area", area.id), area.title),
                site.strategy(area.strategy).short_title,
                tie.why,
            )
            for area, tie in zip(areas, idea.links, strict=True)
        ),
        topics=topic_links(edition, "idea", idea.id),
        asks=asked,
        documents=documents(edition, strategy.sources),
    )
