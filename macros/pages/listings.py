"""The programme as ordinary pages, by weekday, by town and by focus area: no script needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from macros.data.activity import WEEKDAYS
from macros.language.text import slug, upfirst
from macros.when.entry import Entry
from macros.when.programme import Programme, grouped

PER_PAGE = 60
UNKNOWN_TOWN = "Sted ikke oplyst"


@dataclass(frozen=True)
class Listing:
    """A page of a list. id: the address under `/aktiviteter/`. heading: the list's name.

    entries: in order. part: under what heading an entry stands, if anything parts them. total:
    entries on all pages. next: the id of the following page.
    """

    id: str
    heading: str
    lead: str
    entries: tuple[Entry, ...]
    part: Callable[[Entry], str] | None
    total: int
    number: int = 1
    next: str | None = None

    @property
    def title(self) -> str:
        return self.heading if self.number == 1 else f"{self.heading}, side {self.number}"

    @property
    def whose(self) -> str | None:
        """The municipality whose list it is."""
        way, _, rest = self.id.partition("/")
        return rest.split("/")[0] if way == "kommuner" else None

    @cached_property
    def groups(self) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        """The entries under their headings; one group without heading if nothing parts them."""
        if self.part:
            return grouped(self.entries, self.part)
        return (("", self.entries),) if self.entries else ()

    @property
    def example(self) -> bool:
        return any(entry.activity.example for entry in self.entries)


@dataclass(frozen=True)
class _List:
    """A whole list. name: in a word or two. entries: soonest first. parted: by towns."""

    id: str
    name: str
    heading: str
    lead: str
    entries: tuple[Entry, ...]
    parted: bool = True

    @property
    def pages(self) -> tuple[Listing, ...]:
        entries = self.entries
        if self.parted:
            entries = tuple(sorted(entries, key=lambda one: (one.postcode is None, _town(one))))
        part = _town if self.parted else None
        starts = range(0, max(len(entries), 1), PER_PAGE)
        ids = [self.id, *(f"{self.id}/{number}" for number in range(2, len(starts) + 1)), None]
        return tuple(
            Listing(
                ids[at],
                self.heading,
                self.lead,
                entries[start : start + PER_PAGE],
                part,
                len(entries),
                at + 1,
                ids[at + 1],
            )
            for at, start in enumerate(starts)
        )


def listings(programme: Programme) -> Iterator[Listing]:
    """Every page of every list."""
    for one in _lists(programme):
        yield from programme.kept.same("listings", one.id, one, lambda one=one: one.pages)


@dataclass(frozen=True)
class Way:
    """A link to a list from the overview: its name and how many are on it."""

    id: str
    name: str
    count: int


def ways(programme: Programme) -> tuple[tuple[str, tuple[Way, ...]], ...]:
    """The lists, under what they are sorted by."""
    kinds = dict(_WAYS)
    sorted_by: dict[str, list[Way]] = {name: [] for name in kinds.values()}
    for one in _lists(programme):
        sorted_by[kinds[one.id.partition("/")[0]]].append(Way(one.id, one.name, len(one.entries)))
    return tuple((name, tuple(ways)) for name, ways in sorted_by.items())


_WAYS = (
    ("dage", "Efter dag"),
    ("byer", "Efter sted"),
    ("kommuner", "Efter kommune"),
    ("fokusomraader", "Efter fokusområde"),
)


def _lists(programme: Programme) -> Iterator[_List]:
    for name in WEEKDAYS:
        heading = f"Aktiviteter om {name}en"
        lead = f"Se, hvad der sker om {name}en i hver by."
        yield _List(f"dage/{slug(name)}", upfirst(name), heading, lead, programme.on(name))
    if entries := programme.undated:
        heading, lead = "Tilbud uden oplyst tid", "Ingen har oplyst, hvornår de er."
        yield _List("dage/ikke-oplyst", "Tid ikke oplyst", heading, lead, entries)
    for town, entries in programme.towns:
        id, heading = f"byer/{town.id}-{slug(town.title)}", f"Aktiviteter i {town.label}"
        lead = "Det næste, der sker, står først."
        yield _List(id, town.label, heading, lead, entries, parted=False)
    if entries := programme.elsewhere:
        heading, lead = "Tilbud uden oplyst sted", "Ingen har oplyst, hvor de er."
        yield _List("byer/ikke-oplyst", UNKNOWN_TOWN, heading, lead, entries, parted=False)
    if entries := programme.remote:
        heading, lead = "Tilbud online og på telefon", "Dem kan du være med i hjemmefra."
        yield _List("byer/online", "Online og på telefon", heading, lead, entries, parted=False)
    for one, entries in programme.municipalities:
        heading = f"Aktiviteter i {one.title}"
        lead = "Ordnet efter by. Det, kommunen eller dens foreninger og kilder står bag."
        yield _List(f"kommuner/{one.id}", one.title, heading, lead, entries)
    for area, entries in programme.areas:
        name = area.short_title
        strategy = programme.site.strategy(area.strategy).short_title
        heading = f"Aktiviteter, der støtter »{name}« ({strategy})"
        lead = f"Området er fra »{strategy}«. Koblingen er vores egen."
        yield _List(f"fokusomraader/{area.id}", name, heading, lead, entries)


def _town(entry: Entry) -> str:
    return entry.postcode.label if entry.postcode else UNKNOWN_TOWN
