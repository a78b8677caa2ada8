"""What people's everyday words lead to: the best sections for the site's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from typing import Any, NamedTuple, TypeVar

from macros.data.catalogue import Everyday
from macros.language import danish
from macros.search.known import Known
from macros.search.postings import Postings
from macros.work.kept import Kept

STRONG = 50  # an impact that says enough
FALL = 0.15  # how much less each of the words counts that everyday words lead to
MOST_LED_TO = 8  # sections that a group of everyday words leads to


def led_to(
    groups: Iterable[Everyday], postings: Postings, known: Known, kept: Kept
) -> list[list[Any]]:
    """Of each group: what is typed, the stems of each phrase to mark, and the best sections:
    number, per cent, number …"""
    memory = kept.made("everyday", known.digest)
    every = []
    for at, group in enumerate(groups):
        before: _Led | None = memory.get(str(at))
        phrases = before.phrases if before and before.group is group else _stems(group.finds, known)
        places = [[postings.impacts(stem) for stem in stems] for stems in phrases]
        if not before or before.group is not group or not _very_same(before.places, places):
            before = memory[str(at)] = _Led(group, phrases, places, _led_to(group, phrases, places))
        every.append(before.told)
    return every


class _Led(NamedTuple):
    """What a group led to the last time, and what of."""

    group: Everyday
    phrases: list[list[str]]
    places: list[list[Mapping[int, int]]]
    told: list[Any]


def _very_same(before: Sequence[Sequence[object]], now: Sequence[Sequence[object]]) -> bool:
    """Whether both hold the very same objects: the impacts of a word that did not change are."""
    pairs = zip(chain.from_iterable(before), chain.from_iterable(now), strict=True)
    return all(one is other for one, other in pairs)


def _led_to(
    group: Everyday,
    phrases: Sequence[Sequence[str]],
    places: Sequence[Sequence[Mapping[int, int]]],
) -> list[Any]:
    """However rare a word is, the best page for it counts by the group's order, if the word says
    enough there. places: of each stem of each phrase."""
    best: dict[int, float] = {}
    for at, where in enumerate(places):
        values = _shared(where)
        top = _top(values)  # what is not among a phrase's best is not among the best of all
        most = top[0][1] if top else 0
        worth = (0.5 + 0.5 * min(1, most / STRONG)) / (1 + FALL * at)
        for number, value in top:
            share = worth * value / most
            best[number] = max(best.get(number, 0), share)
    return [
        [" ".join(danish.words(phrase)) for phrase in group.typed],
        sorted({" ".join(stems) for stems in phrases if stems}),
        [figure for number, share in _top(best) for figure in (number, round(100 * share))],
    ]


def _shared(places: Sequence[Mapping[int, int]]) -> Mapping[int, int]:
    """Where all the stems stand, and what they say there together."""
    if len(places) <= 1:
        return places[0] if places else {}
    shared = set.intersection(*map(set, places))
    return {number: sum(where[number] for where in places) for number in shared}


N = TypeVar("N", int, float)


def _top(values: Mapping[int, N]) -> list[tuple[int, N]]:
    """The best, the first of equal ones first."""
    return nsmallest(MOST_LED_TO, values.items(), key=lambda item: (-item[1], item[0]))


def _stems(phrases: Iterable[str], known: Known) -> list[list[str]]:
    return [
        [known.base(w) for w in danish.words(phrase) if w not in danish.STOP_WORDS]
        for phrase in phrases
    ]
