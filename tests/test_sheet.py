"""Spreadsheets as people save them: each row an activity, each fault with row and column."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest
from conftest import ROOT

from macros import schema, sheet
from macros.faults import report
from macros.load import load, read
from macros.model import ACTIVITY
from macros.template_sheet import as_csv, as_xlsx, headings

HEAD = "Navn;Beskrivelse;Arrangør;Sted;Gentages;Ugedage;Starter kl.;Tjekket dato;Tjekket af"
ROW = (
    "Gåtur på åen;Vi går og får øje på ænder.;Naboenheden;Det store torv;hver uge;tirsdag;10.00;"
    "1-11-2026;Naboenheden"
)


def put(project, name: str, raw: bytes):
    (project / "data/activities" / name).write_bytes(raw)
    return read(project)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_csv_is_read_however_it_was_saved(encoding, sign, project):
    text = f"{HEAD}\r\n{ROW}\r\n".replace(";", sign)

    site, faults = put(project, "ark.csv", text.encode(encoding))

    assert faults == []
    one = site.things["activity", "gaatur-paa-aaen"]
    assert (one.title, one.what) == ("Gåtur på åen", "Vi går og får øje på ænder.")
    assert (one.organiser, one.place) == ("naboenheden", "torvet")
    assert one.when[0].weekdays == ("tirsdag",)
    assert one.checked.date == datetime.date(2026, 11, 1)


def test_a_workbook_is_read_with_its_dates_times_and_numbers(project):
    book = openpyxl.Workbook()
    book.active.append(["navn", "BESKRIVELSE ", "Arrangør*", "Gentages", "Datoer", "Starter kl.",
                        "Slutter kl.", "Fra alder", "Skal man have henvisning", "Tjekket dato",
                        "Tjekket af"])  # fmt: skip
    book.active.append(["Sang", "Vi synger.\nAlle kan være med.", "Naboenheden", "enkelte dage",
                        datetime.date(2026, 12, 1), datetime.time(19, 30), "21", 18, False,
                        datetime.datetime(2026, 11, 1), "Naboenheden"])  # fmt: skip
    packed = io.BytesIO()
    book.save(packed)

    site, faults = put(project, "ark.xlsx", packed.getvalue())

    assert faults == []
    one = site.things["activity", "sang"]
    assert one.when[0].dates == (datetime.date(2026, 12, 1),)
    assert (one.when[0].start, one.when[0].end) == (datetime.time(19, 30), datetime.time(21))
    assert (one.age_from, one.referral) == (18, False)


def test_a_workbook_as_libreoffice_saves_it_is_read(project):
    """`files/libreoffice.xlsx` was saved by LibreOffice 7.4, with real dates and times."""
    raw = (ROOT / "tests/files/libreoffice.xlsx").read_bytes()

    site, faults = put(project, "ark.xlsx", raw)

    assert faults == []
    one = site.things["activity", "gaatur-paa-aaen"]
    assert one.when[0].start == datetime.time(10)
    assert one.checked.date == datetime.date(2026, 11, 1)


FAULTS = {
    "a word that is no weekday": (
        f"{HEAD}\n{ROW.replace('tirsdag', 'tirsdagg')}",
        "data/activities/ark.csv:2:6: række 2, kolonnen «Ugedage»: «tirsdagg» er ikke en gyldig "
        "værdi for «weekdays» (ugedage)\n"
        "    Ret: vælg en af: mandag, tirsdag, onsdag, torsdag, fredag, lørdag, søndag",
    ),
    "a date that is not": (
        f"{HEAD}\n{ROW.replace('1-11-2026', '31-11-2026')}",
        "data/activities/ark.csv:2:8: række 2, kolonnen «Tjekket dato»: «31-11-2026» er ikke en "
        "dato, der findes for «date» (tjekket dato)\n    Ret: skriv år-måned-dag, fx 2026-12-01",
    ),
    "an organiser that is not": (
        f"{HEAD}\n{ROW.replace('Naboenheden;Det', 'Nabonheden;Det')}",
        "data/activities/ark.csv:2:3: række 2, kolonnen «Arrangør»: aktivitet «gaatur-paa-aaen» "
        "henviser til organisation «Nabonheden», som ikke findes\n"
        "    Ret: mente du «naboenheden»?",
    ),
    "an empty cell that must be filled": (
        f"{HEAD}\n{ROW.replace('Vi går og får øje på ænder.', '')}",
        "data/activities/ark.csv:2:1: række 2: feltet «what» (beskrivelse) mangler\n"
        "    Ret: udfyld kolonnen «Beskrivelse» (Korte sætninger. Sig »du«)",
    ),
    "a heading misspelt": (
        f"{HEAD.replace('Ugedage', 'Ugedga')}\n{ROW}",
        "data/activities/ark.csv:1:6: række 1: overskriften «Ugedga» kendes ikke\n"
        "    Ret: mente du «Ugedage»?",
    ),
    "a heading missing": (
        f"{HEAD.replace('Arrangør;', '')}\n{ROW.replace('Naboenheden;Det', 'Det')}",
        "data/activities/ark.csv:1:1: række 1: kolonnen «Arrangør» mangler\n"
        "    Ret: tilføj den; brug skabelonen",
    ),
    "a heading twice": (
        f"{HEAD};Navn\n{ROW};Navn",
        "data/activities/ark.csv:1:10: række 1: overskriften «Navn» står to gange\n"
        "    Ret: slet den ene kolonne",
    ),
    "an id that is a path": (
        f"Id;{HEAD}\n../../hemmelig;{ROW}",
        "data/activities/ark.csv:2:1: række 2: «../../hemmelig» kan ikke bruges som id\n"
        "    Ret: skriv fx «hemmelig» (kun a-z, 0-9 og bindestreg)",
    ),
    "the same activity twice": (
        f"{HEAD}\n{ROW}\n{ROW}",
        "data/activities/ark.csv:3:1: række 3: aktivitet «gaatur-paa-aaen» står også i "
        "data/activities/ark.csv\n    Ret: slet den ene",
    ),
    "a formula": (
        f"{HEAD}\n{ROW.replace('Vi går', '=HYPERLINK(1)')}",
        "data/activities/ark.csv:2:2: række 2, kolonnen «Beskrivelse»: cellen begynder med «=», "
        "som et regneark læser som en formel\n    Ret: skriv teksten uden tegnet foran",
    ),
    "a script": (
        f"{HEAD}\n{ROW.replace('Vi går', '<script>x</script> Vi går')}",
        "data/activities/ark.csv:2:2: række 2, kolonnen «Beskrivelse»: teksten indeholder koden "
        "«<script>»\n    Ret: slet koden, og behold teksten; links og fed skrift kan ikke bruges",
    ),
    "a broken sum": (
        f"{HEAD}\n{ROW.replace('Vi går og får øje på ænder.', '#REF!')}",
        "data/activities/ark.csv:2:2: række 2, kolonnen «Beskrivelse»: cellen viser en regnefejl "
        "(#REF!)\n    Ret: skriv selv det, der skal stå",
    ),
    "a name without letters": (
        f"{HEAD}\n{ROW.replace('Gåtur på åen', '★★★')}",
        "data/activities/ark.csv:2:1: række 2: navnet har ingen bogstaver til et id\n"
        "    Ret: skriv selv et i kolonnen «Id»",
    ),
    "nothing": ("", "data/activities/ark.csv:1:1: filen er tom\n"
                "    Ret: skriv overskrifterne i første række"),
    "a quote left open": (
        f'{HEAD}\n"{ROW}',
        "data/activities/ark.csv:2:1: et anførselstegn bliver ikke lukket, eller en celle er alt "
        "for lang\n    Ret: ret cellen i regnearket, og gem filen igen som CSV",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_names_file_row_and_column(name, project):
    text, expected = FAULTS[name]

    _, faults = put(project, "ark.csv", text.encode())

    assert report(faults) == f"{expected}\n\n1 fejl."


@pytest.mark.parametrize("sign", "=+-@")
def test_a_cell_that_a_spreadsheet_would_run_is_refused(sign, project):
    _, faults = put(
        project, "ark.csv", f"{HEAD}\n{ROW.replace('Vi går', f'{sign}SUM(A1)')}".encode()
    )

    assert [fault.what for fault in faults] == [
        f"række 2, kolonnen «Beskrivelse»: cellen begynder med «{sign}», som et regneark læser "
        "som en formel"
    ]


def test_a_formula_in_a_workbook_is_refused(project):
    book = openpyxl.Workbook()
    book.active.append(HEAD.split(";"))
    book.active.append(['=WEBSERVICE("x")', *ROW.split(";")[1:]])
    packed = io.BytesIO()
    book.save(packed)

    _, faults = put(project, "ark.xlsx", packed.getvalue())

    assert "kolonnen «Navn»: cellen begynder med «=»" in report(faults)


@pytest.mark.parametrize("raw", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0gammel xls", b""])
def test_what_is_no_workbook_is_told(raw, project):
    _, faults = put(project, "ark.xlsx", raw)

    assert [fault.what for fault in faults] == ["filen er ikke et regneark, siden kan læse"]


def test_a_workbook_that_swells_is_not_unpacked(project):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_001)

    _, faults = put(project, "ark.xlsx", packed.getvalue())

    assert [fault.what for fault in faults] == ["filen er alt for stor, når den pakkes ud"]


@pytest.mark.parametrize("row", ["2000000000", "30000"])
def test_a_workbook_with_a_far_away_row_is_read_in_no_time(row, project):
    book = openpyxl.Workbook()
    book.active.append(HEAD.split(";"))
    book.active.append(ROW.split(";"))
    packed = io.BytesIO()
    book.save(packed)
    far = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(far, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                end = f'<row r="{row}"><c r="ZZZ{row}"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", end.encode())
            new.writestr(name, content)

    site, faults = put(project, "ark.xlsx", far.getvalue())

    assert faults == []
    assert ("activity", "gaatur-paa-aaen") in site.things


def test_many_faults_are_counted_rather_than_printed(project):
    rows = "\n".join(ROW.replace("Gåtur", f"=Tur {number}") for number in range(300))

    _, faults = put(project, "ark.csv", f"{HEAD}\n{rows}".encode())

    assert sum("begynder med «=»" in fault.what for fault in faults) == sheet.MAX_FAULTS
    assert "filen har 200 fejl mere af samme slags" in report(faults)


def test_excels_own_lock_and_hint_are_no_faults(project):
    (project / "data/activities/~$ark.xlsx").write_bytes(b"x")

    _, faults = put(project, "ark.csv", f"sep=;\n{HEAD}\n{ROW}".encode())

    assert faults == []


def test_another_kind_of_spreadsheet_is_told_how_to_be_saved(project):
    _, faults = put(project, "ark.ods", b"x")

    assert faults[0].cure == "åbn den i et regneark, og gem den som .xlsx eller .csv"


def test_the_templates_are_read_as_they_are_and_hold_every_column(project):
    for name, raw in (("a.csv", as_csv(ACTIVITY)), ("b.xlsx", as_xlsx(ACTIVITY))):
        assert put(project, name, raw)[1] == []

    assert len(set(headings(ACTIVITY))) == len(headings(ACTIVITY)) > 40
    kept = openpyxl.load_workbook(ROOT / schema.FOLDER / "aktiviteter.xlsx")
    assert [cell.value for cell in kept.worksheets[0][1]] == headings(ACTIVITY)
    assert {row[0].value for row in kept["Vejledning"].iter_rows(min_row=2)} == set(
        headings(ACTIVITY)
    )


def test_places_can_be_a_sheet_too_and_rows_find_them_by_name(project):
    (project / "data/places/ark.csv").write_text(
        "Navn;Adresse;Postnummer;Kørestol\nHuset;Vej 1;9999 Lillevig;ja\n", encoding="utf-8"
    )

    site, faults = put(
        project, "ark.csv", f"{HEAD}\n{ROW}".replace("Det store torv", "huset").encode()
    )

    assert faults == []
    assert site.things["activity", "gaatur-paa-aaen"].place == "huset"
    assert site.things["place", "huset"].postcode == "9999"


def test_the_real_data_has_activities_from_a_sheet():
    documents = load(ROOT).documents
    rows = [
        d for (kind, _), d in documents.items() if kind == "activity" and isinstance(d, sheet.Row)
    ]

    assert len(rows) >= 4
