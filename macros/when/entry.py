"""An activity as it is on a day: its coming times, how far it is trusted, what lists ask of it."""

from __future__ import annotations

import math
import os
from bisect import bisect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal

from macros.data.activity import GROUPS, Activity, Holidays, Organisation, Place, Postcode
from macros.data.strategy import Municipality
from macros.language.text import danish_key
from macros.when.recurrence import DANISH_TIME, Occurrence, occurrences
from macros.work import digest

EVERYBODY = "alle"
NAMED = tuple(name for name in GROUPS if name != EVERYBODY)  # «alle» is no choice of its own
_NAMED = frozenset(NAMED)
FAR_AHEAD = timedelta(days=400)
SOME = 3
AHEAD = timedelta(days=92)  # how far the lists look; a quarter, so that monthly things are seen
OLD, GONE = timedelta(days=180), timedelta(days=365)
Freshness = Literal["tjekket", "gammel", "væk", "kun kilde"]
DayPart = Literal["formiddag", "eftermiddag", "aften"]
DAY_PARTS: tuple[DayPart, ...] = ("formiddag", "eftermiddag", "aften")
PARTS_END = (12, 17)  # the hours at which the first parts end


def today() -> date:
    """The day in Denmark; the variable TODAY (2026-12-01) sets another, for tests and previews."""
    given = os.environ.get("TODAY")
    return date.fromisoformat(given) if given else datetime.now(DANISH_TIME).date()


def freshness(activity: Activity, day: date) -> Freshness:
    """How far what is told of an activity can be trusted on a day."""
    if activity.expires and activity.expires < day:
        return "væk"
    if activity.checked is None:
        return "kun kilde"
    age = day - activity.checked.date
    return "væk" if age > GONE else "gammel" if age > OLD else "tjekket"


def day_part(start: datetime) -> DayPart:
    return DAY_PARTS[bisect(PARTS_END, start.hour)]


@dataclass(frozen=True)
class Gist:
    """What lists ask of an activity's times, without the times: whether there are any; the first
    that is held on each day of the week (Monday is 0), in seconds since 1970; its slots; whether
    all of them, called off or not, are on one day of the week; for how many hours it is held in the
    first seven days, as far as its ends are told."""

    any: bool
    first: tuple[tuple[int, float], ...]
    slots: frozenset[tuple[int, DayPart]]
    one_day: bool
    hours: float = 0


@dataclass(frozen=True)
class Entry:
    """An activity as lists and its page show it on a day.

    state: how far it can be trusted. holidays: when its times pause. weekday: on which alone it
    is shown (Monday is 0), or None. whose: the municipality it is of, where there are several.
    """

    activity: Activity
    state: Freshness
    organiser: Organisation
    place: Place | None
    postcode: Postcode | None
    day: date
    holidays: Mapping[str, Holidays] = field(default_factory=dict)
    weekday: int | None = None
    whose: Municipality | None = None

    @cached_property
    def digest(self) -> str:
        """What tells it from any other: equal digests, equal pages and times."""
        pauses = tuple(self.holidays.get(when.pauses) for when in self.activity.when if when.pauses)
        return digest.of(
            self.activity,
            self.organiser,
            self.place,
            self.postcode,
            self.day,
            pauses,
            self.weekday,
            self.whose and self.whose.short_title,
        )

    @cached_property
    def coming(self) -> tuple[Occurrence, ...]:
        """Its times from the day on, in order: within `AHEAD`; if fewer than `SOME` are held,
        further ones of a year."""
        if self.state == "væk":
            return ()

        def until(day: date) -> list[Occurrence]:
            return occurrences(self.activity, self.holidays, self.day, day)

        times = until(self.day + AHEAD)
        if sum(not one.cancelled for one in times) < SOME:
            held = [one for one in until(self.day + FAR_AHEAD) if not one.cancelled][:SOME]
            times = sorted({*times, *held}, key=lambda one: one.start)
        if self.weekday is None:
            return tuple(times)
        return tuple(one for one in times if one.start.weekday() == self.weekday)

    @cached_property
    def gist(self) -> Gist:
        first: dict[int, float] = {}
        for one in self.held:
            first.setdefault(one.start.weekday(), one.start.timestamp())
        slots = frozenset((one.start.weekday(), day_part(one.start)) for one in self.held)
        week = self.day + timedelta(days=7)
        lengths = (one.end - one.start for one in self.held if one.end and one.day < week)
        hours = sum(lengths, timedelta()).total_seconds() / 3600
        one_day = len({one.start.weekday() for one in self.coming}) == 1
        return Gist(bool(self.coming), tuple(first.items()), slots, one_day, hours)

    @cached_property
    def week(self) -> tuple[int, ...]:
        """On which of the first seven days it is held: 0 is the day itself."""
        days = (datetime.fromtimestamp(start, DANISH_TIME).date() for _, start in self.gist.first)
        return tuple(ahead for day in days if (ahead := (day - self.day).days) < 7)

    @cached_property
    def held(self) -> tuple[Occurrence, ...]:
        """The times that are not called off."""
        return tuple(one for one in self.coming if not one.cancelled)

    @property
    def gone(self) -> bool:
        """Whether it is not listed any more: too long unchecked, expired, or over."""
        return self.state == "væk" or bool(self.activity.when and not self.gist.any)

    @property
    def next(self) -> Occurrence | None:
        return self.held[0] if self.held else None

    @property
    def starts(self) -> datetime | None:
        """When the next time begins; known without its times."""
        if self.soonest == math.inf:
            return None
        return datetime.fromtimestamp(self.soonest, DANISH_TIME)

    @property
    def slots(self) -> frozenset[tuple[int, DayPart]]:
        """When it tends to be: weekday (Monday is 0) and part of the day."""
        return self.gist.slots

    @cached_property
    def welcome(self) -> frozenset[str]:
        """The groups that it is open to: those it names, or all of them."""
        groups = self.activity.groups
        return _NAMED if EVERYBODY in groups else frozenset(groups)

    @cached_property
    def flags(self) -> frozenset[str]:
        """The words of `FLAGS` that hold."""
        return frozenset(word for word, _, test in FLAGS if test(self))

    @cached_property
    def parts(self) -> frozenset[DayPart]:
        """The parts of the day that it tends to be in."""
        return frozenset(part for _, part in self.slots)

    @cached_property
    def real_hours(self) -> float:
        """For how many hours it is held in the first seven days; none for an example."""
        return 0 if self.activity.example else self.gist.hours

    @cached_property
    def counted_as(self) -> tuple[str | None, bool, bool]:
        """What numbers of offers tell apart: the town's postcode, whether one can take part from
        home, whether it is an example."""
        activity, town = self.activity, self.postcode
        return town.id if town else None, bool(activity.remote), activity.example

    @cached_property
    def firsts(self) -> tuple[Occurrence, ...]:
        """What a card may have to show: the next times, and the next two of each slot (one may
        pass before the next build)."""
        by_slot: dict[object, list[Occurrence]] = {}
        for one in self.held:
            by_slot.setdefault((one.start.weekday(), day_part(one.start)), []).append(one)
        slots = {one for times in by_slot.values() for one in times[:2]}
        return tuple(sorted({*self.held[:3], *slots}, key=lambda one: one.start))

    @property
    def listed(self) -> tuple[Occurrence, ...]:
        """The times that its page lists, called off or not."""
        return self.coming[:8]

    @property
    def called_off(self) -> tuple[Occurrence, ...]:
        """The times that were called off, as far as one may already have them in mind."""
        return tuple(one for one in self.coming[:4] if one.cancelled)

    @cached_property
    def soonest(self) -> float:
        """When the next time begins, in seconds since 1970; infinity if none is told."""
        return min((start for _, start in self.gist.first), default=math.inf)

    @cached_property
    def order(self) -> tuple[float, str, str]:
        """Soonest first; what has no time told last. No two have the same."""
        return self.soonest, danish_key(self.activity.title), self.activity.id

    @cached_property
    def days(self) -> Mapping[int, Entry]:
        """The same by each day of the week on which it is held, with the times of that alone."""
        if self.gist.one_day:
            return {weekday: self for weekday, _ in self.gist.first}
        return {weekday: self._only(weekday) for weekday, _ in self.gist.first}

    def _only(self, weekday: int) -> Entry:
        gist = Gist(
            True,
            tuple(one for one in self.gist.first if one[0] == weekday),
            frozenset(slot for slot in self.gist.slots if slot[0] == weekday),
            True,
        )
        return replace(self, weekday=weekday).with_gist(gist)

    @property
    def knows_gist(self) -> bool:
        return "gist" in self.__dict__

    def with_gist(self, gist: Gist) -> Entry:
        """Itself, with the gist that is known already."""
        self.__dict__["gist"] = gist
        return self


# What holds or not: the word in the finder's address, the name in lists, the test.
Flag = tuple[str, str, Callable[[Entry], bool]]
FLAGS: tuple[Flag, ...] = (
    ("gratis", "Gratis", lambda e: e.activity.free is True),
    ("uden-henvisning", "Uden henvisning", lambda e: e.activity.referral is False),
    ("uden-tilmelding", "Uden tilmelding", lambda e: e.activity.sign_up == "kom bare"),
    ("koerestol", "Adgang i kørestol", lambda e: bool(e.place and e.place.wheelchair)),
    ("handicaptoilet", "Handicaptoilet", lambda e: bool(e.place and e.place.toilet)),
    ("tag-en-med", "Du må tage en med", lambda e: e.activity.company is True),
    ("teleslynge", "Teleslynge", lambda e: bool(e.place and e.place.hearing_loop)),
    ("stille-sted", "Et stille sted", lambda e: bool(e.place and e.place.quiet_place)),
    ("online", "Online eller på telefon", lambda e: bool(e.activity.remote)),
    ("plads", "Ledige pladser", lambda e: e.activity.places in ("ledige pladser", "få pladser")),
)
