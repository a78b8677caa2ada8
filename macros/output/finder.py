"""The programme as data for the finder's script: one index of choices, and cards in pieces.

The index holds what can be chosen by, as columns of small numbers, so that it stays small for
thousands of activities; the cards hold the HTML of the same template as every other list, a
piece for each `PER_PIECE` of them. Only what a reader asks for is fetched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from macros.data.activity import WEEKDAYS
from macros.language.text import slug
from macros.pages.addresses import FINDER_FILES
from macros.pages.views.finder import NEAR, ON_PAGE, WORKDAYS
from macros.when.entry import DAY_PARTS, FLAGS, NAMED, PARTS_END, Entry
from macros.when.programme import Programme
from macros.when.recurrence import DANISH_TIME
from macros.work import digest

PER_PIECE = 20  # cards, about 2 kB gzip
PER_INDEX = 4_000  # entries of the index, about 30 kB gzip
SOON = timedelta(days=15)  # times that the index holds: enough for «the next seven days»


def files(
    programme: Programme,
    cards: Mapping[str, str],
    times: Mapping[str, Sequence[int]],
    filled: Callable[[str, str], str],
) -> tuple[str, dict[str, bytes]]:
    """The index's path, and every file by path. cards: each listed activity's; times: its `times`;
    both by id. filled: id and card -> HTML with links from ACTIVITIES.

    Names hold a hash of the content, so that a phone never mixes old and new.
    """
    # Neighbours in a piece lie near each other: who asks for a town fetches few pieces. Within a
    # town the order is one that does not move with the days.
    places = programme.of_each("places", lambda entries: map(_place, entries))
    order = [id for _, id in sorted(places.values())]
    pieces, spots = [], dict(zip(order, range(len(order)), strict=True))
    memory, made = programme.kept.memory["cards"], {}
    for start in range(0, len(order), PER_PIECE):
        part = order[start : start + PER_PIECE]
        shown = tuple(map(cards.__getitem__, part))
        made[shown] = memory.get(shown) or _file("kort", list(map(filled, part, shown)))
        pieces.append(made[shown])
    programme.kept.memory["cards"] = made
    columns = _columns(programme, spots, times)
    cuts = range(0, max(len(order), 1), PER_INDEX)
    parts = [{name: column[at : at + PER_INDEX] for name, column in columns.items()} for at in cuts]
    more = [_file("indeks", part) for part in parts[1:]]
    head = _head(programme, columns, [path for path, _ in pieces], [path for path, _ in more])
    index = _file("indeks", {**head, **parts[0]})
    return index[0], dict([index, *more, *pieces])


def _place(entry: Entry) -> tuple[str, str]:
    return entry.postcode.id if entry.postcode else "~", entry.activity.id


def _head(
    programme: Programme, columns: Iterable[str], pieces: list[str], more: list[str]
) -> dict[str, Any]:
    """What the numbers in the columns stand for, and where the rest is."""
    return {
        "per": PER_PIECE,
        "pieces": [path.removeprefix(FINDER_FILES) for path in pieces],
        "more": [path.removeprefix(FINDER_FILES) for path in more],
        "columns": list(columns),
        "page": ON_PAGE,
        "near": NEAR,
        "weekdays": [slug(name) for name in WEEKDAYS],
        "workdays": WORKDAYS,
        "parts": DAY_PARTS,
        "partsEnd": PARTS_END,
        # Minutes in `times` are counted from this second of the epoch.
        "from": int(_midnight(programme).timestamp()),
        "postcodes": {
            p.id: [p.latitude, p.longitude, p.title] for p in programme.site.postcodes if p.latitude
        },
        "towns": [town.id for town, _ in programme.towns],
        "municipalities": [one.id for one, _ in programme.municipalities],
        "areas": [area.id for area, _ in programme.areas],
        "groups": [slug(name) for name in NAMED],
        "flags": [word for word, _, _ in FLAGS],
    }


def _midnight(programme: Programme) -> datetime:
    return datetime.combine(programme.today, time(), DANISH_TIME)


def _columns(
    programme: Programme, spots: Mapping[str, int], times: Mapping[str, Sequence[int]]
) -> dict[str, list[Any]]:
    """For each entry: where its card is, and what can be chosen by, as numbers."""
    towns = {town.id: at for at, (town, _) in enumerate(programme.towns)}
    areas = {area.id: at for at, (area, _) in enumerate(programme.areas)}
    of = {one.id: at for at, (one, _) in enumerate(programme.municipalities)}

    def choices(entry: Entry) -> Sequence[Any]:
        """What one can choose it by."""
        return (
            sum(1 << (3 * day + DAY_PARTS.index(part)) for day, part in entry.slots),
            sum(_FLAGS[word] for word in entry.flags),
            sum(_GROUPS[name] for name in entry.welcome),
            towns[entry.postcode.id] if entry.postcode else -1,
            of[entry.whose.id] if entry.whose else -1,
            [areas[id] for id in entry.activity.areas],
            _position(entry),
        )

    around = digest.of(towns, areas, of)
    known = programme.of_each(f"choices {around}", partial(map, choices))
    every = [entry.activity.id for entry in programme.entries]
    names = ("slots", "flag", "group", "town", "municipality", "area", "place")
    columns = zip(*map(known.__getitem__, every), strict=True) if every else ((),) * len(names)
    return {
        "spot": list(map(spots.__getitem__, every)),
        **{name: list(column) for name, column in zip(names, columns, strict=True)},
        "times": list(map(times.__getitem__, every)),
    }


_FLAGS = {word: 1 << bit for bit, (word, *_) in enumerate(FLAGS)}
_GROUPS = {name: 1 << bit for bit, name in enumerate(NAMED)}


def _position(entry: Entry) -> list[float] | int:
    """A place's own position, if it has one; otherwise its town's stands for it."""
    place = entry.place
    if place is None or place.latitude is None or place.longitude is None:
        return 0
    return [round(place.latitude, 3), round(place.longitude, 3)]


def times(entry: Entry, programme: Programme) -> list[int]:
    """Starts and ends in turn, in minutes: those of the next days, and the first of each slot."""
    soon = [one for one in entry.held if one.day <= programme.today + SOON]
    midnight = _midnight(programme)
    return [
        # Instants: two times of one zone subtract what the clock shows.
        int(moment.timestamp() - midnight.timestamp()) // 60
        for one in sorted({*soon, *entry.firsts}, key=lambda one: one.start)
        for moment in (one.start, one.over)
    ]


def _file(name: str, content: Any) -> tuple[str, bytes]:
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return f"{FINDER_FILES}{name}-{hashlib.sha256(raw).hexdigest()[:10]}.json", raw
