"""The words of a site that stay: what compounds are made of, and which forms are one word's.

Danish itself (simplemma's dictionary) takes a second to load, so that what it said is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice

from macros.language import danish
from macros.work import digest
from macros.work.kept import Kept

PART = 0.5  # how much a compound's part counts, to the whole word
MOST_WORDS = 4_500  # words to guess from


class Known:
    """lasting: the words of all pages but activities', and how often they are there."""

    def __init__(self, lasting: Mapping[str, int], kept: Kept):
        self.lasting = Counter(lasting)
        self._kept, self._shelf = kept, kept.shelf("danish")
        self._words = self._made("words", self._own_words, *sorted(lasting))
        self._parts: dict[str, tuple[str, ...]] = self._made("parts", dict, *self._words)
        self._apart = len(self._parts)
        self._shares: dict[str, tuple[tuple[str, float], ...]] = {}

    def _made(self, name, make, *given):
        key = f"{name}-{digest.of(*given)}"
        if (value := self._shelf.get(key)) is None:
            value = make()
            self._shelf.put(key, value)
        return value

    def _own_words(self) -> tuple[str, ...]:
        """Those that the dictionary has not, or that are parts only because the site has them."""
        return tuple(
            word
            for word in sorted(self.lasting)
            if len(word) <= danish.SHORTEST_PART or not danish.in_dictionary(word)
        )

    def parts(self, word: str) -> tuple[str, ...]:
        """The parts of a compound; () if it is none."""
        if len(word) < 2 * danish.SHORTEST_PART:
            return ()
        if word not in self._parts:
            self._parts[word] = danish.parts(word, self._own)
        return self._parts[word]

    def learn(self, words: Iterable[str]) -> None:
        """Take words apart that are new, before other processes ask, which could not tell us."""
        for word in words:
            self.parts(word)

    @cached_property
    def _own(self) -> frozenset[str]:
        return frozenset(self._words)

    @cached_property
    def _ordered(self) -> list[str]:
        """The words that stay and what is inside them, the most used first."""
        inside = Counter(part for word in self.lasting for part in self.parts(word))
        return _most_used(self.lasting + inside)

    def guesses(self, others: Mapping[str, int]) -> list[str]:
        """The words that a browser guesses from: those that stay, then those of activities."""
        every = dict.fromkeys((*self._ordered, *_most_used(others)))
        return list(islice(every, MOST_WORDS))

    @cached_property
    def irregular(self) -> dict[str, str]:
        words = self._ordered[:MOST_WORDS]
        return self._made("irregular", lambda: self._irregular(words), *sorted(words))

    def _irregular(self, words: list[str]) -> dict[str, str]:
        # By itself, so that it is loaded only here.
        shelf = self._kept.shelf("forms")
        if (forms := shelf.get("all")) is None:
            forms = danish.irregular_forms()
            shelf.put("all", forms)
        return danish.irregular(words, forms)

    @cached_property
    def digest(self) -> str:
        """Equal digests, equal stems of equal texts."""
        return digest.of(self._words, self.irregular)

    def base(self, word: str) -> str:
        """The stem under which a word is kept, as the browser finds it."""
        own = danish.stem(danish.fold(word))
        return self.irregular.get(own, own)

    def shares(self, words: Iterable[str], stop: bool = False) -> Iterator[tuple[str, float]]:
        """The stems of words, and of the parts of compounds, and how much each is there. stop:
        whether of words that say nothing, too."""
        for word in words:
            if stop or word not in danish.STOP_WORDS:
                yield from self.of_word(word)

    def of_word(self, word: str) -> tuple[tuple[str, float], ...]:
        """The stem of a word, and of its parts, and how much each is there."""
        if word not in self._shares:
            parts = ((self.base(part), PART) for part in self.parts(word))
            self._shares[word] = (self.base(word), 1.0), *parts
        return self._shares[word]

    def save(self) -> None:
        """Keep what was learnt of compounds."""
        if len(self._parts) != self._apart:
            self._shelf.put(f"parts-{digest.of(*self._words)}", self._parts)


def _most_used(words: Mapping[str, int]) -> list[str]:
    """Those to guess from, the most used first; of equally used ones in one order always."""
    return sorted(filter(guessable, words), key=lambda word: (-words[word], word))


def guessable(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word not in danish.STOP_WORDS
