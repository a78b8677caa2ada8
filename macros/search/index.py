"""The search's index: the finished pages' words in pieces that a browser fetches as it needs.

One file (`SEARCH_INDEX`) has what every search needs: the rules for words, the words themselves
(for faults of typing, for words not yet typed to their end), people's everyday words, and where the
rest lies. Then pieces of postings (stem -> where it stands, how much it says there) and pieces
of the pages' text (titles and sentences to show). Neither grows with the site: a search fetches
a piece for each word and one for each page it shows.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import sub
from typing import Any

from macros.data.catalogue import Everyday
from macros.language import danish
from macros.language.text import danish_key
from macros.pages.addresses import SEARCH, SEARCH_FILES, SEARCH_INDEX
from macros.pages.kinds import BY_NAME, GROUPS
from macros.pages.page import Page, Pages
from macros.search.page_text import Section
from macros.when.programme import Programme

EXAMPLE_WEIGHT = 0.9
# How much a word counts for standing in a title (of one word), a heading or the description;
# in the text it counts up to 1, the more often the more.
TITLE, HEADING, LEAD = 2.2, 0.5, 0.4
PART = 0.5  # of a compound, to the whole word
# BM25's two: how soon more of the same word says no more, and how much a text's length counts.
SATURATION, LENGTH = 1.2, 0.6

PIECE = 2_500  # letters of JSON in a piece of text, about 1 kB gzip
PER_PIECE = 2  # activities in a piece of text
POSTINGS = 9_000  # the same for a piece of postings
MOST_POSTINGS = 1_500  # places kept for one word, those that say most
MOST_WORDS = 4_500  # words to guess from
MOST_LED_TO = 8  # sections that a group of everyday words leads to
STRONG = 50  # an impact that says enough
FALL = 0.15  # how much less each of the words counts that everyday words lead to


def files(
    programme: Programme, pages: Pages, read: Mapping[str, Sequence[Section]]
) -> dict[str, bytes]:
    """Every file of the index by path. read: the sections of each page, by its address."""
    on = {entry.activity.id for entry in programme.entries}
    ordered = list(_in_order(pages, programme))
    documents = [
        _Document(page, _whole(read[page.address]), page.id not in on)
        if page.kind == "activity"
        else _Document(page, list(read[page.address]))
        for page in ordered
    ]
    everyday = [group for words in programme.site.everyday for group in words.groups]
    return Index(documents, everyday).files()


def _whole(parts: Sequence[Section]) -> list[Section]:
    """A short page as one section: there may be thousands, and each is read at a glance."""
    first, *others = parts
    lines = [line for part in others for line in (part.heading, *part.lines)]
    return [Section(first.anchor, first.heading, [*first.lines, *lines])]


def _in_order(pages: Pages, programme: Programme) -> Iterator[Page]:
    """The pages group by group; activities soonest first, those that are over last."""
    soonest = {entry.activity.id: at for at, entry in enumerate(programme.entries)}
    kinds = [kind for _, kinds in GROUPS for kind in kinds]
    yield from sorted(
        # What is made for print says nothing of its own.
        (page for page in pages.all if page.kind in kinds and page.address != SEARCH),
        key=lambda page: (
            kinds.index(page.kind),
            soonest.get(page.id, len(soonest)) if page.kind == "activity" else 0,
        ),
    )


@dataclass(frozen=True)
class _Document:
    """A page and its sections. past: an activity that is over."""

    page: Page
    sections: list[Section]
    past: bool = False

    @property
    def weight(self) -> float:
        kind = BY_NAME[self.page.kind].weight
        return kind * (1.0 if self.page.indexed else EXAMPLE_WEIGHT) * (0.3 if self.past else 1.0)


class Index:
    """The words of documents, and the files that hold them."""

    def __init__(self, documents: list[_Document], everyday: Iterable[Everyday] = ()):
        self._documents = documents
        self._everyday = tuple(everyday)
        lasting = _word_counts(
            document for document in documents if document.page.kind != "activity"
        )
        self._words = lasting + _word_counts(d for d in documents if d.page.kind == "activity")
        self._taken_apart: dict[str, tuple[str, ...]] = {}
        # The words that stay are guessed before those of thousands of activities.
        inside = Counter(part for word in lasting for part in self._parts(word))
        every = dict.fromkeys(
            word for count in (lasting + inside, self._words) for word, _ in count.most_common()
        )
        self._guesses = list(filter(_guessable, every))[:MOST_WORDS]
        self._irregular = danish.irregular(self._guesses)

    def files(self) -> dict[str, bytes]:
        postings = self._postings()
        stems = sorted(postings)
        listed = _pieces([(stem, postings[stem]) for stem in stems], POSTINGS)
        lasting, many = self._shown()
        shown = _pieces(lasting, PIECE)
        shown += [many[at : at + PER_PIECE] for at in range(0, len(many), PER_PIECE)]
        contents = {
            **{f"ord-{at}.json": _json(dict(piece)) for at, piece in enumerate(listed)},
            **{f"tekst-{at}.json": _json(_by_page(piece)) for at, piece in enumerate(shown)},
        }
        starts = [piece[0][0] for piece in listed]
        first = [piece[0][0] for piece in shown]
        head = self._head(postings, starts, first)
        # Browsers keep the pieces of one version, and never mix two.
        version = hashlib.sha256(b"".join([_json(head), *contents.values()])).hexdigest()[:8]
        return {
            SEARCH_INDEX: _json({"version": version, **head}),
            **{f"{SEARCH_FILES}{version}/{name}": content for name, content in contents.items()},
        }

    def _head(
        self, postings: Mapping[str, list[int]], starts: list[str], first: list[int]
    ) -> dict[str, Any]:
        kinds = [document.page.kind for document in self._documents]
        names = [name for name, _ in GROUPS]
        group_of = {kind: name for name, kinds in GROUPS for kind in kinds}
        groups = [(name, len(list(all))) for name, all in groupby(kinds, group_of.__getitem__)]
        return {
            "rules": danish.RULES,
            "words": " ".join(sorted(self._guesses, key=danish_key)),
            "irregular": self._irregular,
            "everyday": [self._led_to(group, postings) for group in self._everyday],
            "groups": [[name, size] for name, size in groups if name in names],
            "over": sum(document.past for document in self._documents),  # the last ones
            # How many sections each page has: a page, how many in a row have as many.
            "sections": [
                [size, len(list(all))]
                for size, all in groupby(len(document.sections) for document in self._documents)
            ],
            "postings": starts,
            # The step from each piece's first section to the next one's, and how many have it.
            "texts": [[step, len(list(all))] for step, all in groupby(map(sub, first[1:], first))],
        }

    def _postings(self) -> dict[str, list[int]]:
        """Stem -> section, impact, section, impact …; sections as the step from the one before."""
        weights: dict[str, list[tuple[int, float]]] = defaultdict(list)
        found_in: Counter[str] = Counter()
        units = [(d, s, at) for d in self._documents for at, s in enumerate(d.sections)]
        lengths = [sum(1 for _ in danish.words(section.text)) for _, section, _ in units]
        mean = sum(lengths) / max(len(lengths), 1)
        for number, (document, section, at) in enumerate(units):
            norm = SATURATION * (1 - LENGTH + LENGTH * lengths[number] / max(mean, 1))
            told = self._told(document, section, at)
            counts = self._stem_counts(section.text)
            for stem in told.keys() | counts.keys():
                said = told.get(stem, 0) + counts[stem] / (counts[stem] + norm)
                weights[stem].append((number, document.weight * said))
        pages: dict[str, set[int]] = defaultdict(set)
        page_of = [at for at, d in enumerate(self._documents) for _ in d.sections]
        for stem, places in weights.items():
            pages[stem].update(page_of[number] for number, _ in places)
            found_in[stem] = len(pages[stem])
        total = len(self._documents)
        return {
            stem: _steps(places, 12 * math.log(1 + (total + 0.5) / (found_in[stem] + 0.5)))
            for stem, places in weights.items()
        }

    def _told(self, document: _Document, section: Section, at: int) -> dict[str, float]:
        """What each stem counts for standing in a title, a heading or the description."""
        told: dict[str, float] = defaultdict(float)
        if at == 0:
            title = list(danish.words(document.page.title))
            content = [word for word in title if word not in danish.STOP_WORDS]
            weight = TITLE / math.sqrt(len(content) or 1)
            for stem, share in self._shares(document.page.title, stop=True):
                told[stem] = max(told[stem], weight * share)
            for stem, share in self._shares(document.page.description):
                told[stem] = max(told[stem], LEAD * share)
        else:
            for stem, share in self._shares(section.heading):
                told[stem] = max(told[stem], HEADING * share)
        return told

    def _stem_counts(self, text: str) -> Counter[str]:
        counts: Counter[str] = Counter()
        for stem, share in self._shares(text):
            counts[stem] += share
        return counts

    def _shares(self, text: str, stop: bool = False) -> Iterator[tuple[str, float]]:
        """The stems of a text, and of the parts of its compounds, and how much each is there."""
        for word in danish.words(text):
            if stop or word not in danish.STOP_WORDS:
                yield self._base(word), 1.0
                for part in self._parts(word):
                    yield self._base(part), PART

    def _parts(self, word: str) -> tuple[str, ...]:
        if len(word) < 2 * danish.SHORTEST_PART:
            return ()
        if word not in self._taken_apart:
            self._taken_apart[word] = danish.parts(word, self._words)
        return self._taken_apart[word]

    def _base(self, word: str) -> str:
        """The stem under which a word is kept, as the browser finds it."""
        own = danish.stem(danish.fold(word))
        return self._irregular.get(own, own)

    def _led_to(self, group: Everyday, postings: Mapping[str, list[int]]) -> list[Any]:
        """What is typed, the stems to mark, and the best sections: number, per cent, number …

        However rare a word is, the best page for it counts by the group's order, if the word says
        enough there.
        """
        best: dict[int, float] = {}
        phrases = self._stems(group.finds)
        for at, stems in enumerate(phrases):
            places = [_places(postings.get(stem, [])) for stem in stems]
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

    def _stems(self, phrases: Iterable[str]) -> list[list[str]]:
        return [
            [self._base(word) for word in danish.words(phrase) if word not in danish.STOP_WORDS]
            for phrase in phrases
        ]

    def _shown(self) -> tuple[list[tuple[int, Any]], list[tuple[int, Any]]]:
        """Number of a section, and what a result shows of it and of its page.

        Activities, the last of the pages, stand by themselves: in pieces of equal number, so that
        nobody has to be told where each of thousands begins.
        """
        lasting: list[tuple[int, Any]] = []
        many: list[tuple[int, Any]] = []
        number = 0
        for document in self._documents:
            page = document.page
            head = [page.address, page.title, BY_NAME[page.kind].called, page.description]
            for section in document.sections:
                kept = many if page.kind == "activity" else lasting
                kept.append((number, (head, [section.anchor, section.heading, section.text])))
                number += 1
        return lasting, many


def _word_counts(documents: Iterable[_Document]) -> Counter[str]:
    return Counter(
        word
        for document in documents
        for section in document.sections
        for text in (
            document.page.title,
            document.page.description,
            section.heading,
            section.text,
        )
        for word in danish.words(text)
    )


def _guessable(word: str) -> bool:
    return len(word) > 2 and word.isalpha() and word not in danish.STOP_WORDS


def _places(steps: list[int]) -> dict[int, int]:
    """Section -> impact: what `_steps` wrote, read again."""
    impacts, number = {}, 0
    for step, impact in zip(steps[::2], steps[1::2], strict=True):
        number += step
        impacts[number] = impact
    return impacts


def _steps(places: list[tuple[int, float]], scale: float) -> list[int]:
    """Places and what they weigh as whole numbers, each place as the step from the last."""
    kept = sorted(places, key=lambda place: -place[1])[:MOST_POSTINGS]
    steps, last = [], 0
    for number, weight in sorted(kept):
        steps += [number - last, max(1, round(scale * weight))]
        last = number
    return steps


def _pieces(items: list[tuple[Any, Any]], size: int) -> list[list[tuple[Any, Any]]]:
    """The items cut into runs of about `size` letters of JSON."""
    runs: list[list[tuple[Any, Any]]] = []
    room = 0
    for item in items:
        length = len(_json(item))
        if not runs or length > room:
            runs.append([])
            room = size
        runs[-1].append(item)
        room -= length
    return runs


def _by_page(piece: list[tuple[int, Any]]) -> list[Any]:
    """The first section's number, then the pages with their sections."""
    pages = groupby((shown for _, shown in piece), key=lambda shown: shown[0])
    return [piece[0][0], *([head, *(section for _, section in all)] for head, all in pages)]


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub(r"[\u2028\u2029]", " ", text).encode()
