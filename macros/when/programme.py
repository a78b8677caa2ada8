"""Site and a day -> what is on: each activity with its coming times, and who finds it where.

Everything that lists activities (finder, pages by day, town and focus area, calendars, the
remarks of `check`) starts from a `Programme`.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import TypeVar

from macros.data.activity import WEEKDAYS, Activity, Postcode
from macros.data.site import Site
from macros.data.strategy import Area, Municipality
from macros.data.whose import to_choose_from, whose
from macros.language.text import danish_key
from macros.when.entry import Entry, freshness
from macros.work import digest
from macros.work.kept import Kept
from macros.work.progress import progress
from macros.work.spread import spread

FEW = 50  # new entries, up to which a list is not sorted anew
_order = attrgetter("order")


@dataclass(frozen=True)
class _Listed:
    """What was listed before and is now, both in order; where little differs, what is gone and what
    is new."""

    before: tuple[Entry, ...]
    now: tuple[Entry, ...]
    gone: Sequence[Entry]
    new: Sequence[Entry]


def _brought_up(
    before: Sequence[Entry], gone: Sequence[Entry], new: Sequence[Entry]
) -> list[Entry]:
    """A sorted list without some entries, and with some others."""
    numbers = {id(entry) for entry in gone}
    every = [entry for entry in before if id(entry) not in numbers]
    for entry in new:
        insort(every, entry, key=_order)
    return every


def _by_weekday(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Each on the days on which it is held, with the times of that day alone."""
    days: list[list[Entry]] = [[] for _ in WEEKDAYS]
    for entry in entries:
        for weekday, alone in entry.days.items():
            days[weekday].append(alone)
    return days


@dataclass(frozen=True)
class Programme:
    """What is on from a day on. entries: every listed activity, soonest first. kept: what earlier
    runs made of the same activities on the same day."""

    site: Site
    today: date
    kept: Kept = field(default_factory=Kept, compare=False, repr=False)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return self._listed.now

    @cached_property
    def _listed(self) -> _Listed:
        """What is listed, beside what this process listed the last time."""
        memory = self.kept.memory["listed"]
        before: tuple[Entry, ...] = memory.get("entries", ())
        was = {id(entry) for entry in before}
        listed = [entry for entry in self._every.values() if not entry.gone]
        new = [entry for entry in listed if id(entry) not in was]
        if len(new) > FEW:
            listed, gone = sorted(listed, key=_order), ()
        else:
            now = {id(entry) for entry in listed}
            gone = [entry for entry in before if id(entry) not in now]
            listed = _brought_up(before, gone, new)
        memory["entries"] = tuple(listed)
        return _Listed(before, memory["entries"], gone, new)

    def entry(self, activity: Activity) -> Entry:
        """An activity's entry, whether it is listed or not."""
        return self._every[activity.id]

    @cached_property
    def _every(self) -> dict[str, Entry]:
        """By id, in Danish order of the titles."""
        memory = self.kept.made("entries", digest.of(self.today, self.site.holidays))
        before: dict[str, Entry] = memory.get("of", {})
        # Where all the rest is the same, an entry is as long as its activity is.
        same = memory.get("rest") is self.site.rest
        entries = {
            one.id: entry
            if same and (entry := before.get(one.id)) and entry.activity is one
            else self._entry(one, before.get(one.id))
            for one in self.site.activities
        }
        memory.update(of=entries, rest=self.site.rest)
        shelf = self.kept.shelf("times")
        shelf.touch(entry.digest for entry in entries.values())
        unknown = []
        for entry in entries.values():
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
        return entries

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
        listed, memory = self._listed, self.kept.memory["weekdays"]
        if memory.get("of") is listed.before and len(listed.new) <= FEW:
            gone, new = _by_weekday(listed.gone), _by_weekday(listed.new)
            days = list(map(_brought_up, memory["days"], gone, new))
        else:
            days = [sorted(day, key=_order) for day in _by_weekday(listed.now)]
        memory.update(of=listed.now, days=tuple(map(tuple, days)))
        return memory["days"]

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
