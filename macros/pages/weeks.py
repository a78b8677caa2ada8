"""The next seven days as pages: the whole, each town's and each municipality's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import chain

from macros.data.activity import Postcode
from macros.data.strategy import Municipality
from macros.language.text import slug
from macros.when.entry import Entry
from macros.when.programme import Programme

DAYS = 7
# Entries that a page tells one by one. With more the whole country is told in numbers, and each
# town by itself: nobody reads a thousand lines.
MOST = 300
WEEK = "uge"


@dataclass(frozen=True)
class Week:
    """A page of the week. id: the address under `/aktiviteter/`. place: what it is the week of; «»
    if of everything. entries: what has a time to be told, in the programme's order. towns: where
    each town's own week is, and on how many of its days how much is on."""

    id: str
    place: str
    first: date
    entries: tuple[Entry, ...]
    whose: str | None = None
    towns: tuple[tuple[Postcode, tuple[int, ...]], ...] = ()

    @property
    def title(self) -> str:
        return f"Ugen i {self.place}" if self.place else "Ugen dag for dag"

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=ahead) for ahead in range(DAYS))

    @property
    def told_in_numbers(self) -> bool:
        return not self.place and len(self.entries) > MOST


def week_of(town: Postcode) -> str:
    """The id of a town's week."""
    return f"{WEEK}/{town.id}-{slug(town.title)}"


def weeks(programme: Programme) -> Iterator[Week]:
    """The whole, then each town's and each municipality's."""
    first, dated = programme.today, programme.dated
    if not dated:
        return
    same = programme.kept.same
    of_towns = [
        same("weeks", town.id, (town, first, entries), partial(_of_town, town, first, entries))
        for town, entries in programme.towns
    ]
    counts = tuple((town, counted) for town, counted, _ in of_towns if any(counted))
    whole = Week(WEEK, "", first, dated, towns=counts)
    yield same("weeks", WEEK, whole, lambda: whole)
    yield from (week for _, _, week in of_towns)
    for one, entries in programme.municipalities:
        yield same("weeks", one.id, (one, first, entries), partial(_of_one, one, first, entries))


def _of_town(
    town: Postcode, first: date, entries: tuple[Entry, ...]
) -> tuple[Postcode, tuple[int, ...], Week]:
    """A town, what is on in it each day, and its week."""
    return town, _counts(entries), Week(week_of(town), town.title, first, _dated(entries))


def _of_one(municipality: Municipality, first: date, entries: tuple[Entry, ...]) -> Week:
    id, name = f"{WEEK}/{municipality.id}", municipality.title
    return Week(id, name, first, _dated(entries), whose=municipality.id)


def _dated(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.activity.when)


def _counts(entries: tuple[Entry, ...]) -> tuple[int, ...]:
    """On how much something is held on each of the seven days."""
    counts = Counter(chain.from_iterable(entry.week for entry in entries))
    return tuple(counts[ahead] for ahead in range(DAYS))
