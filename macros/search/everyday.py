"""What people's everyday words lead to: the best sections for the site's own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from typing import Any, TypeVar

from macros.data.catalogue import Everyday
from macros.language import danish
from macros.search.known import Known
from macros.search.postings import Postings

STRONG = 50  # an impact that says enough
FALL = 0.15  # how much less each of the words counts that everyday words lead to
MOST_LED_TO = 8  # sections that a group of everyday words leads to


def led_to(group: Everyday, postings: Postings, known: Known) -> list[Any]:
    """What is typed, the stems of each phrase to mark, and the best sections: number, per cent,
    number …

    However rare a word is, the best page for it counts by the group's order, if the word says
    enough there.
    """
    best: dict[int, float] = {}
    phrases = _stems(group.finds, known)
    for at, stems in enumerate(phrases):
        values = _shared([postings.impacts(stem) for stem in stems])
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
