"""For planners: what is on for each area, group and town, the gaps in sight."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from macros.data.activity import Postcode
from macros.data.strategy import Area
from macros.language.text import upfirst
from macros.pages.addresses import ACTIVITIES, DATA
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.planned import PlannedShown, shown
from macros.pages.views.text import Link, Shown, marks
from macros.when import wording
from macros.when.entry import NAMED, Entry
from macros.when.programme import Programme

# Activities that the book has too. With more it would cost each change seconds and 100 MB; they
# stand in a file of their own anyway.
IN_BOOK = 2_000
Counted = tuple[str | None, bool, bool]  # of an entry, `counted_as`
_counted_as, _hours = attrgetter("counted_as"), attrgetter("real_hours")


@dataclass(frozen=True)
class Count:
    """real: how many there are; examples: how many more are made up."""

    real: int
    examples: int


@dataclass(frozen=True)
class Row:
    """What is on for an area or a group. cells: in each town. away: online and on the telephone;
    unplaced: with no place told. hours: held in the next seven days; towns: how many it reaches."""

    name: str
    area: Area | None
    of: str
    cells: tuple[Count, ...]
    away: Count
    unplaced: Count
    total: Count
    hours: float
    towns: int


@dataclass(frozen=True)
class Coverage:
    """The matrix: towns as columns; areas, then groups, as rows."""

    towns: tuple[Postcode, ...]
    areas: tuple[Row, ...]
    groups: tuple[Row, ...]


def count(entries: Iterable[Entry]) -> Count:
    return _sum(Counter(map(_counted_as, entries)))


def _sum(every: Counter[Counted], test: Callable[[Counted], bool] = lambda _: True) -> Count:
    told = [(counted[-1], many) for counted, many in every.items() if test(counted)]
    return Count(
        sum(many for example, many in told if not example),
        sum(many for example, many in told if example),
    )


@lru_cache(maxsize=2)  # the page and each of the files ask for it
def coverage(programme: Programme) -> Coverage:
    """Every area of every strategy and every group, whether or not anything is there; every town
    that has a place or an activity."""
    site = programme.site
    codes = {place.postcode for place in site.places if not place.example}
    codes |= {town.id for town, _ in programme.towns}
    towns = tuple(town for town in site.postcodes if town.id in codes)

    def row(name: str, area: Area | None, of: str, found: tuple[Entry, ...]) -> Row:
        given = name, area, of, towns, found
        key = (name, area.id if area else "")
        return programme.kept.same("rows", key, given, lambda: _row(*given))

    return Coverage(
        towns,
        tuple(
            row(area.title, area, strategy.short_title, programme.of("area", area.id))
            for strategy in site.strategies
            for area in site.areas(strategy.id)
        ),
        tuple(row(upfirst(name), None, "", programme.groups.get(name, ())) for name in NAMED),
    )


def _row(
    name: str,
    area: Area | None,
    of: str,
    towns: Iterable[Postcode],
    found: Sequence[Entry],
) -> Row:
    every = Counter(map(_counted_as, found))
    by_town: dict[str | None, Counter[Counted]] = defaultdict(Counter)
    for counted, many in every.items():
        by_town[counted[0]][counted] = many
    cells = tuple(_sum(by_town[town.id]) for town in towns)
    return Row(
        name,
        area,
        of,
        cells,
        _sum(every, lambda counted: counted[1]),
        _sum(by_town[None], lambda counted: not counted[1]),
        _sum(every),
        sum(map(_hours, found)),
        sum(cell.real > 0 for cell in cells),
    )


@dataclass(frozen=True)
class Pulse:
    """A goal of an area and what is on for the area: offers are linked to areas, not to goals.
    change: how many more there are than a year ago, «+2», or «» if that is not known."""

    goal: Link
    row: Row
    change: str


@lru_cache(maxsize=2)
def changes(programme: Programme) -> Mapping[str, int]:
    """How many more real offers each area has than a year ago; none if nobody knows."""
    before = programme.site.year_ago
    if not before or not before.beside.year_ago:
        return {}
    then = Programme(before, before.beside.year_ago.day)
    return {
        row.area.id: row.total.real - count(then.of("area", row.area.id)).real
        for row in coverage(programme).areas
        if row.area
    }


@dataclass(frozen=True, kw_only=True)
class CoveragePage(Shown):
    """examples: how many of the listed activities are made up, of how many. links: to each area, by
    its id. nowhere: areas that nothing serves. pulses: of each goal. year_ago: the day they are
    compared with, or «». planned: what each strategy plans to follow up. files: the same to take
    away: address, format."""

    coverage: Coverage
    examples: Count
    links: Mapping[str, Link]
    nowhere: tuple[Area, ...]
    pulses: tuple[Pulse, ...]
    undated: int
    year_ago: str
    planned: tuple[tuple[Link, tuple[PlannedShown, ...]], ...]
    files: tuple[tuple[str, str], ...]
    finder: str | None


def signed(number: int) -> str:
    return f"{number:+d}".replace("-", "\N{MINUS SIGN}") if number else "0"


def view(edition: Edition, page: Page) -> CoveragePage:
    whole = coverage(edition.programme)
    entries = edition.programme.entries
    areas = [row.area for row in whole.areas if row.area]
    changed, earlier = changes(edition.programme), edition.site.beside.year_ago
    return CoveragePage(
        page=page,
        marks=marks(edition.site, *(one.planned for one in edition.site.strategies)),
        coverage=whole,
        examples=_sum(edition.programme.counts("counted", lambda entry: [entry.counted_as])),
        links={area.id: Link(edition.at("area", area.id), area.title) for area in areas},
        pulses=tuple(
            Pulse(
                Link(edition.at("area", row.area.id, f"maal-{goal.id}"), goal.title),
                row,
                signed(changed[row.area.id]) if changed else "",
            )
            for row in whole.areas
            if row.area
            for goal in row.area.goals
        ),
        nowhere=tuple(row.area for row in whole.areas if row.area and not row.total.real),
        year_ago=wording.day(earlier.day) if earlier else "",
        planned=tuple(
            (Link(edition.at("strategy", one.id), one.short_title), shown(edition, one))
            for one in edition.site.strategies
            if one.planned
        ),
        undated=sum(not entry.activity.example for entry in edition.programme.undated),
        files=(
            (
                f"{DATA}planlaegning.xlsx",
                "Excel: områder, målgrupper, mål, opfølgning og aktiviteter"
                if len(entries) <= IN_BOOK
                else "Excel: områder, målgrupper, mål og opfølgning",
            ),
            (f"{DATA}daekning.csv", "CSV: områder og byer"),
            (f"{DATA}maal.csv", "CSV: mål"),
            (f"{DATA}opfoelgning.csv", "CSV: planlagt opfølgning"),
            (f"{DATA}aktiviteter.csv", "CSV: alle aktiviteter"),
        ),
        finder=edition.there(ACTIVITIES),
    )
