"""The programme as data for the finder's script: one index of choices, and cards in pieces.

The index holds what can be chosen by, as columns of small numbers, so that it stays small for
thousands of activities; the cards hold the HTML of the same template as every other list, a
piece for each `PER_PIECE` of them. Only what a reader asks for is fetched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from macros.data.activity import GROUPS, WEEKDAYS
from macros.data.site import Site
from macros.language.text import slug
from macros.when.programme import DAY_PARTS, FLAGS, PARTS_END, Entry, Programme
from macros.when.recurrence import DANISH_TIME

FOLDER = "data/v1/finder/"
PER_PIECE = 50  # cards, about 4 kB gzip
PER_INDEX = 4_000  # entries of the index, about 30 kB gzip
FIRST = 20  # cards on the page itself
SOON = timedelta(days=15)  # times that the index holds: enough for «the next seven days»
EVERYBODY = "alle"
WORKDAYS = "hverdage"
NAMED = tuple(name for name in GROUPS if name != EVERYBODY)  # «alle» is no choice of its own


@dataclass(frozen=True)
class Choice:
    """A value one can choose: its word in the address, its name, and how many it leads to."""

    value: str
    name: str
    count: int


@dataclass(frozen=True)
class Finder:
    """What the finder's form offers, and the files that its script fetches."""

    programme: Programme

    @property
    def site(self) -> Site:
        return self.programme.site

    @property
    def entries(self) -> tuple[Entry, ...]:
        return self.programme.entries

    @property
    def first(self) -> tuple[Entry, ...]:
        return self.entries[:FIRST]

    def _count(self, test: Callable[[Entry], bool]) -> int:
        return sum(map(test, self.entries))

    @property
    def days(self) -> tuple[Choice, ...]:
        today, week = self.programme.today, self.programme.today + timedelta(days=6)
        return (
            Choice("i-dag", "I dag", self._count(lambda e: _within(e, today, today))),
            Choice("7-dage", "De næste 7 dage", self._count(lambda e: _within(e, today, week))),
            Choice(WORKDAYS, "Hverdage (mandag–fredag)", self._count(_on_a_workday)),
            *(Choice(slug(name), name, len(self.programme.on(name))) for name in WEEKDAYS),
        )

    @property
    def parts(self) -> tuple[Choice, ...]:
        noon, evening = PARTS_END
        names = (f"før kl. {noon}", f"kl. {noon} til {evening}", f"efter kl. {evening}")
        return tuple(
            Choice(
                part,
                f"Starter {name}",
                self._count(lambda e, part=part: any(p == part for _, p in e.slots)),
            )
            for part, name in zip(DAY_PARTS, names, strict=True)
        )

    @property
    def towns(self) -> tuple[Choice, ...]:
        return tuple(Choice(t.id, t.label, len(found)) for t, found in self.programme.towns)

    @property
    def groups(self) -> tuple[Choice, ...]:
        return tuple(
            Choice(slug(name), name, self._count(lambda e, name=name: welcomes(e, name)))
            for name in NAMED
        )

    @property
    def areas(self) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
        """Areas under their strategy's short title."""
        found: dict[str, list[Choice]] = {}
        for area, entries in self.programme.areas:
            name = self.site.strategy(area.strategy).short_title
            found.setdefault(name, []).append(Choice(area.id, area.short_title, len(entries)))
        return tuple((name, tuple(choices)) for name, choices in found.items())

    @property
    def flags(self) -> tuple[Choice, ...]:
        return tuple(Choice(word, name, self._count(test)) for word, name, test in FLAGS)

    def files(self, card: Callable[[Entry], str]) -> tuple[str, dict[str, bytes]]:
        """The index's path, and every file by path. card: an entry as HTML, links from ACTIVITIES.

        Names hold a hash of the content, so that a phone never mixes old and new.
        """
        # Neighbours in a piece lie near each other: who asks for a town fetches few pieces.
        order = sorted(
            range(len(self.entries)),
            key=lambda at: self.entries[at].postcode.id if self.entries[at].postcode else "~",
        )
        pieces, spots = [], [0] * len(order)
        for start in range(0, len(order), PER_PIECE):
            part = order[start : start + PER_PIECE]
            pieces.append(_file("kort", [card(self.entries[at]) for at in part]))
            for offset, at in enumerate(part):
                spots[at] = start + offset
        columns = self._columns(spots)
        cuts = range(0, max(len(order), 1), PER_INDEX)
        parts = [
            {name: column[at : at + PER_INDEX] for name, column in columns.items()} for at in cuts
        ]
        more = [_file("indeks", part) for part in parts[1:]]
        head = self._head(columns, [path for path, _ in pieces], [path for path, _ in more])
        index = _file("indeks", {**head, **parts[0]})
        return index[0], dict([index, *more, *pieces])

    def _head(self, columns: Iterable[str], pieces: list[str], more: list[str]) -> dict[str, Any]:
        """What the numbers in the columns stand for, and where the rest is."""
        return {
            "per": PER_PIECE,
            "pieces": [path.removeprefix(FOLDER) for path in pieces],
            "more": [path.removeprefix(FOLDER) for path in more],
            "columns": list(columns),
            "page": FIRST,
            "weekdays": [slug(name) for name in WEEKDAYS],
            "workdays": WORKDAYS,
            "parts": DAY_PARTS,
            "partsEnd": PARTS_END,
            # Minutes in `times` are counted from this second of the epoch.
            "from": int(self._midnight.timestamp()),
            "postcodes": {
                p.id: [p.latitude, p.longitude] for p in self.site.postcodes if p.latitude
            },
            "towns": [town.id for town, _ in self.programme.towns],
            "areas": [area.id for area, _ in self.programme.areas],
            "groups": [slug(name) for name in NAMED],
            "flags": [word for word, _, _ in FLAGS],
        }

    @property
    def _midnight(self) -> datetime:
        return datetime.combine(self.programme.today, time(), DANISH_TIME)

    def _columns(self, spots: list[int]) -> dict[str, list[Any]]:
        """For each entry: where its card is, and what can be chosen by, as numbers."""
        towns = {town: at for at, (town, _) in enumerate(self.programme.towns)}
        areas = {area.id: at for at, (area, _) in enumerate(self.programme.areas)}
        today, midnight, every = self.programme.today, self._midnight, self.entries
        return {
            "spot": spots,
            "slots": [
                sum(1 << (3 * day + DAY_PARTS.index(part)) for day, part in e.slots) for e in every
            ],
            "flag": [sum(test(e) << bit for bit, (_, _, test) in enumerate(FLAGS)) for e in every],
            "group": [
                sum(welcomes(e, name) << bit for bit, name in enumerate(NAMED)) for e in every
            ],
            "town": [towns[e.postcode] if e.postcode else -1 for e in every],
            "area": [[areas[id] for id in e.activity.areas] for e in every],
            "place": [_position(e) for e in every],
            "times": [_times(e, today, midnight) for e in every],
        }


def _on_a_workday(entry: Entry) -> bool:
    return any(day < 5 for day, _ in entry.slots)


def welcomes(entry: Entry, group: str) -> bool:
    """Whether a group is named, or everyone is."""
    groups = entry.activity.groups
    return group in groups or EVERYBODY in groups


def _within(entry: Entry, first: date, last: date) -> bool:
    return any(first <= one.day <= last for one in entry.held)


def _position(entry: Entry) -> list[float] | int:
    """A place's own position, if it has one; otherwise its town's stands for it."""
    place = entry.place
    if place is None or place.latitude is None or place.longitude is None:
        return 0
    return [round(place.latitude, 3), round(place.longitude, 3)]


def _times(entry: Entry, today: date, midnight: datetime) -> list[int]:
    """Starts and ends in turn, in minutes: those of the next days, and the first of each slot."""
    soon = [one for one in entry.held if one.day <= today + SOON]
    return [
        # Instants: two times of one zone subtract what the clock shows.
        int(moment.timestamp() - midnight.timestamp()) // 60
        for one in sorted({*soon, *entry.firsts}, key=lambda one: one.start)
        for moment in (one.start, one.over)
    ]


def _file(name: str, content: Any) -> tuple[str, bytes]:
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return f"{FOLDER}{name}-{hashlib.sha256(raw).hexdigest()[:10]}.json", raw
