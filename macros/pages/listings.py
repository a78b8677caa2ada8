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


def listings(programme: Programme) -> Iterator[Listing]:
    """Every page of every list."""
    for id, _, heading, lead, entries, part in _lists(programme):
        pages = [entries[at : at + PER_PAGE] for at in range(0, len(entries), PER_PAGE)] or [()]
        for number, shown in enumerate(pages, start=1):
            own = id if number == 1 else f"{id}/{number}"
            after = f"{id}/{number + 1}" if number < len(pages) else None
            yield Listing(own, heading, lead, shown, part, len(entries), number, after)


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
    for id, name, _, _, entries, _ in _lists(programme):
        sorted_by[kinds[id.partition("/")[0]]].append(Way(id, name, len(entries)))
    return tuple((name, tuple(ways)) for name, ways in sorted_by.items())


_WAYS = (
    ("dage", "Efter dag"),
    ("byer", "Efter sted"),
    ("kommuner", "Efter kommune"),
    ("fokusomraader", "Efter fokusområde"),
)
_List = tuple[str, str, str, str, tuple[Entry, ...], Callable[[Entry], str] | None]


def _lists(programme: Programme) -> Iterator[_List]:
    """Each list: id, short name, heading, lead, entries, and what parts them."""
    for name in WEEKDAYS:
        heading = f"Aktiviteter om {name}en"
        lead = f"Se, hvad der sker om {name}en i hver by."
        yield (
            f"dage/{slug(name)}",
            upfirst(name),
            heading,
            lead,
            _by_town(programme.on(name)),
            _town,
        )
    if programme.undated:
        heading, lead = "Tilbud uden oplyst tid", "Ingen har oplyst, hvornår de er."
        entries = _by_town(programme.undated)
        yield "dage/ikke-oplyst", "Tid ikke oplyst", heading, lead, entries, _town
    for town, entries in programme.towns:
        heading, lead = f"Aktiviteter i {town.label}", "Det næste, der sker, står først."
        yield f"byer/{town.id}-{slug(town.title)}", town.label, heading, lead, entries, None
    if programme.elsewhere:
        heading, lead = "Tilbud uden oplyst sted", "Ingen har oplyst, hvor de er."
        yield "byer/ikke-oplyst", UNKNOWN_TOWN, heading, lead, programme.elsewhere, None
    if programme.remote:
        heading, lead = "Tilbud online og på telefon", "Dem kan du være med i hjemmefra."
        yield "byer/online", "Online og på telefon", heading, lead, programme.remote, None
    for municipality, entries in programme.municipalities:
        heading = f"Aktiviteter i {municipality.title}"
        lead = "Ordnet efter by. Det, kommunen eller dens foreninger og kilder står bag."
        yield (
            f"kommuner/{municipality.id}",
            municipality.title,
            heading,
            lead,
            _by_town(entries),
            _town,
        )
    for area, entries in programme.areas:
        name = area.short_title
        strategy = programme.site.strategy(area.strategy).short_title
        heading = f"Aktiviteter, der støtter »{name}« ({strategy})"
        lead = f"Området er fra »{strategy}«. Koblingen er vores egen."
        yield f"fokusomraader/{area.id}", name, heading, lead, _by_town(entries), _town


def _town(entry: Entry) -> str:
    return entry.postcode.label if entry.postcode else UNKNOWN_TOWN


def _by_town(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.postcode is None, _town(entry))))
