"""Where each stem stands and how much it says there, brought up to date document by document.

All documents together are far too many to be counted anew at each change: what is known of those
that did not change stays, and only the stems of the others are written anew.
"""

from __future__ import annotations

import math
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import zip_longest
from typing import NamedTuple

from macros.work import digest
from macros.work.spread import spread

RARITY = 4  # steps in which rarity counts, to each time that a word is e times as rare
MOST = 1_500  # places kept for one word, those that say most
PIECE = 6_000  # letters of JSON in a piece, on average
FEW = 200  # pieces to write anew, of which what was reckoned is remembered
LETTERS = 4  # of a stem that say in which piece it lies

Said = tuple[tuple[tuple[str, float], ...], ...]  # of each section: stem, what it says there


class Place(NamedTuple):
    """A document in the index. number: of its first section. weight: of all it says. said: what
    tells that from anything else."""

    number: int
    weight: float
    said: str


@dataclass
class Postings:
    """places: by the document's address. known: the stems of its sections. stems: where each stands
    (sections, in order) and what it says there. rare: in how many documents. keys: what tells each
    piece from any other, as far as it is known; cut: into how many pieces they are cut. around:
    what documents' words were taken in with."""

    around: str = ""
    places: dict[str, Place] = field(default_factory=dict)
    known: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    stems: dict[str, tuple[array[int], array[float]]] = field(default_factory=dict)
    rare: dict[str, int] = field(default_factory=dict)
    total: float = 0
    keys: dict[int, str] = field(default_factory=dict)
    cut: int = 1
    # In memory alone: impacts that were asked for, and the stems of each piece.
    asked: dict[str, dict[int, int]] = field(default_factory=dict)
    together: list[set[str]] = field(default_factory=list)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "asked": {}, "together": []}

    def update(
        self,
        around: str,
        places: Mapping[str, Place],
        said: Callable[[list[str]], Iterable[Said]],
    ) -> None:
        """Make them those of the documents at `places`. around: equal ones, equal stems of equal
        texts. said: what those documents say, in order, each taken in before the next."""
        changed: set[str] = set()
        there = self.places if around == self.around else {}
        self.around = around
        new = [one for one, place in places.items() if there.get(one) != place]
        for address in [one for one, place in self.places.items() if places.get(one) != place]:
            if address not in places or places[address].number != self.places[address].number:
                self._take_out(address, changed)
        new.sort(key=lambda one: places[one].number)
        for address, says in zip(new, said(new), strict=True):
            if address in self.places:
                self._say_anew(address, places[address], says, changed)
            else:
                self._put_in(address, places[address], says, changed)
        total = _coarse(len(places))
        letters = sum(10 + 5 * min(len(where), MOST) for where, _ in self.stems.values())
        cut = power(letters / PIECE)
        if (total, cut) != (self.total, self.cut):
            self.total, self.cut, self.keys, self.asked, self.together = total, cut, {}, {}, []
        for stem in changed:
            self.asked.pop(stem, None)
            self.keys.pop(self._piece(stem), None)

    def _take_out(self, address: str, changed: set[str]) -> None:
        number = self.places.pop(address).number
        sections = self.known.pop(address)
        for section, stems in enumerate(sections, start=number):
            for stem in stems:
                where, much = self.stems[stem]
                at = bisect_left(where, section)
                del where[at], much[at]
        for stem in {stem for stems in sections for stem in stems}:
            self.rare[stem] -= 1
            if not self.rare[stem]:
                self._forget(stem)
            changed.add(stem)

    def _put_in(self, address: str, place: Place, said: Said, changed: set[str]) -> None:
        self.places[address] = place
        known = []
        for section, says in enumerate(said, start=place.number):
            known.append(tuple(sys.intern(stem) for stem, _ in says))
            for stem, (_, much) in zip(known[-1], says, strict=True):
                self._insert(stem, section, place.weight * much)
        self.known[address] = tuple(known)
        for stem in {stem for stems in known for stem in stems}:
            self.rare[stem] = self.rare.get(stem, 0) + 1
            changed.add(stem)

    def _insert(self, stem: str, section: int, weight: float) -> None:
        if (posting := self.stems.get(stem)) is None:
            posting = self.stems[stem] = array("L"), array("f")
            if self.together:
                self.together[self._piece(stem)].add(stem)
        where, weights = posting
        if where and where[-1] > section:
            at = bisect_left(where, section)
            where.insert(at, section)
            weights.insert(at, weight)
        else:  # as nearly always
            where.append(section)
            weights.append(weight)

    def _forget(self, stem: str) -> None:
        del self.rare[stem], self.stems[stem]
        if self.together:
            self.together[self._piece(stem)].discard(stem)

    def _say_anew(self, address: str, place: Place, said: Said, changed: set[str]) -> None:
        """A document at the same place says something else: most of it as before."""
        before, self.places[address] = self.known[address], place
        known = tuple(tuple(sys.intern(stem) for stem, _ in says) for says in said)
        sections = zip_longest(before, said, fillvalue=())
        for section, (old, says) in enumerate(sections, start=place.number):
            new = dict(says)
            for stem in set(old) - new.keys():
                where, weights = self.stems[stem]
                at = bisect_left(where, section)
                del where[at], weights[at]
                changed.add(stem)
            for stem in old:
                if stem in new:
                    where, weights = self.stems[stem]
                    at = bisect_left(where, section)
                    was, weights[at] = weights[at], place.weight * new.pop(stem)
                    if not self._as_much(stem, was, weights[at]):
                        changed.add(stem)
            for stem, much in new.items():
                self._insert(sys.intern(stem), section, place.weight * much)
                changed.add(stem)
        self.known[address] = known
        then, now = ({stem for stems in every for stem in stems} for every in (before, known))
        for stem in now - then:
            self.rare[stem] = self.rare.get(stem, 0) + 1
        for stem in then - now:
            self.rare[stem] -= 1
            if not self.rare[stem]:
                self._forget(stem)

    def _as_much(self, stem: str, was: float, now: float) -> bool:
        """Whether it says as much to a reader: the same impact, and none that crowds out others."""
        if was == now:
            return True
        scale = self._scale(stem)
        return len(self.stems[stem][0]) <= MOST and round(scale * was) == round(scale * now)

    def impacts(self, stem: str) -> dict[int, int]:
        """Section -> impact, in the order of sections; of the most that say most."""
        if stem not in self.asked:
            self.asked[stem] = self._impacts(stem)
        return self.asked[stem]

    def _impacts(self, stem: str) -> dict[int, int]:
        if stem not in self.stems:
            return {}
        places, scale = _most(*self.stems[stem]), self._scale(stem)
        return {section: max(1, round(scale * much)) for section, much in places}

    def _scale(self, stem: str) -> float:
        return 12 * math.log(1 + (self.total + 0.5) / (_coarse(self.rare[stem]) + 0.5))

    def _steps(self, stem: str, remember: bool) -> list[int]:
        """Section, impact, section, impact …; sections as the step from the one before."""
        steps, last = [], 0
        impacts = self.impacts(stem) if remember else self._impacts(stem)
        for section, impact in impacts.items():
            steps += [section - last, impact]
            last = section
        return steps

    def _piece(self, stem: str) -> int:
        return hashed(stem[:LETTERS]) % self.cut

    def pieces(self) -> list[tuple[str, Callable[[], dict[str, list[int]]]]]:
        """What tells each piece from any other, and how to make it."""
        if not self.together:
            self.together = [set() for _ in range(self.cut)]
            for stem in self.stems:
                self.together[self._piece(stem)].add(stem)
        stems = self.together
        unknown = [at for at in range(self.cut) if at not in self.keys]
        few = len(unknown) <= FEW

        def piece(at: int) -> dict[str, list[int]]:
            return {stem: self._steps(stem, few) for stem in sorted(stems[at])}

        def key(at: int) -> str:
            return digest.of_bytes(repr(piece(at)).encode())

        self.keys.update(zip(unknown, spread(key, unknown), strict=True))
        return [(self.keys[at], partial(piece, at)) for at in range(self.cut)]


def power(least: float) -> int:
    """The power of two that is next above."""
    return 1 << max(0, math.ceil(math.log2(max(least, 1))))


def hashed(text: str) -> int:
    """As index.js has it."""
    sum = 0
    for sign in text:
        sum = (sum * 31 + ord(sign)) & 0xFFFFFFFF
    return sum


def _coarse(count: int) -> float:
    """A count in steps, so that one more or less hardly ever counts."""
    return math.exp(round(RARITY * math.log(count)) / RARITY) if count else 0


def _most(sections: array[int], weights: array[float]) -> list[tuple[int, float]]:
    """The places that say most, in their order; of equal ones the first."""
    if len(sections) <= MOST:
        return list(zip(sections, weights, strict=True))
    least = sorted(weights)[-MOST]
    room = MOST - sum(much > least for much in weights)
    places = []
    for section, much in zip(sections, weights, strict=True):
        if much < least or (much == least and not room):
            continue
        room -= much == least
        places.append((section, much))
    return places
