"""Where each stem stands and how much it says there, brought up to date document by document.

All documents together are far too many to be counted anew at each change: what is known of those
that did not change stays, and only the stems of the others are written anew.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from macros.work import digest

RARITY = 4  # steps in which rarity counts, to each time that a word is e times as rare
MOST = 1_500  # places kept for one word, those that say most
PIECE = 6_000  # letters of JSON in a piece, on average
LETTERS = 4  # of a stem that say in which piece it lies

Said = tuple[tuple[tuple[str, float], ...], ...]  # of each section: stem, what it says there


@dataclass(frozen=True)
class Place:
    """A document in the index. number: of its first section. weight: of all it says. said: the
    digest of what that is."""

    number: int
    weight: float
    said: str


@dataclass
class Postings:
    """places: by the document's address. stems: section -> what the stem says there. rare: in how
    many documents each stem stands. pieces: the digest of each piece, as it was written."""

    places: dict[str, Place] = field(default_factory=dict)
    known: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)  # stems of sections
    stems: dict[str, dict[int, float]] = field(default_factory=dict)
    rare: dict[str, int] = field(default_factory=dict)
    steps: dict[str, list[int]] = field(default_factory=dict)
    letters: int = 0
    total: float = 0
    keys: dict[int, str] = field(default_factory=dict)
    cut: int = 0  # into how many pieces they were cut when the keys were made

    def update(self, places: Mapping[str, Place], said: Callable[[str], Said]) -> None:
        """Make them those of the documents at `places`. said: what one of them says."""
        old, new = self.places, dict(places)
        changed: set[str] = set()
        for address in [one for one in old if new.get(one) != old[one]]:
            self._take_out(address, changed)
        for address in [one for one in new if one not in self.places]:
            self._put_in(address, new[address], said(address), changed)
        self.places = {address: new[address] for address in new}
        total = _coarse(len(new))
        if total != self.total:
            self.total, changed = total, set(self.stems) | set(self.steps)
        if self.count == self.cut:
            for stem in changed:
                self.keys.pop(hashed(stem[:LETTERS]) % self.cut, None)
        for stem in changed:
            self.letters -= _letters(self.steps.pop(stem, None))
            if stem in self.stems:
                self.steps[stem] = self._steps(stem)
                self.letters += _letters(self.steps[stem])

    def _take_out(self, address: str, changed: set[str]) -> None:
        number = self.places.pop(address).number
        sections = self.known.pop(address)
        for at, stems in enumerate(sections, start=number):
            for stem in stems:
                del self.stems[stem][at]
        for stem in {stem for stems in sections for stem in stems}:
            self.rare[stem] -= 1
            if not self.rare[stem]:
                del self.rare[stem], self.stems[stem]
            changed.add(stem)

    def _put_in(self, address: str, place: Place, said: Said, changed: set[str]) -> None:
        self.places[address] = place
        self.known[address] = tuple(tuple(stem for stem, _ in section) for section in said)
        for at, section in enumerate(said, start=place.number):
            for stem, much in section:
                self.stems.setdefault(stem, {})[at] = place.weight * much
        for stem in {stem for section in said for stem, _ in section}:
            self.rare[stem] = self.rare.get(stem, 0) + 1
            changed.add(stem)

    def _steps(self, stem: str) -> list[int]:
        """Section, impact, section, impact …; sections as the step from the one before."""
        places = sorted(self.stems[stem].items())
        if len(places) > MOST:
            places = sorted(sorted(places, key=lambda place: (-place[1], place[0]))[:MOST])
        scale = 12 * math.log(1 + (self.total + 0.5) / (_coarse(self.rare[stem]) + 0.5))
        steps, last = [], 0
        for number, weight in places:
            steps += [number - last, max(1, round(scale * weight))]
            last = number
        return steps

    def impacts(self, stem: str) -> dict[int, int]:
        """Section -> impact."""
        steps, number, impacts = self.steps.get(stem, []), 0, {}
        for step, impact in zip(steps[::2], steps[1::2], strict=True):
            number += step
            impacts[number] = impact
        return impacts

    @property
    def count(self) -> int:
        """How many pieces there are: a power of two."""
        return power(self.letters / PIECE)

    def pieces(self) -> list[tuple[str, Callable[[], dict[str, list[int]]]]]:
        """What tells each piece from any other, and how to make it."""
        if self.count != self.cut:
            self.keys, self.cut = {}, self.count
        stems: list[list[str]] = [[] for _ in range(self.cut)]
        for stem in self.steps:
            stems[hashed(stem[:LETTERS]) % self.cut].append(stem)

        def piece(at: int) -> dict[str, list[int]]:
            return {stem: self.steps[stem] for stem in sorted(stems[at])}

        for at in range(self.cut):
            if at not in self.keys:
                self.keys[at] = digest.of_bytes(repr(piece(at)).encode())
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


def _letters(steps: list[int] | None) -> int:
    """About how many letters of JSON a stem takes."""
    return 5 * len(steps) // 2 + 10 if steps is not None else 0
