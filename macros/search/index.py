"""The search's index: the finished pages' words in pieces that a browser fetches as it needs.

One file (`SEARCH_INDEX`) has what every search needs: the rules for words, the words themselves
(for faults of typing, for words not yet typed to their end), people's everyday words, and where the
rest lies. Then pieces of postings (stem -> where it stands, how much it says there) and pieces
of the pages' text (titles and sentences to show). Neither grows with the site: a search fetches
a piece for each word and one for each page it shows.

There may be thousands of activities, and one changes now and then. So nothing in a piece depends on
how many others there are or which: an activity's number comes of its id, a stem's piece of its
first letters, and how rare a word is counts in coarse steps (decision 0019).
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import sub
from typing import Any, NamedTuple
from zlib import crc32

from macros.data.catalogue import Everyday
from macros.language import danish
from macros.language.text import danish_key
from macros.pages.addresses import HELP, SEARCH_FILES, SEARCH_INDEX
from macros.pages.kinds import BY_NAME, GROUPS
from macros.pages.page import Page, Pages
from macros.search.blocks import CAP, Blocks, Document, told_of_page, told_of_section
from macros.search.everyday import led_to
from macros.search.known import Known
from macros.search.need import in_need
from macros.search.page_text import Section
from macros.search.postings import LETTERS, Place, Postings, Said, power
from macros.search.read import KINDS, Read
from macros.when.programme import Programme
from macros.work import digest
from macros.work.kept import Kept
from macros.work.spread import spread

EXAMPLE_WEIGHT, PAST_WEIGHT = 0.9, 0.3
# How much a word counts for standing in a title (of one word), a heading or the description;
# in the text it counts up to 1, the more often the more.
TITLE, HEADING, LEAD = 2.2, 0.5, 0.4
# BM25's: how soon more of the same word says no more, how much a text's length counts, and to what
# length (in words): one figure for all sites, so that no text's weight hangs on the others'.
SATURATION, LENGTH, USUAL = 1.2, 0.6, 75

PIECE = 2_500  # letters of JSON in a piece of text, about 1 kB gzip


# A file: what tells its content from any other, and how to make it.
Piece = tuple[str, Callable[[], bytes]]


def files(
    programme: Programme, pages: Pages, pages_read: Mapping[str, Read], kept: Kept
) -> dict[str, Piece]:
    """Every file of the index by path. pages_read: those that are searched, by address."""
    on = {entry.activity.id for entry in programme.entries}
    lasting: list[Document] = []
    coming: list[Document] = []
    past: list[Document] = []
    for page in pages.all:
        if read := pages_read.get(page.address):
            if page.kind != "activity":
                lasting.append((page, read))
            else:
                (coming if page.id in on else past).append((page, read))
    lasting.sort(key=lambda document: KINDS.index(document[0].kind))
    everyday = [group for words in programme.site.everyday for group in words.groups]
    return Index(
        lasting,
        coming,
        past,
        everyday,
        kept,
        in_need(programme.site) if HELP in pages.by_address else None,
    ).files()


class Index:
    """The words of documents, and the files that hold them. lasting: in the order of their groups;
    coming, past: activities, in any order."""

    def __init__(
        self,
        lasting: Sequence[Document],
        coming: Sequence[Document] = (),
        past: Sequence[Document] = (),
        everyday: Iterable[Everyday] = (),
        kept: Kept | None = None,
        help: Mapping[str, Any] | None = None,
    ):
        self._kept, self._help = kept or Kept(), help or {}
        self._lasting, self._everyday = lasting, tuple(everyday)
        self._known = Known(self._count("lasting", lasting), self._kept)
        others = self._count("others", [*coming, *past])
        self._known.learn(others)
        self._guesses = self._known.guesses(others)
        self._coming = Blocks(coming, sum(read.count for _, read in lasting))
        self._past = Blocks(past, self._coming.end)
        self._postings = self._posted()
        self._known.save()

    def _count(self, name: str, documents: Sequence[Document]) -> Counter[str]:
        """Each word and how often it is there; kept for every so many documents together, and
        brought up to date with those of them that are others than the last time."""
        shelf, memory = self._kept.shelf("counts"), self._kept.memory["counted"]
        groups: dict[int, list[Read]] = defaultdict(list)
        many = max(1, power(len(documents) / 128))
        for page, read in documents:
            groups[crc32(page.address.encode()) % many].append(read)
        counts: dict[str, Counter[str]] = {}
        for reads in groups.values():
            key = digest.of_bytes("".join([read.digest for read in reads]).encode())
            if (count := shelf.get(key)) is None:
                count = Counter()
                for read in reads:
                    for word, times in read.words.items():
                        count[word] += times
                shelf.put(key, count)
            counts[key] = count
        before, every = memory.pop(name, ({}, Counter()))
        for key in before.keys() - counts.keys():
            every.subtract(before[key])
        for key in counts.keys() - before.keys():
            every.update(counts[key])
        every = +every  # without those that are there no more
        memory[name] = counts, every
        return every

    def _posted(self) -> Postings:
        """The postings, brought up to date with what the documents say now."""
        shelf = self._kept.shelf("postings")
        postings: Postings = shelf.take("all") or Postings()
        postings.update(self._known.digest, dict(self._placed()), self._say)
        shelf.put("all", postings)
        return postings

    def _say(self, addresses: list[str]) -> Iterator[Said]:
        every = chain(self._lasting, self._coming.documents, self._past.documents)
        of = {page.address: (page, read) for page, read in every}
        return spread(lambda address: said(*of[address], self._known), addresses)

    def _placed(self) -> Iterator[tuple[str, Place]]:
        number = 0
        for page, read in self._lasting:
            yield page.address, Place(number, _weight(page), read.digest)
            number += read.count
        for blocks, lessened in ((self._coming, 1.0), (self._past, PAST_WEIGHT)):
            for number, page, read in blocks.numbered():
                yield page.address, Place(number, _weight(page) * lessened, read.digest)

    def files(self) -> dict[str, Piece]:
        cuts = _pieces(self._shown(), PIECE)
        contents: dict[str, Piece] = {}
        for at, (key, piece) in enumerate(self._postings.pieces()):
            contents[f"ord-{at}.json"] = key, lambda piece=piece: _json(piece())
        for at, cut in enumerate(cuts):
            key = "".join([str(cut[0][0]), *(shown.key for _, shown in cut)])
            contents[f"tekst-{at}.json"] = key, lambda cut=cut: _json(_by_page(cut))
        for name, blocks in (("kommende", self._coming), ("forbi", self._past)):
            for at, (key, piece) in blocks.texts().items():
                contents[f"{name}-{at}.json"] = key, lambda piece=piece: _json(piece())
        head = self._head([cut[0][0] for cut in cuts])
        layout = digest.of(
            [page.address for page, _ in self._lasting],
            *(str(head[name]) for name in ("sections", "texts", "coming", "past", "pieces")),
        )[:8]
        # Where numbers mean something else, the pieces have other names. Where only texts change,
        # they keep theirs, and browsers are told that they are new.
        head = {"layout": layout, **head}
        keys = "\n".join([key for key, _ in contents.values()])
        version = digest.of_bytes(_json(head) + keys.encode())[:8]
        whole = _json({"version": version, **head})
        return {
            SEARCH_INDEX: (digest.of_bytes(whole), lambda: whole),
            **{f"{SEARCH_FILES}{layout}/{name}": piece for name, piece in contents.items()},
        }

    def _head(self, first: list[int]) -> dict[str, Any]:
        """first: the number of the first section of each piece of text."""
        kinds = [page.kind for page, _ in self._lasting]
        group_of = {kind: name for name, kinds in GROUPS for kind in kinds}
        return {
            "rules": danish.RULES,
            "words": " ".join(sorted(self._guesses, key=danish_key)),
            "irregular": self._known.irregular,
            "everyday": led_to(self._everyday, self._postings, self._known, self._kept),
            **self._help,
            **self._whose(),
            "groups": [
                [name, sum(1 for _ in all)] for name, all in groupby(kinds, group_of.__getitem__)
            ],
            "last": group_of["activity"],  # the group of all that come after those
            "explains": group_of["term"],  # the group that says what words mean
            # How many sections each page has: a page, how many in a row have as many.
            "sections": [
                [size, len(list(all))]
                for size, all in groupby(read.count for _, read in self._lasting)
            ],
            # Numbers of activities: the first, the next after the last; each has one section.
            "coming": [self._coming.start, self._coming.end],
            "past": [self._past.start, self._past.end],
            "cap": CAP,
            "pieces": self._postings.cut,
            "letters": LETTERS,
            # The step from each piece's first section to the next one's, and how many have it.
            "texts": [[step, len(list(all))] for step, all in groupby(map(sub, first[1:], first))],
        }

    def _whose(self) -> dict[str, Any]:
        """Of which municipality each page is, where there are several: a sign for each page, and
        for each number that an activity may have; «-» for none."""
        names = sorted({page.whose for page, _ in self._lasting if page.whose})
        if not names:
            return {}
        sign = {name: str(at) for at, name in enumerate(names)}

        def of(blocks: Blocks) -> str:
            signs = ["-"] * (blocks.end - blocks.start)
            for number, page, _ in blocks.numbered():
                signs[number - blocks.start] = sign.get(page.whose or "", "-")
            return "".join(signs)

        lasting = "".join(sign.get(page.whose or "", "-") for page, _ in self._lasting)
        of_activities = {"coming": of(self._coming), "past": of(self._past)}
        return {"whose": {"names": names, "lasting": lasting, **of_activities}}

    def _shown(self) -> Iterator[tuple[int, Shown]]:
        """Number of a section, and what a result shows of it and of its page."""
        memory, now, number = self._kept.memory["shown"], {}, 0
        for page, read in self._lasting:
            key = read.digest
            now[key] = every = memory.get(key) or tuple(_shown(page, read))
            for one in every:
                yield number, one
                number += 1
        self._kept.memory["shown"] = now


def said(page: Page, read: Read, known: Known) -> Said:
    """What each stem says in each section of a page."""
    return tuple(
        tuple(sorted(_says(page, section, at, known).items()))
        for at, section in enumerate(read.sections)
    )


def _says(page: Page, section: Section, at: int, known: Known) -> dict[str, float]:
    words = Counter(danish.words(section.text))
    counts: dict[str, float] = defaultdict(float)
    for word, times in words.items():
        if word not in danish.STOP_WORDS:
            for stem, share in known.of_word(word):
                counts[stem] += times * share
    norm = SATURATION * (1 - LENGTH + LENGTH * words.total() / USUAL)
    told = _told(page, section, at, known)
    for stem, much in counts.items():
        told[stem] += much / (much + norm)
    return {stem: round(much, 4) for stem, much in told.items()}


def _told(page: Page, section: Section, at: int, known: Known) -> dict[str, float]:
    """What each stem counts for standing in a title, a heading or the description."""
    told: dict[str, float] = defaultdict(float)
    if at == 0:
        title = list(danish.words(page.title))
        content = [word for word in title if word not in danish.STOP_WORDS]
        weight = TITLE / math.sqrt(len(content) or 1)
        for stem, share in known.shares(title, stop=True):
            told[stem] = max(told[stem], weight * share)
        for stem, share in known.shares(danish.words(page.description)):
            told[stem] = max(told[stem], LEAD * share)
    else:
        for stem, share in known.shares(danish.words(section.heading)):
            told[stem] = max(told[stem], HEADING * share)
    return told


def _weight(page: Page) -> float:
    weight = BY_NAME[page.kind].weight
    return weight if page.indexed else weight * EXAMPLE_WEIGHT


class Shown(NamedTuple):
    """What a result shows of a section: of its page, of itself. key: what tells it from any other.
    length: how many letters of JSON it is."""

    key: str
    head: list[str]
    section: list[str]
    length: int


def _shown(page: Page, read: Read) -> Iterator[Shown]:
    above = told_of_page(page)
    for at, part in enumerate(map(told_of_section, read.sections)):
        yield Shown(f"{read.digest}{at}", above, part, len(_json([above, part])))


def _pieces(items: Iterable[tuple[int, Shown]], size: int) -> list[list[tuple[int, Shown]]]:
    """The items cut into runs of about `size` letters of JSON."""
    runs: list[list[tuple[int, Shown]]] = []
    room = 0
    for number, shown in items:
        if not runs or shown.length > room:
            runs.append([])
            room = size
        runs[-1].append((number, shown))
        room -= shown.length
    return runs


def _by_page(piece: list[tuple[int, Shown]]) -> list[Any]:
    """The first section's number, then the pages with their sections."""
    pages = groupby((shown for _, shown in piece), key=lambda shown: shown.head)
    return [piece[0][0], *([head, *(one.section for one in all)] for head, all in pages)]


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub(r"[\u2028\u2029]", " ", text).encode()
