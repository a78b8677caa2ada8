"""What people's everyday words lead to: the best sections for the site's own words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from macros.data.catalogue import Everyday
from macros.language import danish
from macros.search.known import Known
from macros.search.postings import Postings

STRONG = 50  # an impact that says enough
FALL = 0.15  # how much less each of the words counts that everyday words lead to
MOST_LED_TO = 8  # sections that a group of everyday words leads to


def led_to(group: Everyday, postings: Postings, known: Known) -> list[Any]:
    """What is typed, the stems to mark, and the best sections: number, per cent, number …

    However rare a word is, the best page for it counts by the group's order, if the word says
    enough there.
    """
    best: dict[int, float] = {}
    phrases = _stems(group.finds, known)
    for at, stems in enumerate(phrases):
        places = [postings.impacts(stem) for stem in stems]
        shared = set.intersection(*map(set, places)) if places else set()
        values = {number: sum(where[number] for where in places) for number in shared}
        most = max(values.values(), default=0)
        worth = (0.5 + 0.5 * min(1, most / STRONG)) / (1 + FALL * at)
        for number, value in values.items():
            share = worth * value / most
            best[number] = max(best.get(number, 0), share)
    top = sorted(best.items(), key=lambda item: (-item[1], item[0]))[:MOST_LED_TO]
    return [
        [" ".join(danish.words(phrase)) for phrase in group.typed],
        sorted({stem for stems in phrases for stem in stems}),
        [figure for number, share in top for figure in (number, round(100 * share))],
    ]


def _stems(phrases: Iterable[str], known: Known) -> list[list[str]]:
    return [
        [known.base(w) for w in danish.words(phrase) if w not in danish.STOP_WORDS]
        for phrase in phrases
    ]
