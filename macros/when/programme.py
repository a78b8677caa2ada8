"""Site and a day -> what is on: each activity with its coming times, and who finds it where.

Everything that lists activities (finder, pages by day, town and focus area, calendars, the
remarks of `check`) starts from a `Programme`.
"""

from __future__ import annotations

import math
import os
from bisect import bisect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from operator import attrgetter
from typing import Literal, TypeVar

from macros.data.activity import (
    GROUPS,
    WEEKDAYS,
    Activity,
    Holidays,
    Organisation,
    Place,
    Postcode,
)
from macros.data.site import Site
from macros.data.strategy import Area, Municipality
from macros.data.whose import to_choose_from, whose
from macros.language.text import danish_key
from macros.when.recurrence import DANISH_TIME, Occurrence, occurrences
from macros.work import digest
from macros.work.kept import Kept
from macros.work.progress import progress
from macros.work.spread import spread

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
    that is held on each day of the week (Monday is 0), in seconds since 1970; its slots; for how
    many hours it is held in the first seven days, as far as its ends are told."""

    any: bool
    first: tuple[tuple[int, float], ...]
    slots: frozenset[tuple[int, DayPart]]
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
        return Gist(bool(self.coming), tuple(first.items()), slots, hours)

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
    def order(self) -> tuple[float, str]:
        """Soonest first; what has no time told last."""
        return self.soonest, danish_key(self.activity.title)

    @cached_property
    def days(self) -> Mapping[int, Entry]:
        """The same by each day of the week on which it is held, with the times of that alone."""
        return {weekday: self._only(weekday) for weekday, _ in self.gist.first}

    def _only(self, weekday: int) -> Entry:
        gist = Gist(
            True,
            tuple(one for one in self.gist.first if one[0] == weekday),
            frozenset(slot for slot in self.gist.slots if slot[0] == weekday),
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


@dataclass(frozen=True)
class Programme:
    """What is on from a day on. entries: every listed activity, soonest first. kept: what earlier
    runs made of the same activities on the same day."""

    site: Site
    today: date
    kept: Kept = field(default_factory=Kept, compare=False, repr=False)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        listed = (entry for entry in self._every.values() if not entry.gone)
        return tuple(sorted(listed, key=attrgetter("order")))

    def entry(self, activity: Activity) -> Entry:
        """An activity's entry, whether it is listed or not."""
        return self._every[activity.id]

    @cached_property
    def _every(self) -> dict[str, Entry]:
        """By id, in Danish order of the titles."""
        memory = self.kept.made("entries", digest.of(self.today, self.site.holidays))
        entries = [self._entry(one, memory.get(one.id)) for one in self.site.activities]
        memory.clear()
        memory.update((entry.activity.id, entry) for entry in entries)
        shelf = self.kept.shelf("times")
        shelf.touch(entry.digest for entry in entries)
        unknown = []
        for entry in entries:
            if entry.knows_gist:
                continue
            if gist := shelf.get(entry.digest):
                entry.with_gist(gist)
            else:
                unknown.append(entry)
        if unknown:
            progress.step("Regner dage ud")
        for entry, gist in zip(unknown, spread(attrgetter("gist"), unknown), strict=True):
            shelf.put(entry.with_gist(gist).digest, gist)
        return memory.copy()

    def _entry(self, activity: Activity, before: Entry | None) -> Entry:
        """before: the one of the last build. If it was made of the very same it is taken: it knows
        its digest, its order and more already."""
        site = self.site
        organiser = site.organisation(activity.organiser)
        place = site.place(activity.place) if activity.place else None
        postcode = site.postcode(place.postcode) if place else None
        of = self._of.get(whose(site, activity) or "") if self._of else None
        if (
            before is not None
            and before.activity is activity
            and before.organiser is organiser
            and before.place is place
            and before.postcode is postcode
            and before.whose is of
        ):
            return before
        state, pauses = freshness(activity, self.today), site.holidays
        return Entry(activity, state, organiser, place, postcode, self.today, pauses, whose=of)

    @cached_property
    def _of(self) -> dict[str, Municipality]:
        return {one.id: one for one in to_choose_from(self.site)}

    def on(self, weekday: str) -> tuple[Entry, ...]:
        """What is on that day of the week, with the times of that day alone, soonest first."""
        return self._weekdays[WEEKDAYS.index(weekday)]

    @cached_property
    def _weekdays(self) -> tuple[tuple[Entry, ...], ...]:
        days: list[list[Entry]] = [[] for _ in WEEKDAYS]
        for entry in self.entries:
            for weekday, alone in entry.days.items():
                days[weekday].append(alone)
        return tuple(tuple(sorted(day, key=attrgetter("order"))) for day in days)

    @cached_property
    def undated(self) -> tuple[Entry, ...]:
        """What is listed although nobody has told when it is."""
        return tuple(entry for entry in self.entries if not entry.activity.when)

    @cached_property
    def elsewhere(self) -> tuple[Entry, ...]:
        """What has no place told, and needs one."""
        return tuple(e for e in self.entries if e.place is None and not e.activity.remote)

    @cached_property
    def remote(self) -> tuple[Entry, ...]:
        """What one can take part in from home."""
        return tuple(entry for entry in self.entries if entry.activity.remote)

    @cached_property
    def towns(self) -> tuple[tuple[Postcode, tuple[Entry, ...]], ...]:
        """The towns in which something is on, by postcode."""
        by_town = _index(self.entries, lambda entry: [entry.postcode] if entry.postcode else [])
        return tuple((town, by_town[town]) for town in self.site.postcodes if town in by_town)

    @cached_property
    def by_town(self) -> Mapping[str, tuple[Entry, ...]]:
        """The same by the postcode alone."""
        return {town.id: entries for town, entries in self.towns}

    @cached_property
    def municipalities(self) -> tuple[tuple[Municipality, tuple[Entry, ...]], ...]:
        """The municipalities that one may choose between and what is on in each."""
        by_id = _index(self.entries, lambda entry: [entry.whose.id] if entry.whose else [])
        return tuple((one, by_id[id]) for id, one in self._of.items() if id in by_id)

    @cached_property
    def areas(self) -> tuple[tuple[Area, tuple[Entry, ...]], ...]:
        """The areas that something serves, in the strategies' order."""
        by_area = self._areas
        every = (area for s in self.site.strategies for area in self.site.areas(s.id))
        return tuple((area, by_area[area.id]) for area in every if area.id in by_area)

    @cached_property
    def _areas(self) -> dict[str, tuple[Entry, ...]]:
        return _index(self.entries, lambda entry: entry.activity.areas)

    @cached_property
    def groups(self) -> Mapping[str, tuple[Entry, ...]]:
        """What is open to each group."""
        return _index(self.entries, attrgetter("welcome"))

    @cached_property
    def _organisers(self) -> dict[str, tuple[Entry, ...]]:
        return _index(self.entries, lambda entry: [entry.activity.organiser])

    @cached_property
    def _places(self) -> dict[str, tuple[Entry, ...]]:
        return _index(self.entries, lambda entry: [entry.place.id] if entry.place else [])

    def of(self, kind: str, id: str) -> tuple[Entry, ...]:
        """The entries of an organisation, a place or an area."""
        indexes = {"organisation": self._organisers, "place": self._places, "area": self._areas}
        return indexes[kind].get(id, ())


K = TypeVar("K")


def _index(
    entries: Iterable[Entry], keys: Callable[[Entry], Iterable[K]]
) -> dict[K, tuple[Entry, ...]]:
    """Entries under each of their keys, their own order kept."""
    groups: dict[K, list[Entry]] = {}
    for entry in entries:
        for key in keys(entry):
            groups.setdefault(key, []).append(entry)
    return {key: tuple(group) for key, group in groups.items()}


def grouped(
    entries: Iterable[Entry], key: Callable[[Entry], str]
) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Entries under a heading each, the headings in Danish order."""
    groups = _index(entries, lambda entry: [key(entry)])
    return tuple(sorted(groups.items(), key=lambda group: danish_key(group[0])))
