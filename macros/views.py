"""Site -> what templates loop over: everything that is counted, sorted, joined or compared.

Pure functions; a template tests a boolean and prints, no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from macros.model import Action, Area, Event, Role, Source, SourceSection, Strategy
from macros.pages import Page, Pages
from macros.site import Site
from macros.values import Passages


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
        place = f" s. {section.page}" if section.page else ""
        marks.append(
            Citation(
                f"kilder/{source.id}/#{section.id}",
                f"{source.mark}{place}",
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
                if (page := pages.by_key.get(key)) and key != ("source", source.id)
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


_KEEP_TOGETHER = re.compile(r"(§§?|\bs\.|\bnr\.|\d\.?) (?=\d|%|[a-zæøå]{3,9} \d{4}\b)")


def keep_together(text: str) -> str:
    """«§ 85», «18 %», «4. december 2024»: no line break inside."""
    return _KEEP_TOGETHER.sub("\\1\N{NO-BREAK SPACE}", text)
