"""Site -> what templates loop over: everything that is counted, sorted, joined or compared.

Pure functions; a template tests a boolean and prints, no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import get_args

from macros.lexicon import Lexicon
from macros.model import (
    Action,
    Area,
    Event,
    FollowUp,
    Goal,
    Idea,
    Organisation,
    OrganisationKind,
    Role,
    Source,
    SourceSection,
    Strategy,
    Term,
    Topic,
)
from macros.pages import Page, Pages
from macros.site import Site
from macros.values import Passage, Passages


@dataclass(frozen=True)
class Citation:
    """The mark at a statement. seen: on the page; unseen: what a screen reader adds."""

    address: str
    seen: str
    unseen: str


def citations(site: Site, cite: Iterable[str]) -> tuple[Citation, ...]:
    """One mark for each section cited."""
    marks = []
    for target in cite:
        source, section = site.sections[target]
        number = source.sections.index(section) + 1
        place = f"s. {section.page}" if section.page else f"afs. {number}"
        marks.append(
            Citation(
                f"kilder/{source.id}/#{section.id}",
                f"{source.mark} {place}",
                f"{source.short_title}, {section.title}",
            )
        )
    return tuple(marks)


@dataclass(frozen=True)
class RoleShare:
    """A role's share in an area: what the source says it means, and which actions serve it."""

    role: Role
    passages: Passages
    actions: tuple[Action, ...]


def role_shares(site: Site, area: Area) -> tuple[RoleShare, ...]:
    """For each role, in the roles' order."""
    meanings = {meaning.role: meaning.passages for meaning in area.roles}
    return tuple(
        RoleShare(
            role,
            meanings.get(role.id, ()),
            tuple(action for action in role.actions if area.id in action.areas),
        )
        for role in site.roles
    )


def has_actions(site: Site, strategy: Strategy) -> bool:
    """Whether any role's action serves one of the strategy's areas."""
    areas = {area.id for area in site.areas(strategy.id)}
    return any(areas & set(action.areas) for role in site.roles for action in role.actions)


@dataclass(frozen=True)
class AreaShare:
    """An area as one role sees it."""

    area: Area
    passages: Passages


def area_shares(site: Site, role: Role) -> tuple[tuple[Strategy, tuple[AreaShare, ...]], ...]:
    """The strategies that speak to a role, each with what its areas mean for it."""
    found = []
    for strategy in site.strategies:
        shares = tuple(
            AreaShare(area, meaning.passages)
            for area in site.areas(strategy.id)
            for meaning in area.roles
            if meaning.role == role.id
        )
        if shares:
            found.append((strategy, shares))
    return tuple(found)


@dataclass(frozen=True)
class SectionUse:
    """A section of a source and the pages that rest on it."""

    section: SourceSection
    pages: tuple[Page, ...]


def section_uses(site: Site, pages: Pages, source: Source) -> tuple[SectionUse, ...]:
    """The coverage of a source: where on the site each of its sections is."""
    return tuple(
        SectionUse(
            section,
            tuple(
                page
                for key in site.citing.get(f"{source.id}/{section.id}", ())
                if (page := pages.showing(key)) and key != ("source", source.id)
            ),
        )
        for section in source.sections
    )


@dataclass(frozen=True)
class Tick:
    """An event on the time axis; x in per cent of its width."""

    event: Event
    x: float


@dataclass(frozen=True)
class Axis:
    """A time axis from the first to the last year, with a tick for each event."""

    first: int
    last: int
    ticks: tuple[Tick, ...]


def axis(events: Iterable[Event]) -> Axis:
    """Where each event lies between the first and the last; events must not be empty."""
    ordered = timeline(events)
    first, last = ordered[0].date.earliest.year, max(e.date.latest.year for e in ordered)
    days = (ordered[-1].date.latest - ordered[0].date.earliest).days or 1
    return Axis(
        first,
        last,
        tuple(
            Tick(e, round(100 * (e.date.earliest - ordered[0].date.earliest).days / days, 1))
            for e in ordered
        ),
    )


def timeline(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events in the order of their dates."""
    return tuple(sorted(events, key=lambda event: event.date))


_KEEP_TOGETHER = re.compile(r"(§§?|\b(?:s|afs)\.|\bnr\.|\d\.?) (?=\d|%|[a-zæøå]{3,9} \d{4}\b)")


def keep_together(text: str) -> str:
    """«§ 85», «18 %», «4. december 2024»: no line break inside."""
    return _KEEP_TOGETHER.sub("\\1\N{NO-BREAK SPACE}", text)


# --- ideas, goals, topics, words -------------------------------------------------------------


@dataclass(frozen=True)
class MatrixRow:
    """An idea and, for each theme in their order, whether it covers the theme."""

    idea: Idea
    covers: tuple[bool, ...]


def matrix(site: Site) -> tuple[MatrixRow, ...]:
    """Themes x ideas; empty cells are there too."""
    return tuple(
        MatrixRow(idea, tuple(theme.id in idea.themes for theme in site.themes))
        for idea in site.ideas
    )


def ideas_of(site: Site, area: Area) -> tuple[Idea, ...]:
    """The ideas that a main effort gathers."""
    return tuple(idea for idea in site.ideas if idea.effort == area.id)


def ideas_towards(site: Site, area: Area) -> tuple[tuple[Idea, Passage], ...]:
    """The ideas that we have linked to an area, each with our reason."""
    return tuple(
        (idea, link.why) for idea in site.ideas for link in idea.links if link.area == area.id
    )


def topics_of(site: Site, kind: str, id: str) -> tuple[Topic, ...]:
    """The topics under which an area or an idea stands."""
    return tuple(
        topic
        for topic in site.topics
        if (id in topic.ideas if kind == "idea" else any(link.area == id for link in topic.links))
    )


@dataclass(frozen=True)
class GoalGroup:
    """The goals of a strategy or of one of its areas; area is None for the strategy's own."""

    area: Area | None
    goals: tuple[Goal, ...]


def goal_groups(site: Site, strategy: Strategy) -> tuple[GoalGroup, ...]:
    """All goals of a strategy. An area without goals is there, with none."""
    own = (GoalGroup(None, strategy.goals),) if strategy.goals else ()
    return own + tuple(GoalGroup(area, area.goals) for area in site.areas(strategy.id))


@dataclass(frozen=True)
class Progress:
    """A goal's follow-up: the newest status, and the history with the newest first."""

    now: FollowUp | None
    history: tuple[FollowUp, ...]


def progress(goal: Goal) -> Progress:
    """What has been published about a goal."""
    history = tuple(sorted(goal.follow_up, key=lambda entry: entry.date, reverse=True))
    return Progress(history[0] if history else None, history)


def any_status(site: Site) -> bool:
    """Whether any source has published the status of any goal."""
    goals = [goal for kind in ("strategy", "area") for t in site.of_kind(kind) for goal in t.goals]
    return any(goal.follow_up for goal in goals)


@dataclass(frozen=True)
class DatedEvent:
    """An event and the strategy that tells of it."""

    event: Event
    strategy: Strategy


def all_events(site: Site) -> tuple[DatedEvent, ...]:
    """The events of all strategies, in the order of time."""
    found = [
        DatedEvent(event, strategy) for strategy in site.strategies for event in strategy.events
    ]
    return tuple(sorted(found, key=lambda dated: dated.event.date))


def by_letter(terms: Iterable[Term]) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    """Terms, already in order, under their first letter; signs and digits under «§»."""
    return tuple((letter, tuple(group)) for letter, group in groupby(terms, key=_letter))


def _letter(term: Term) -> str:
    first = term.title[0].upper()
    return first if first.isalpha() else "§"


def by_kind(site: Site) -> tuple[tuple[str, tuple[Organisation, ...]], ...]:
    """Organisations under their kind, in the order in which the model names the kinds."""
    return tuple(
        (kind, found)
        for kind in get_args(OrganisationKind)
        if (found := tuple(o for o in site.organisations if o.kind == kind))
    )


def uses(lexicon: Lexicon, pages: Pages, kind: str, id: str) -> tuple[Page, ...]:
    """The pages that use a term or name a body, other than the glossary's own."""
    keys = lexicon.uses.get((kind, id), ())
    return tuple(page for key in keys if key[0] != "term" and (page := pages.by_key.get(key)))
