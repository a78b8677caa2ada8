"""Schedules -> occurrences: on which days, in Danish time, right across daylight saving.

Plain arithmetic on dates, not `dateutil.rrule`, for two reasons: it starts at the asked day
instead of counting from the first one, and what the calendars say (which every client reads
with rules of its own) can be proven against it. See docs/decisions/0010.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from macros.data.activity import PLACES_IN_MONTH, WEEKDAYS, Activity, Holidays, Schedule

DANISH_TIME = ZoneInfo("Europe/Copenhagen")
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, order=True)
class Occurrence:
    """One time that something takes place; start and end carry the Danish time zone."""

    start: datetime
    end: datetime | None
    cancelled: bool = False

    @property
    def day(self) -> date:
        return self.start.date()

    @property
    def over(self) -> datetime:
        """When it is past: at its end or, if that is not told, an hour after its start."""
        return self.end or self.start + timedelta(hours=1)


def occurrences(
    activity: Activity, holidays: dict[str, Holidays], since: date, until: date
) -> list[Occurrence]:
    """All times from the day `since` to the day `until`, both included, in order of time.

    holidays: the holiday plans by id. `expires` ends an activity too.
    """
    if activity.expires:
        until = min(until, activity.expires)
    times = {
        occurrence(when, day)  # rules that overlap give a time once
        for when in activity.when
        for day in days(when, holidays.get(when.pauses or ""), since, until)
    }
    return sorted(times, key=lambda one: (one.start, one.end or one.start))


def occurrence(when: Schedule, day: date) -> Occurrence:
    """The occurrence of a schedule on a day."""
    start = at(day, when.start)
    end = None if when.end is None else at(day, when.end)
    if end and end <= start:  # it starts in the hour that spring skips, and lasts as long as ever
        end = start + (datetime.combine(day, when.end) - datetime.combine(day, when.start))
    return Occurrence(start, end, day in when.cancelled)


def at(day: date, clock: time) -> datetime:
    """A Danish time. One that the clocks skip in spring is an hour later, as in RFC 5545."""
    local = datetime.combine(day, clock, DANISH_TIME)
    return local.astimezone(ZoneInfo("UTC")).astimezone(DANISH_TIME)


def days(when: Schedule, pauses: Holidays | None, since: date, until: date) -> Iterator[date]:
    """The days of a schedule from `since` to `until`, called off or not, without exceptions."""
    off = excluded(when, pauses)
    return (day for day in rule_days(when, since, until) if not off(day))


def exceptions(when: Schedule, pauses: Holidays | None, since: date, until: date) -> list[date]:
    """The days that the rule gives and on which nothing is: exceptions and holidays."""
    off = excluded(when, pauses)
    return [day for day in rule_days(when, since, until) if off(day)]


def excluded(when: Schedule, pauses: Holidays | None) -> Callable[[date], bool]:
    """A function: whether a day of the rule is left out (an exception or a holiday)."""
    spans = pauses.spans if pauses else ()

    def off(day: date) -> bool:
        return (
            day in when.not_on
            or any(span.first <= day <= span.last for span in spans)
            or (when.not_on_public_holidays and day in public_holidays(day.year))
        )

    return off


def rule_days(when: Schedule, since: date, until: date) -> Iterator[date]:
    """The days that the rule alone gives, in order; `first` and `last` bound it."""
    since = max(since, when.first) if when.first else since
    until = min(until, when.last) if when.last else until
    if when.repeats == "enkelte dage":
        all_days = iter(sorted(set(when.dates)))
    elif when.repeats == "hver uge":
        all_days = _weekly(when, since, until)
    else:
        all_days = _monthly(when, since, until)
    return (day for day in all_days if since <= day <= until)


def _weekly(when: Schedule, since: date, until: date) -> Iterator[date]:
    monday = since - since.weekday() * _DAY
    if when.first:  # weeks are counted from the one that holds the first time (WKST=MO)
        anchor = when.first - when.first.weekday() * _DAY
        monday += -((monday - anchor) // _WEEK) % when.every * _WEEK
    offsets = sorted(WEEKDAYS.index(name) for name in set(when.weekdays))
    while monday <= until:
        yield from (monday + offset * _DAY for offset in offsets)
        monday += when.every * _WEEK


def _monthly(when: Schedule, since: date, until: date) -> Iterator[date]:
    month = since.year * 12 + since.month - 1
    if when.first:
        month += -(month - when.first.year * 12 - when.first.month + 1) % when.every
    while date(month // 12, month % 12 + 1, 1) <= until:
        yield from sorted(
            _nth(month, WEEKDAYS.index(name), when.which) for name in set(when.weekdays)
        )
        month += when.every


def _nth(month: int, weekday: int, which: str | None) -> date:
    """The first, second … or last such weekday of a month, counted from year 0."""
    place = PLACES_IN_MONTH[which or "første"]
    if place > 0:
        start = date(month // 12, month % 12 + 1, 1)
        return start + ((weekday - start.weekday()) % 7 + 7 * (place - 1)) * _DAY
    month += 1
    end = date(month // 12, month % 12 + 1, 1) - _DAY
    return end - (end.weekday() - weekday) % 7 * _DAY


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Denmark's public holidays (helligdage) of a year."""
    from holidays import country_holidays  # 70 ms that most commands can do without

    return frozenset(country_holidays("DK", years=year))
