"""Goals and what has been published about them; events on their axis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from macros.data.standing import silent
from macros.data.strategy import Event, FollowUp, Goal, Level, Strategy
from macros.data.whose import whose
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.planned import PlannedShown, shown
from macros.pages.views.text import Chip, Link, LookedFor, Shown, chip, confirmed, marks


@dataclass(frozen=True)
class Progress:
    """A goal and its follow-up: the newest status, and the earlier ones with the newest first."""

    goal: Goal
    now: FollowUp | None
    earlier: tuple[FollowUp, ...]


def progress(goals: Iterable[Goal]) -> tuple[Progress, ...]:
    """What has been published about each goal."""

    def one(goal: Goal) -> Progress:
        history = sorted(goal.follow_up, key=lambda entry: entry.date)[::-1]
        return Progress(goal, history[0] if history else None, tuple(history[1:]))

    return tuple(map(one, goals))


@dataclass(frozen=True)
class Tick:
    """An event on the time axis; x in per cent of its width."""

    event: Event
    x: float


@dataclass(frozen=True)
class Axis:
    """A time axis from the first to the last year, with a tick for each event in their order."""

    first: int
    last: int
    ticks: tuple[Tick, ...]


def axis(events: Iterable[Event]) -> Axis | None:
    """Where each event lies between the first and the last; None without events."""
    ordered = sorted(events, key=lambda event: event.date)
    if not ordered:
        return None
    start, end = ordered[0].date.earliest, max(event.date.latest for event in ordered)
    days = (end - start).days or 1
    ticks = (Tick(e, round(100 * (e.date.earliest - start).days / days, 1)) for e in ordered)
    return Axis(start.year, end.year, tuple(ticks))


@dataclass(frozen=True)
class GoalGroup:
    """The goals of a strategy as a whole, or of one of its areas. prefix: what makes a goal's id
    unique on a page with all goals; title: the area's own."""

    area: Chip | None
    title: str
    prefix: str
    goals: tuple[Progress, ...]
    silence: LookedFor | None = None


@dataclass(frozen=True)
class GoalsOf:
    """A strategy and its goals. silence: who has looked for a status of them and found none; of a
    group: for goals."""

    id: str
    of: str | None
    link: Link
    proposes: bool
    level: Level
    count: int
    groups: tuple[GoalGroup, ...]
    silence: LookedFor | None
    planned: tuple[PlannedShown, ...]


@dataclass(frozen=True, kw_only=True)
class Goals(Shown):
    """any_status: whether any source has published the status of any goal. silent: whether for
    every strategy somebody has looked for one and found none."""

    strategies: tuple[GoalsOf, ...]
    any_status: bool
    silent: bool


def goals(edition: Edition, page: Page) -> Goals:
    site = edition.site
    by_strategy = tuple(_goals_of(edition, strategy) for strategy in site.strategies)
    every = [
        progress.goal for one in by_strategy for group in one.groups for progress in group.goals
    ]
    return Goals(
        page=page,
        marks=marks(site, every, *(strategy.planned for strategy in site.strategies)),
        strategies=by_strategy,
        any_status=any(goal.follow_up for goal in every),
        silent=all(one.silence for one in by_strategy),
    )


def _goals_of(edition: Edition, strategy: Strategy) -> GoalsOf:
    areas = edition.site.areas(strategy.id)
    own = [GoalGroup(None, "", f"{strategy.id}-", progress(strategy.goals))]
    groups = [
        GoalGroup(
            chip(edition, area),
            area.title,
            f"{area.id.replace('/', '-')}-",
            progress(area.goals),
            confirmed(silent(area, "mål")),
        )
        for area in areas
        if area.goals or silent(area, "mål")
    ]
    return GoalsOf(
        strategy.id,
        whose(edition.site, strategy),
        Link(edition.at("strategy", strategy.id), strategy.short_title),
        strategy.proposes,
        strategy.level,
        len(strategy.goals) + sum(len(area.goals) for area in areas),
        tuple(own if strategy.goals else []) + tuple(groups),
        confirmed(silent(strategy, "status")),
        shown(edition, strategy),
    )


@dataclass(frozen=True)
class Dated:
    """An event and the strategy that tells of it."""

    event: Event
    of: str | None
    strategy: Link


@dataclass(frozen=True, kw_only=True)
class Timelines(Shown):
    """The events of all strategies in the order of time."""

    axis: Axis | None
    events: tuple[Dated, ...]


def timelines(edition: Edition, page: Page) -> Timelines:
    site = edition.site
    every = [
        Dated(
            event,
            whose(site, strategy),
            Link(edition.at("strategy", strategy.id), strategy.short_title),
        )
        for strategy in site.strategies
        for event in strategy.events
    ]
    every.sort(key=lambda dated: dated.event.date)
    events = [dated.event for dated in every]
    return Timelines(page=page, marks=marks(site, events), axis=axis(events), events=tuple(every))
