"""For planners: what is on for each area, group and town, the gaps in sight."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from macros.data.activity import GROUPS, Postcode
from macros.data.strategy import Area
from macros.language.text import upfirst
from macros.pages.addresses import ACTIVITIES, DATA
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.finder import EVERYBODY, welcomes
from macros.pages.views.text import Link, Shown
from macros.when.programme import Entry

# Activities that the book has too. With more it would cost each change seconds and 100 MB; they
# stand in a file of their own anyway.
IN_BOOK = 2_000


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
    link: Link | None
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
    every = [entry.activity.example for entry in entries]
    return Count(every.count(False), every.count(True))


def coverage(edition: Edition) -> Coverage:
    """Every area of every strategy and every group, whether or not anything is there; every town
    that has a place or an activity."""
    site, entries = edition.site, edition.programme.entries
    codes = {place.postcode for place in site.places if not place.example}
    codes |= {entry.postcode.id for entry in entries if entry.postcode}
    towns = tuple(town for town in site.postcodes if town.id in codes)

    def row(name: str, link: Link | None, of: str, test: Callable[[Entry], bool]) -> Row:
        found = [entry for entry in entries if test(entry)]
        in_town: dict[str, list[Entry]] = {town.id: [] for town in towns}
        for entry in found:
            if entry.postcode:
                in_town[entry.postcode.id].append(entry)
        return Row(
            name,
            link,
            of,
            tuple(count(in_town[town.id]) for town in towns),
            count(entry for entry in found if entry.activity.remote),
            count(e for e in found if not e.postcode and not e.activity.remote),
            count(found),
            sum(entry.gist.hours for entry in found if not entry.activity.example),
            sum(any(not e.activity.example for e in every) for every in in_town.values()),
        )

    def of_area(area: Area) -> Row:
        link = Link(edition.at("area", area.id), area.title)
        of = site.strategy(area.strategy).short_title
        return row(area.title, link, of, lambda entry: area.id in entry.activity.areas)

    def of_group(group: str) -> Row:
        return row(upfirst(group), None, "", lambda entry: welcomes(entry, group))

    return Coverage(
        towns,
        tuple(of_area(area) for s in site.strategies for area in site.areas(s.id)),
        tuple(of_group(group) for group in GROUPS if group != EVERYBODY),
    )


@dataclass(frozen=True, kw_only=True)
class CoveragePage(Shown):
    """examples: how many of the listed activities are made up, of how many. nowhere: areas that
    nothing serves. files: the same to take along: the address and the format."""

    coverage: Coverage
    examples: Count
    nowhere: tuple[Link, ...]
    undated: int
    files: tuple[tuple[str, str], ...]
    finder: str | None


def view(edition: Edition, page: Page) -> CoveragePage:
    whole = coverage(edition)
    entries = edition.programme.entries
    return CoveragePage(
        page=page,
        coverage=whole,
        examples=count(entries),
        nowhere=tuple(row.link for row in whole.areas if row.link and not row.total.real),
        undated=sum(not entry.activity.when and not entry.activity.example for entry in entries),
        files=(
            (
                f"{DATA}planlaegning.xlsx",
                "Excel: områder, målgrupper, mål og aktiviteter"
                if len(entries) <= IN_BOOK
                else "Excel: områder, målgrupper og mål",
            ),
            (f"{DATA}daekning.csv", "CSV: områder og byer"),
            (f"{DATA}aktiviteter.csv", "CSV: alle aktiviteter"),
        ),
        finder=edition.there(ACTIVITIES),
    )
