"""For planners: every area, group and town, the empty ones too; the same as spreadsheets."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
from datetime import date, timedelta

import openpyxl
import pytest
from bs4 import BeautifulSoup
from conftest import loaded, on_now, some

from macros.output import exports
from macros.pages.pages import edition
from macros.pages.views.coverage import changes, coverage, signed
from macros.reading.load import load
from macros.reading.published import commit_of, files_of
from macros.rules.freshness import follow_up_is_overdue

SHEETS = ["Områder og byer", "Målgrupper og byer", "Mål", "Planlagt opfølgning", "Aktiviteter"]


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

    assert book.sheetnames == SHEETS
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


def test_goals_tell_how_the_listing_has_changed_in_a_year(unbuilt):
    """Of what git knows: one offer has gone since, one has come, one was made up then too."""
    gone = unbuilt / "data/activities/loebeklub.yml"
    strings = "title: Løbeklub\nwhat: Vi løber.\norganiser: naboenheden\nchecked:\n  by: Vi\n"
    text = f"{strings}  date: 2025-10-01\nareas: [lillevig-nabohjaelp/haven]\n"
    gone.write_text(text, encoding="utf-8")
    commit(unbuilt, "2025-11-20T12:00:00+01:00")
    gone.unlink()
    for name in ("gaatur", "kor"):
        new = text.replace("2025-10", "2026-10").replace("Løbeklub", name.title())
        (unbuilt / f"data/activities/{name}.yml").write_text(new, encoding="utf-8")
    commit(unbuilt, "2026-11-20T12:00:00+01:00")

    programme = edition(load(unbuilt)).programme
    assert changes(programme)["lillevig-nabohjaelp/haven"] == 1
    assert set(changes(programme).values()) == {0, 1}
    assert signed(-3) == "\N{MINUS SIGN}3" and signed(2) == "+2" and signed(0) == "0"


def commit(root, day: str) -> None:
    dated = {**os.environ, "GIT_COMMITTER_DATE": day, "GIT_AUTHOR_DATE": day}
    for command in (
        ["init", "-q"],
        ["add", "data"],
        ["-c", "user.name=x", "-c", "user.email=x@x.example", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], cwd=root, check=True, env=dated)


def test_where_nobody_knows_the_listing_of_a_year_ago_nothing_is_said_of_it(site):
    page = BeautifulSoup((site / "om/planlaegning/index.html").read_bytes(), "html5lib")

    heads = [head.get_text() for head in page.find(id="tabel-puls").parent.find_all("th")]
    assert not any(head.startswith("Siden ") for head in heads)
    assert "Siden kan ikke se, hvordan listen så ud for et år siden." in page.get_text()


def text_of(tag) -> str:
    return tag.get_text(" ", strip=True).replace("\xa0", " ")


def test_what_a_document_plans_stands_beside_what_is_published_and_what_is_overdue(site):
    """Half-yearly, the newest of September 2026; yearly since 2024; no rhythm told."""
    goals = BeautifulSoup((site / "maal/index.html").read_bytes(), "html5lib")
    asked, accounts, meeting = goals.find("h3", string="Planlagt opfølgning").find_all_next(
        class_="goal", limit=3
    )

    told = text_of(asked)
    assert "Kilden siger, at den skal komme hvert halve år." in told
    assert "Den nyeste, der står her, er fra 1. september 2026." in told
    assert "Efter planen skulle" not in told
    late = text_of(accounts)
    assert "og der står ingen her endnu. Efter planen skulle der være kommet en senest" in late
    assert "Vi ledte efter det den 20. november 2026 og fandt det ikke." in late
    assert "Kilden siger" not in text_of(meeting)
    raw = (site / "data/v1/opfoelgning.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(raw), delimiter=";"))
    assert [row[-1] for row in rows] == ["Forfalden", "nej", "ja", ""]
    remarks = [one.what for one in follow_up_is_overdue(loaded(), date(2026, 11, 24))]
    assert len(remarks) == 1 and remarks[0].startswith("«Regnskabet bliver lagt frem» skulle")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-06-30T23:59:00+02:00", date(2026, 6, 30)),
        ("2026-07-01T00:30:00+02:00", date(2026, 7, 1)),
        ("2026-01-31T23:59:00+01:00", date(2026, 1, 31)),
    ],
)
def test_a_day_ends_when_it_does_in_denmark(unbuilt, moment, day):
    commit(unbuilt, moment)

    assert commit_of(unbuilt, day) and not commit_of(unbuilt, day - timedelta(days=1))


def test_a_clone_without_everything_gives_what_it_has(unbuilt):
    commit(unbuilt, "2025-11-20T12:00:00+01:00")
    known = commit_of(unbuilt, date(2025, 11, 24))
    assert known and commit_of(unbuilt, date(2025, 11, 1)) == ""
    every = dict(files_of(unbuilt, known, ["data/places"]))
    path, raw = next(iter(every.items()))
    assert raw == (unbuilt / path).read_bytes()
    told = ["git", "hash-object", unbuilt / path]
    blob = subprocess.run(told, capture_output=True, text=True, check=True).stdout.strip()
    (unbuilt / f".git/objects/{blob[:2]}/{blob[2:]}").unlink()

    assert dict(files_of(unbuilt, known, ["data/places"])) == {
        name: content for name, content in every.items() if content != raw
    }


def test_a_source_with_another_date_makes_what_is_due_anew(unbuilt):
    """When a follow-up is due hangs on the source's date, which no activity or goal tells."""
    before = {path: key for path, key, _ in exports.files(edition(load(unbuilt)))}
    for source in some((unbuilt / "data/sources").glob("lillevig-*.yml")):
        text = source.read_text(encoding="utf-8")
        dated = re.sub(r"(?m)^(dated|approved): .*$", r"\1: 2020-01-01", text)
        source.write_text(dated, encoding="utf-8")

    after = {path: key for path, key, _ in exports.files(edition(load(unbuilt)))}
    assert before["data/v1/opfoelgning.csv"] != after["data/v1/opfoelgning.csv"]
    assert before["data/v1/planlaegning.xlsx"] != after["data/v1/planlaegning.xlsx"]
