"""The listings, the gaps and the goals as spreadsheets: what a planner takes along."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from macros.output.blank_spreadsheet import LONG_AGO, without_clock
from macros.pages.addresses import ACTIVITIES, DATA
from macros.pages.edition import Edition
from macros.pages.views.coverage import IN_BOOK, Coverage, Row, changes, coverage
from macros.when import wording
from macros.when.entry import Entry
from macros.when.follow_up import planned
from macros.work import digest

Table = list[Sequence[Any]]
ACTIVITY = (
    "Id", "Navn", "Eksempel", "Arrangør", "Sted", "Adresse", "Postnummer", "By", "Kommune", "Tid",
    "Næste gang", "Hvem det er for", "Pris", "Tilmelding", "Henvisning", "Fokusområder", "Tjekket",
    "Side",
)  # fmt: skip
GOAL = (
    "Strategi", "Område", "Mål", "Del", "Status", "Dato for status", "Tilbud i området",
    "Timer de næste 7 dage", "Byer", "Flere tilbud end for et år siden",
)  # fmt: skip

FOLLOW_UP = ("Strategi", "Opfølgning", "Hvor tit", "Nyeste kendte", "Ventet senest", "Forfalden")


def files(edition: Edition) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Path, what tells the content from any other, and how to make it."""
    site, entries = edition.site, edition.programme.entries
    around = [area for s in site.strategies for area in (s, *site.areas(s.id))]
    places = [place.postcode for place in site.places]
    told = [entry.digest for entry in entries]
    then, due = changes(edition.programme), follow_up(edition)
    key = digest.of("exports", edition.site_url, edition.today, told, around, places, then, due)
    yield f"{DATA}aktiviteter.csv", f"{key}-a", lambda: as_csv(activities(edition))
    yield f"{DATA}daekning.csv", f"{key}-d", lambda: as_csv(areas(coverage(edition.programme)))
    yield f"{DATA}maal.csv", f"{key}-m", lambda: as_csv(goals(edition))
    yield f"{DATA}opfoelgning.csv", f"{key}-o", lambda: as_csv(follow_up(edition))
    yield f"{DATA}planlaegning.xlsx", f"{key}-x", lambda: book(edition)


def activities(edition: Edition) -> Table:
    return [ACTIVITY, *_activities(edition)]


def _activities(edition: Edition) -> Iterator[Sequence[Any]]:
    """A row for each; of what this process has told before it need not be told again."""
    areas = [(area.id, area.short_title) for area in edition.site.of_kind("area")]
    rows = edition.programme.kept.made("rows", digest.of(edition.today, edition.site_url, areas))
    for entry in edition.programme.entries:
        if entry.digest not in rows:
            rows[entry.digest] = _activity(edition, entry)
        yield rows[entry.digest]


def _activity(edition: Edition, entry: Entry) -> Sequence[Any]:
    one, place, town = entry.activity, entry.place, entry.postcode
    return (
        one.id,
        one.title,
        "ja" if one.example else "",
        entry.organiser.title,
        place.title if place else "",
        (place.address if place else "") or "",
        town.id if town else "",
        town.title if town else "",
        entry.whose.title if entry.whose else "",
        "; ".join(wording.rule(when) for when in one.when),
        entry.starts.strftime("%Y-%m-%d %H:%M") if entry.starts else "",
        ", ".join(one.groups),
        one.price or "",
        one.sign_up or "",
        {True: "ja", False: "nej"}.get(one.referral, ""),  # type: ignore[call-overload]
        ", ".join(edition.site.area(id).short_title for id in one.areas),
        one.checked.date.isoformat() if one.checked else "",
        edition.whole(f"{ACTIVITIES}{one.id}/"),
    )


def areas(whole: Coverage) -> Table:
    return _matrix(("Strategi", "Område"), whole, whole.areas, lambda row: (row.of, row.name))


def groups(whole: Coverage) -> Table:
    return _matrix(("Målgruppe",), whole, whole.groups, lambda row: (row.name,))


def _matrix(
    head: tuple[str, ...], whole: Coverage, rows: Sequence[Row], names: Callable[[Row], Any]
) -> Table:
    """Zeros stand as zeros: what is empty is what one looks for. Examples do not count."""
    towns = [f"{town.id} {town.title}" for town in whole.towns]
    last = ("Online og telefon", "Sted ikke oplyst", "I alt", "Timer de næste 7 dage", "Byer")
    return [
        (*head, *towns, *last, "Eksempler"),
        *(
            (
                *names(row),
                *(cell.real for cell in row.cells),
                row.away.real,
                row.unplaced.real,
                row.total.real,
                round(row.hours, 1),
                row.towns,
                row.total.examples,
            )
            for row in rows
        ),
    ]


def goals(edition: Edition) -> Table:
    site, table = edition.site, [GOAL]
    rows = {row.area.id: row for row in coverage(edition.programme).areas if row.area}
    more = changes(edition.programme)
    for strategy in site.strategies:
        for owner in (strategy, *site.areas(strategy.id)):
            name = "" if owner is strategy else owner.title
            row = rows.get(owner.id)
            pulse = (
                (row.total.real, round(row.hours, 1), row.towns, more.get(owner.id, ""))
                if row
                else ("",) * 4
            )
            for goal in owner.goals:
                newest = max(goal.follow_up, key=lambda one: one.date, default=None)
                status = (newest.status, newest.date.label) if newest else ("", "")
                for part in goal.parts or (None,):
                    text = part.text if part else ""
                    told = (strategy.short_title, name, goal.title, text, *map(str, status))
                    table.append((*told, *pulse))
    return table


def follow_up(edition: Edition) -> Table:
    table = [FOLLOW_UP]
    for strategy in edition.site.strategies:
        for one in planned(edition.site, strategy):
            rhythm = wording.every(one.told.months) if one.told.months else ""
            days = [day.isoformat() if day else "" for day in (one.last, one.due)]
            late = ("ja" if one.overdue(edition.today) else "nej") if one.due else ""
            table.append((strategy.short_title, one.told.title, rhythm, *days, late))
    return table


def as_csv(table: Table) -> bytes:
    """Semicolons and a byte order mark, so that Danish Excel reads it right."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_plain(cell) for cell in row] for row in table)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: Any) -> Any:
    """No text is read as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@") else cell


def book(edition: Edition) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    whole = coverage(edition.programme)
    made = Workbook()
    made.properties.created = made.properties.modified = LONG_AGO
    made.properties.creator = ""
    made.remove(made.active)
    tables = [
        ("Områder og byer", areas(whole)),
        ("Målgrupper og byer", groups(whole)),
        ("Mål", goals(edition)),
        ("Planlagt opfølgning", follow_up(edition)),
    ]
    if len(edition.programme.entries) <= IN_BOOK:
        tables.append(("Aktiviteter", activities(edition)))
    for name, table in tables:
        sheet = made.create_sheet(name)
        for row in table:
            sheet.append([_plain(cell) for cell in row])
        sheet.freeze_panes = "C2"
        for at, head in enumerate(table[0], start=1):
            sheet.cell(1, at).font = Font(bold=True)
            sheet.column_dimensions[get_column_letter(at)].width = max(12, min(40, len(head) + 4))
    packed = io.BytesIO()
    made.save(packed)
    return without_clock(packed.getvalue())
