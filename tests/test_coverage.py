"""For planners: every area, group and town, the empty ones too; the same as spreadsheets."""

from __future__ import annotations

import csv
import io

import openpyxl
from bs4 import BeautifulSoup
from conftest import loaded, on_now

from macros.pages.pages import edition
from macros.pages.views.coverage import coverage


def test_every_area_and_group_has_a_row_and_nothing_empty_is_hidden(site):
    whole = coverage(edition(loaded()).programme)
    areas = [a.title for s in loaded().strategies for a in loaded().areas(s.id)]

    assert [row.name for row in whole.areas] == areas
    assert any(not row.total.real for row in whole.areas)
    page = BeautifulSoup((site / "om/planlaegning/index.html").read_bytes(), "html5lib")
    table = page.find(id="tabel-omraader").parent
    rows = table.select("tbody tr")
    assert len(rows) == len(areas)
    assert all(len(row.find_all("td")) == len(whole.towns) + 4 for row in rows)
    empty = [row.name for row in whole.areas if not row.total.real]
    listed = page.find(id="huller").parent.find_all("a")
    assert [link.get_text() for link in listed] == empty


def test_the_numbers_are_those_of_the_listings():
    programme, whole = on_now(), coverage(edition(loaded()).programme)
    for row, area in zip(
        whole.areas, (a for s in loaded().strategies for a in loaded().areas(s.id)), strict=True
    ):
        found = [e for e in programme.entries if area.id in e.activity.areas]
        assert row.total.real + row.total.examples == len(found)
        placed = sum(cell.real + cell.examples for cell in row.cells)
        unplaced = row.unplaced.real + row.unplaced.examples
        away = sum(not e.postcode and bool(e.activity.remote) for e in found)
        assert placed + unplaced + away == len(found)


def test_a_planner_has_it_in_excel_in_four_actions(tab, address):
    page = tab()
    page.goto(address)
    page.get_by_role("contentinfo").get_by_role("link", name="For planlæggere").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Excel").click()
    book = openpyxl.load_workbook(io.BytesIO(taken.value.path().read_bytes()))

    assert book.sheetnames == ["Områder og byer", "Målgrupper og byer", "Mål", "Aktiviteter"]
    head, *rows = book["Områder og byer"].iter_rows(values_only=True)
    whole = coverage(edition(loaded()).programme)
    assert [row[1] for row in rows] == [row.name for row in whole.areas]
    at = head.index("I alt")
    assert [row[at] for row in rows] == [row.total.real for row in whole.areas]


def test_no_text_of_a_sheet_is_a_formula(site):
    for name in ("aktiviteter.csv", "daekning.csv"):
        text = (site / f"data/v1/{name}").read_text(encoding="utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
        assert len(rows) > 5
        assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@")]
    ids = {
        row[0]
        for row in list(
            csv.reader(
                io.StringIO((site / "data/v1/aktiviteter.csv").read_text(encoding="utf-8-sig")),
                delimiter=";",
            )
        )[1:]
    }
    assert ids == {entry.activity.id for entry in on_now().entries}
