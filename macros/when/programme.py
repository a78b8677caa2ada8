"""Site and a day -> what is on: each activity with its coming times, and who finds it where.

Everything that lists activities (finder, pages by day, town and focus area, calendars, the
remarks of `check`) starts from a `Programme`.
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

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
) -> tuple[Entry, ...]:
    """A sorted list without some entries, and with some others."""
    numbers = {id(entry) for entry in gone}
    every = [entry for entry in before if id(entry) not in numbers]
    for entry in new:
        insort(every, entry, key=_order)
    return tuple(every)


Lists = dict[Any, tuple[Entry, ...]]
Value = TypeVar("Value")


def _under(
    entries: Iterable[Entry], keys: Callable[[Entry], Iterable[tuple[Any, Entry]]]
) -> dict[Any, list[Entry]]:
    """Entries under each of their keys, in their own order."""
    lists: dict[Any, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key, one in keys(entry):
            lists[key].append(one)
    return lists


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
        memory, every = self.kept.memory["listed"], self.by_id
        before: tuple[Entry, ...] = memory.get("entries", ())
        was: dict[str, Entry] = memory.get("of", {})
        new = [one for id, one in every.items() if was.get(id) is not one and not one.gone]
        if len(new) > FEW:
            listed = tuple(sorted((one for one in every.values() if not one.gone), key=_order))
            gone: Sequence[Entry] = ()
        else:
            gone = [one for id, one in was.items() if every.get(id) is not one and not one.gone]
            listed = _brought_up(before, gone, new)
        memory.update(entries=listed, of=every)
        return _Listed(before, listed, gone, new)

    def entry(self, activity: Activity) -> Entry:
        """An activity's entry, whether it is listed or not."""
        return self.by_id[activity.id]

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        """Every activity's entry, whether it is listed or not."""
        memory = self.kept.made("entries", digest.of(self.today, self.site.holidays))
        before: dict[str, Entry] = memory.get("of", {})
        # Where all the rest is the same, an entry is as long as its activity is.
        same = memory.get("rest") is self.site.rest
        entries = {
            one.id: entry
            if same and (entry := before.get(one.id)) and entry.activity is one
            else self._entry(one, before.get(one.id))
            for one in self.site.of_kind("activity")
        }
        memory.update(of=entries, rest=self.site.rest)
        new = [entry for id, entry in entries.items() if before.get(id) is not entry]
        shelf = self.kept.shelf("times")
        shelf.touch(entry.digest for entry in new)
        unknown = []
        for entry in new:
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

    def _of_all(
        self,
        name: str,
        anew: Callable[[Sequence[Entry]], Value],
        brought_up: Callable[[Value, Sequence[Entry], Sequence[Entry]], Value],
    ) -> Value:
        """What is made of all that is listed. brought_up: makes it of the last one, which stays as
        it is, of what is gone and of what is new."""
        listed, memory = self._listed, self.kept.memory["of all"]
        of, before = memory.get(name, (None, None))
        if of is listed.before and len(listed.new) <= FEW:
            value = brought_up(before, listed.gone, listed.new)
        else:
            value = anew(listed.now)
        memory[name] = listed.now, value
        return value

    def _lists(self, name: str, keys: Callable[[Entry], Iterable[tuple[Any, Entry]]]) -> Lists:
        """What is listed under each key, soonest first. A list in which nothing differs is the very
        same as the last time."""

        def anew(entries: Sequence[Entry]) -> Lists:
            every = _under(entries, keys)
            return {key: tuple(sorted(under, key=_order)) for key, under in every.items()}

        def brought_up(before: Lists, gone: Sequence[Entry], new: Sequence[Entry]) -> Lists:
            less, more = _under(gone, keys), _under(new, keys)
            changed = {
                key: _brought_up(before.get(key, ()), less.get(key, ()), more.get(key, ()))
                for key in less.keys() | more.keys()
            }
            return {key: entries for key, entries in (before | changed).items() if entries}

        return self._of_all(f"lists {name}", anew, brought_up)

    def on(self, weekday: str) -> tuple[Entry, ...]:
        """What is on that day of the week, with the times of that day alone, soonest first."""
        return self._weekdays.get(WEEKDAYS.index(weekday), ())

    @cached_property
    def _weekdays(self) -> Lists:
        return self._lists("weekdays", lambda entry: entry.days.items())

    @cached_property
    def _told(self) -> Lists:
        def keys(entry: Entry) -> Iterator[tuple[str, Entry]]:
            yield "dated" if entry.activity.when else "undated", entry
            if entry.activity.remote:
                yield "remote", entry
            elif entry.place is None:
                yield "elsewhere", entry

        return self._lists("told", keys)

    @property
    def dated(self) -> tuple[Entry, ...]:
        """What has its times told."""
        return self._told.get("dated", ())

    @property
    def undated(self) -> tuple[Entry, ...]:
        """What is listed although nobody has told when it is."""
        return self._told.get("undated", ())

    @property
    def elsewhere(self) -> tuple[Entry, ...]:
        """What has no place told, and needs one."""
        return self._told.get("elsewhere", ())

    @property
    def remote(self) -> tuple[Entry, ...]:
        """What one can take part in from home."""
        return self._told.get("remote", ())

    @cached_property
    def towns(self) -> tuple[tuple[Postcode, tuple[Entry, ...]], ...]:
        """The towns in which something is on, by postcode."""
        by_town = self.by_town
        every = self.site.postcodes
        return tuple((town, by_town[town.id]) for town in every if town.id in by_town)

    @cached_property
    def by_town(self) -> Mapping[str, tuple[Entry, ...]]:
        """The same by the postcode alone."""
        return self._lists(
            "towns", lambda entry: [(entry.postcode.id, entry)] if entry.postcode else []
        )

    @cached_property
    def municipalities(self) -> tuple[tuple[Municipality, tuple[Entry, ...]], ...]:
        """The municipalities that one may choose between and what is on in each."""
        by_id = self._lists("whose", lambda entry: [(entry.whose.id, entry)] if entry.whose else [])
        return tuple((one, by_id[id]) for id, one in self._of.items() if id in by_id)

    @cached_property
    def areas(self) -> tuple[tuple[Area, tuple[Entry, ...]], ...]:
        """The areas that something serves, in the strategies' order."""
        by_area = self._areas
        every = (area for s in self.site.strategies for area in self.site.areas(s.id))
        return tuple((area, by_area[area.id]) for area in every if area.id in by_area)

    @cached_property
    def _areas(self) -> Lists:
        return self._lists("areas", lambda entry: [(id, entry) for id in entry.activity.areas])

    @cached_property
    def groups(self) -> Mapping[str, tuple[Entry, ...]]:
        """What is open to each group."""
        return self._lists("groups", lambda entry: [(name, entry) for name in entry.welcome])

    def of_each(
        self, name: str, make: Callable[[Sequence[Entry]], Iterable[Value]]
    ) -> Mapping[str, Value]:
        """What is made of each entry that is listed, by its activity's id. name: what it is called,
        with all that it is made with beside. make: of some of them."""

        def anew(entries: Sequence[Entry]) -> dict[str, Value]:
            return dict(zip((entry.activity.id for entry in entries), make(entries), strict=True))

        def brought_up(before: dict[str, Value], gone: Sequence[Entry], new: Sequence[Entry]):
            less = {entry.activity.id for entry in gone}
            stay = {id: value for id, value in before.items() if id not in less}
            return stay | anew(new)

        return self._of_all(f"each {name}", anew, brought_up)

    def counts(self, name: str, values: Callable[[Entry], Iterable[Any]]) -> Counter[Any]:
        """How many of what is listed have each value. name: what the values are called."""

        def anew(entries: Sequence[Entry]) -> Counter[Any]:
            return Counter(chain.from_iterable(map(values, entries)))

        def brought_up(before: Counter[Any], gone: Sequence[Entry], new: Sequence[Entry]):
            return before + anew(new) - anew(gone)

        return self._of_all(f"counts {name}", anew, brought_up)

    @cached_property
    def _organisers(self) -> Lists:
        return self._lists("organisers", lambda entry: [(entry.activity.organiser, entry)])

    @cached_property
    def _places(self) -> Lists:
        return self._lists("places", lambda entry: [(entry.place.id, entry)] if entry.place else [])

    def of(self, kind: str, id: str) -> tuple[Entry, ...]:
        """The entries of an organisation, a place or an area."""
        every = {"organisation": self._organisers, "place": self._places, "area": self._areas}
        return every[kind].get(id, ())


def grouped(
    entries: Iterable[Entry], key: Callable[[Entry], str]
) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Entries under a heading each, the headings in Danish order."""
    groups = _under(entries, lambda entry: [(key(entry), entry)])
    return tuple((name, tuple(groups[name])) for name in sorted(groups, key=danish_key))
