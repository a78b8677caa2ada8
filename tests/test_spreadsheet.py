"""Spreadsheets as people save them: each row an activity, each fault with row and column."""

from __future__ import annotations

import datetime
import io
import time
import zipfile

import openpyxl
import pytest
from conftest import ROOT, loaded

from macros.data.activity import ACTIVITY, GROUPS, WEEKDAYS
from macros.data.faults import report
from macros.output import schema
from macros.output.blank_spreadsheet import as_csv, as_xlsx, headings
from macros.reading import spreadsheet
from macros.reading.load import read

HEAD = "Navn;Beskrivelse;Arrangør;Sted;Gentages;Ugedage;Starter kl.;Tjekket dato;Tjekket af"
ROW = (
    "Gåtur på åen;Vi går og får øje på ænder.;Naboenheden;Det store torv;hver uge;tirsdag;10.00;"
    "1-11-2026;Naboenheden"
)


def put(project, name: str, raw: bytes):
    (project / "data/activities" / name).write_bytes(raw)
    return read(project)


def book(change=None, **cells) -> bytes:
    """A workbook with the row, some cells of it told anew; change: what else is done to it."""
    whole = dict(zip(HEAD.split(";"), ROW.split(";"), strict=True)) | cells
    made = openpyxl.Workbook()
    made.active.append(list(whole))
    made.active.append(list(whole.values()))
    if change:
        change(made)
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def tour(project, **cells):
    """The activity that a workbook with these cells makes."""
    site, faults = put(project, "ny.xlsx", book(**cells))
    assert report(faults) == "\nIngen fejl."
    return site.things["activity", "gaatur-paa-aaen"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_csv_is_read_however_it_was_saved(encoding, sign, project):
    text = f"{HEAD}\r\n{ROW}\r\n".replace(";", sign)

    site, faults = put(project, "ny.csv", text.encode(encoding))

    assert faults == []
    one = site.things["activity", "gaatur-paa-aaen"]
    assert (one.title, one.what) == ("Gåtur på åen", "Vi går og får øje på ænder.")
    assert (one.organiser, one.place) == ("naboenheden", "torvet")
    assert one.when[0].weekdays == ("tirsdag",)
    assert one.checked.date == datetime.date(2026, 11, 1)


def test_a_workbook_is_read_with_its_dates_times_and_numbers(project):
    made = openpyxl.Workbook()
    made.active.append(["navn", "BESKRIVELSE ", "Arrangør*", "Gentages", "Datoer", "Starter kl.",
                        "Slutter kl.", "Fra alder", "Skal man have henvisning", "Tjekket dato",
                        "Tjekket af"])  # fmt: skip
    made.active.append(["Sang", "Vi synger.\nAlle kan være med.", "Naboenheden", "enkelte dage",
                        datetime.date(2026, 12, 1), datetime.time(19, 30), "21", 18, False,
                        datetime.datetime(2026, 11, 1), "Naboenheden"])  # fmt: skip
    packed = io.BytesIO()
    made.save(packed)

    site, faults = put(project, "ny.xlsx", packed.getvalue())

    assert faults == []
    one = site.things["activity", "sang"]
    assert one.when[0].dates == (datetime.date(2026, 12, 1),)
    assert (one.when[0].start, one.when[0].end) == (datetime.time(19, 30), datetime.time(21))
    assert (one.age_from, one.referral) == (18, False)


def test_a_workbook_as_libreoffice_saves_it_is_read(project):
    """`files/libreoffice.xlsx` was saved by LibreOffice 7.4, with real dates and times."""
    raw = (ROOT / "tests/files/libreoffice.xlsx").read_bytes()

    site, faults = put(project, "ny.xlsx", raw)

    assert faults == []
    one = site.things["activity", "gaatur-paa-aaen"]
    assert one.when[0].start == datetime.time(10)
    assert one.checked.date == datetime.date(2026, 11, 1)


FAULTS = {
    "a word that is no weekday": (
        f"{HEAD}\n{ROW.replace('tirsdag', 'tirsdagg')}",
        "data/activities/ny.csv:2:6: række 2, kolonnen «Ugedage»: «tirsdagg» er ikke en gyldig "
        "værdi for «Ugedage»\n"
        "    Ret: vælg en af: mandag, tirsdag, onsdag, torsdag, fredag, lørdag, søndag",
    ),
    "a date that is not": (
        f"{HEAD}\n{ROW.replace('1-11-2026', '31-11-2026')}",
        "data/activities/ny.csv:2:8: række 2, kolonnen «Tjekket dato»: «31-11-2026» er ikke en "
        "dato, der findes for «Tjekket dato»\n    Ret: skriv år-måned-dag, fx 2026-12-01",
    ),
    "an organiser that is not": (
        f"{HEAD}\n{ROW.replace('Naboenheden;Det', 'Nabonheden;Det')}",
        "data/activities/ny.csv:2:3: række 2, kolonnen «Arrangør»: aktivitet «gaatur-paa-aaen» "
        "henviser til organisation «Nabonheden», som ikke findes\n"
        "    Ret: mente du «naboenheden»?",
    ),
    "an empty cell that must be filled": (
        f"{HEAD}\n{ROW.replace('Vi går og får øje på ænder.', '')}",
        "data/activities/ny.csv:2:1: række 2: feltet «Beskrivelse» mangler\n"
        "    Ret: udfyld kolonnen «Beskrivelse» (Korte sætninger. Sig »du«)",
    ),
    "a heading misspelt": (
        f"{HEAD.replace('Ugedage', 'Ugedga')}\n{ROW}",
        "data/activities/ny.csv:1:6: række 1: overskriften «Ugedga» kendes ikke\n"
        "    Ret: mente du «Ugedage»?",
    ),
    "a heading missing": (
        f"{HEAD.replace('Arrangør;', '')}\n{ROW.replace('Naboenheden;Det', 'Det')}",
        "data/activities/ny.csv:1:1: række 1: kolonnen «Arrangør» mangler\n"
        "    Ret: tilføj den; brug skabelonen",
    ),
    "a heading twice": (
        f"{HEAD};Navn\n{ROW};Navn",
        "data/activities/ny.csv:1:10: række 1: overskriften «Navn» står to gange\n"
        "    Ret: slet den ene kolonne",
    ),
    "an id that is a path": (
        f"Id;{HEAD}\n../../hemmelig;{ROW}",
        "data/activities/ny.csv:2:1: række 2: «../../hemmelig» kan ikke bruges som id\n"
        "    Ret: skriv fx «hemmelig» (kun a-z, 0-9 og bindestreg)",
    ),
    "the same activity twice": (
        f"{HEAD}\n{ROW}\n{ROW}",
        "data/activities/ny.csv:3:1: række 3: aktivitet «gaatur-paa-aaen» står også i "
        "data/activities/ny.csv\n    Ret: slet den ene",
    ),
    "a formula": (
        f"{HEAD}\n{ROW.replace('Vi går og får øje på ænder.', '=HYPERLINK(1)')}",
        "data/activities/ny.csv:2:2: række 2, kolonnen «Beskrivelse»: cellen er en formel "
        "(=HYPERLINK(1))\n    Ret: skriv selv det, der skal stå, i stedet for formlen",
    ),
    "two times in one cell": (
        f"{HEAD}\n{ROW.replace('10.00', 'kl. 14-16')}",
        "data/activities/ny.csv:2:7: række 2, kolonnen «Starter kl.»: «kl. 14-16» er to "
        "klokkeslæt for «Starter kl.»\n"
        "    Ret: skriv 14.00 i «Starter kl.» og 16.00 i «Slutter kl.»",
    ),
    "an end before the start": (
        f"{HEAD};Slutter kl.\n{ROW};9.30",
        "data/activities/ny.csv:2:1: række 2: sluttiden ligger ikke efter starttiden\n"
        "    Ret: ret tiderne; begge er på samme dag",
    ),
    "a referrer without a referral": (
        f"{HEAD};Hvem giver henvisningen\n{ROW};din læge",
        "data/activities/ny.csv:2:1: række 2: der står, hvem der henviser, men ikke at det "
        "kræver henvisning\n    Ret: skriv «ja» i kolonnen «Skal man have henvisning», eller slet "
        "«Hvem giver henvisningen»",
    ),
    "titles above the headings": (
        f"Vores aktiviteter\n\n{HEAD}\n{ROW.replace('tirsdag', 'tirsdagg')}",
        "data/activities/ny.csv:4:6: række 4, kolonnen «Ugedage»: «tirsdagg» er ikke en gyldig "
        "værdi for «Ugedage»\n"
        "    Ret: vælg en af: mandag, tirsdag, onsdag, torsdag, fredag, lørdag, søndag",
    ),
    "a script": (
        f"{HEAD}\n{ROW.replace('Vi går', '<script>x</script> Vi går')}",
        "data/activities/ny.csv:2:2: række 2, kolonnen «Beskrivelse»: teksten indeholder koden "
        "«<script>»\n    Ret: slet koden, og behold teksten; links og fed skrift kan ikke bruges",
    ),
    "a broken sum": (
        f"{HEAD}\n{ROW.replace('Vi går og får øje på ænder.', '#REF!')}",
        "data/activities/ny.csv:2:2: række 2, kolonnen «Beskrivelse»: cellen viser en regnefejl "
        "(#REF!)\n    Ret: skriv selv det, der skal stå",
    ),
    "a name without letters": (
        f"{HEAD}\n{ROW.replace('Gåtur på åen', '★★★')}",
        "data/activities/ny.csv:2:1: række 2: navnet har ingen bogstaver til et id\n"
        "    Ret: skriv selv et i kolonnen «Id»",
    ),
    "nothing": ("", "data/activities/ny.csv:1:1: filen er tom\n"
                "    Ret: skriv overskrifterne i første række"),
    "a quote left open": (
        f'{HEAD}\n"{ROW}',
        "data/activities/ny.csv:2:1: et anførselstegn bliver ikke lukket, eller en celle er alt "
        "for lang\n    Ret: ret cellen i regnearket, og gem filen igen som CSV",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_names_file_row_and_column(name, project):
    text, expected = FAULTS[name]

    _, faults = put(project, "ny.csv", text.encode())

    assert report(faults) == f"{expected}\n\n1 fejl."


@pytest.mark.parametrize("sign", "+-@")
def test_a_cell_that_a_spreadsheet_would_run_is_refused(sign, project):
    _, faults = put(
        project, "ny.csv", f"{HEAD}\n{ROW.replace('Vi går', f'{sign}SUM(A1)')}".encode()
    )

    assert [(fault.what, fault.cure) for fault in faults] == [
        (
            f"række 2, kolonnen «Beskrivelse»: cellen begynder med «{sign}», som et regneark "
            "læser som en formel",
            "begynd med et bogstav eller et tal",
        )
    ]


def test_a_formula_in_a_workbook_is_refused(project):
    _, faults = put(project, "ny.xlsx", book(Navn='=WEBSERVICE("x")'))

    assert 'kolonnen «Navn»: cellen er en formel (=WEBSERVICE("x"))' in report(faults)


def test_an_apostrophe_that_keeps_text_from_counting_is_taken_away(project):
    one = tour(project, Telefon="'+45 00 00 00 12", Beskrivelse="'- Vi går' en tur.")

    assert (one.contact.phone, one.what) == ("00 00 00 12", "- Vi går' en tur.")


@pytest.mark.parametrize("sign", ["=", "'="])
def test_a_formula_does_not_get_past_an_apostrophe(sign, project):
    raw = f"{HEAD}\n{ROW}".replace("Vi går", f"{sign}SUM(A1)").encode()

    assert len(put(project, "ny.xlsx", book(Beskrivelse=f"{sign}SUM(A1)"))[1]) == 1
    assert len(spreadsheet.read("x.csv", raw, ACTIVITY)[1]) == 1


def test_titles_above_the_headings_may_be_merged_and_an_empty_sheet_is_nothing(project):
    made = openpyxl.Workbook()
    made.active.append(["Vores aktiviteter"])
    made.active.append(["Efterår"])
    made.active.merge_cells("A1:D1")
    made.active.merge_cells("A2:D2")
    for line in (HEAD, ROW):
        made.active.append(line.split(";"))
    made.create_sheet("Ark2")
    out = io.BytesIO()
    made.save(out)

    rows, faults, remarks = spreadsheet.read("x.xlsx", out.getvalue(), ACTIVITY)

    assert [row.number for _, row in rows] == [4] and faults == [] and remarks == []


@pytest.mark.parametrize(
    ("told", "price"),
    [
        ("45,-", "45 kr."),
        (45, "45 kr."),
        ("kr. 45", "45 kr."),
        ("45,00", "45 kr."),
        (45.5, "45,50 kr."),
        ("45,5 kroner", "45,50 kr."),
        (0, "gratis"),
        ("0 kr.", "gratis"),
        ("Gratis!", "gratis"),
        ("40 kr. pr. gang", "40 kr. pr. gang"),
    ],
)
def test_a_price_is_put_as_danes_write_it(told, price, project):
    assert tour(project, Pris=told).price == price


def test_words_of_a_list_may_have_capitals_and_be_spaced_out(project):
    one = tour(
        project,
        Gentages="Hver  Uge ",
        Ugedage="Tirsdag; TORSDAG",
        Tilmelding="Kom bare",
        **{"Hvem er det for": "Unge, Mennesker med handicap", "Skal man have henvisning": "NEJ"},
    )

    assert one.when[0].weekdays == ("tirsdag", "torsdag")
    assert (one.sign_up, one.groups) == ("kom bare", ("unge", "mennesker med handicap"))
    assert (one.when[0].repeats, one.referral) == ("hver uge", False)


def test_a_number_with_decimals_comes_with_its_comma(project):
    made = openpyxl.Workbook()
    made.active.append(["Navn", "Postnummer", "Breddegrad", "Længdegrad"])
    made.active.append(["Huset", 9999, 55.501, 11.5])
    packed = io.BytesIO()
    made.save(packed)
    (project / "data/places/ny.xlsx").write_bytes(packed.getvalue())

    site, faults = put(project, "ny.xlsx", book(**{"Fra alder": 18.5}))

    assert site.documents["place", "huset"].value["latitude"] == "55,501"
    assert site.things["place", "huset"].latitude == 55.501
    assert [(fault.what, fault.cure) for fault in faults] == [
        (
            "række 2, kolonnen «Fra alder»: «18,5» for «Fra alder» er ikke et helt tal",
            "skriv et helt tal, fx 2",
        )
    ]


# --- what a sheet looks like --------------------------------------------------------------------


def titled(made) -> None:
    made.active.insert_rows(1, 2)
    made.active["A1"] = "Foreningens aktiviteter"
    made.active.merge_cells("A1:F1")


def test_titles_and_empty_rows_above_the_headings_are_skipped(project):
    site, faults = put(project, "ny.xlsx", book(titled))

    assert faults == []
    row = site.documents["activity", "gaatur-paa-aaen"]
    assert (row.number, row.position(("title",))) == (4, (4, 1))


def merged(made) -> None:
    made.active.append(ROW.replace("Gåtur", "Løbetur").split(";"))
    made.active.merge_cells("C2:C3")


def hidden(made) -> None:
    made.active.append(ROW.replace("Gåtur", "Løbetur").split(";"))
    made.active.row_dimensions[3].hidden = True


def more_sheets(made) -> None:
    made.create_sheet("Vejledning").append(["Kolonne"])
    made.create_sheet("Sommer").append(["Navn"])


def test_merged_cells_are_refused(project):
    _, faults = put(project, "ny.xlsx", book(merged))

    assert report(faults) == (
        "data/activities/ny.xlsx:2:1: cellerne C2:C3 er slået sammen, så kun den første har et "
        "indhold\n    Ret: ophæv sammenlægningen, og skriv i hver celle\n\n1 fejl."
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            hidden,
            "data/activities/ny.xlsx:3:1: skjulte rækker kommer også på siden: række 3\n"
            "    Ret: slet dem, eller vis dem, så du kan se, hvad der står",
        ),
        (
            more_sheets,
            "data/activities/ny.xlsx:1:1: arket «Sommer» bliver ikke læst; kun det første ark gør\n"
            "    Ret: flyt rækkerne til det første ark",
        ),
    ],
)
def test_what_one_may_have_overlooked_is_remarked_on_and_the_rows_are_taken(change, told, project):
    before = loaded().beside.remarks

    site, faults = put(project, "ny.xlsx", book(change))

    assert faults == [] and ("activity", "gaatur-paa-aaen") in site.things
    assert [str(one) for one in site.beside.remarks if one not in before] == [told]


@pytest.mark.parametrize("raw", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0gammel xls", b""])
def test_what_is_no_workbook_is_told(raw, project):
    _, faults = put(project, "ny.xlsx", raw)

    assert [fault.what for fault in faults] == ["filen er ikke et regneark, siden kan læse"]


def test_a_workbook_that_swells_is_not_unpacked(project):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_001)

    _, faults = put(project, "ny.xlsx", packed.getvalue())

    assert [fault.what for fault in faults] == ["filen er alt for stor, når den pakkes ud"]


@pytest.mark.parametrize("row", ["2000000000", "30000"])
def test_a_workbook_with_a_far_away_row_is_read_in_no_time(row, project):
    far, start = io.BytesIO(), time.monotonic()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(far, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                end = f'<row r="{row}"><c r="ZZZ{row}"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", end.encode())
            new.writestr(name, content)

    site, faults = put(project, "ny.xlsx", far.getvalue())

    assert faults == []
    assert ("activity", "gaatur-paa-aaen") in site.things
    assert time.monotonic() - start < 5


def test_many_faults_are_counted_rather_than_printed(project):
    rows = "\n".join(ROW.replace("Gåtur", f"+Tur {number}") for number in range(300))

    _, faults = put(project, "ny.csv", f"{HEAD}\n{rows}".encode())

    assert sum("begynder med «+»" in fault.what for fault in faults) == spreadsheet.MAX_FAULTS
    assert "filen har 200 fejl mere af samme slags" in report(faults)


def test_excels_own_lock_and_hint_are_no_faults(project):
    (project / "data/activities/~$ny.xlsx").write_bytes(b"x")

    _, faults = put(project, "ny.csv", f"sep=;\n{HEAD}\n{ROW}".encode())

    assert faults == []


def test_another_kind_of_spreadsheet_is_told_how_to_be_saved(project):
    _, faults = put(project, "ny.ods", b"x")

    assert faults[0].cure == "åbn den i et regneark, og gem den som .xlsx eller .csv"


def test_the_templates_are_read_as_they_are_and_hold_every_column(project):
    for name, raw in (("a.csv", as_csv(ACTIVITY)), ("b.xlsx", as_xlsx(ACTIVITY))):
        assert put(project, name, raw)[1] == []

    assert len(set(headings(ACTIVITY))) == len(headings(ACTIVITY)) > 40
    kept = openpyxl.load_workbook(ROOT / schema.FOLDER / "skabelon-alle-felter.xlsx")
    assert [cell.value for cell in kept.worksheets[0][1]] == headings(ACTIVITY)
    guide = {row[0].value: row[3].value for row in kept["Vejledning"].iter_rows(min_row=2)}
    assert set(guide) == set(headings(ACTIVITY))
    assert guide["Ugedage"] == ", ".join(WEEKDAYS)
    assert guide["Hvem er det for"] == ", ".join(GROUPS)
    assert guide["Tilmelding"] == "kom bare, tilmelding"
    assert guide["Ikke på helligdage"] == "ja, nej"


def test_associations_get_fifteen_columns_and_a_row_that_holds(project):
    path = ROOT / schema.FOLDER / "skabelon.xlsx"
    book = openpyxl.load_workbook(path)
    heads = [cell.value for cell in book.worksheets[0][1]]
    assert len(heads) == 15 and set(heads) < set(headings(ACTIVITY))
    assert book.worksheets[0].max_row == 1  # what is to look at is no row of theirs
    site, faults = put(project, "tom.xlsx", path.read_bytes())
    assert faults == [] and not any("Udfyldt" in str(one) for one in site.beside.remarks)
    choices = [rule.formula1 for rule in book.worksheets[0].data_validations.dataValidation]
    assert '"kom bare,tilmelding"' in choices

    shown = book["Udfyldt eksempel"]
    row = dict(zip(heads, [cell.value or "" for cell in shown[2]], strict=True))
    row |= {"Arrangør": "Naboenheden", "Sted": "Det store torv", "Tjekket af": "Naboenheden"}
    text = f"{';'.join(row)}\n" + ";".join(f'"{cell}"' for cell in row.values())
    site, faults = put(project, "ny.csv", text.encode())
    assert faults == []
    (when,) = site.things["activity", "gaatur-for-begyndere"].when
    assert when.weekdays == ("tirsdag", "torsdag")


def test_places_can_be_a_sheet_too_and_rows_find_them_by_name(project):
    (project / "data/places/ark.csv").write_text(
        "Navn;Adresse;Postnummer;Kørestol\nHuset;Vej 1;9999 Lillevig;ja\n", encoding="utf-8"
    )

    site, faults = put(
        project, "ny.csv", f"{HEAD}\n{ROW}".replace("Det store torv", "huset").encode()
    )

    assert faults == []
    assert site.things["activity", "gaatur-paa-aaen"].place == "huset"
    assert site.things["place", "huset"].postcode == "9999"


def test_rows_of_both_kinds_of_file_are_activities_like_others():
    rows: dict[str, set[str]] = {}
    for (kind, id), document in loaded().documents.items():
        if kind == "activity" and isinstance(document, spreadsheet.Row):
            rows.setdefault(document.path, set()).add(id)

    assert {path: len(ids) for path, ids in rows.items()} == {
        "data/activities/ark.xlsx": 2,
        "data/activities/arket.csv": 1,
        "data/activities/eksempler.csv": 5,
    }
    assert all(("activity", id) in loaded().things for ids in rows.values() for id in ids)


def test_cells_as_people_fill_them_in(project):
    made = openpyxl.Workbook()
    made.create_sheet("Tomt", 0)
    sheet_ = made.worksheets[1]
    told = {"Ugedage": "tirsdag og torsdag", "Tjekket dato": "1. november 2026",
            "Beskrivelse": "Vi\tgår.", "Telefon": "+45 12-34-56-78"}  # fmt: skip
    row = dict(zip(HEAD.split(";"), ROW.split(";"), strict=True)) | told
    sheet_.append(list(row))
    sheet_.append(list(row.values()))
    out = io.BytesIO()
    made.save(out)

    rows, faults, remarks = spreadsheet.read("x.xlsx", out.getvalue(), ACTIVITY)

    assert faults == [] and remarks == []
    one = ACTIVITY.model.model_validate({**rows[0][1].value, "id": rows[0][0]})
    assert one.when[0].weekdays == ("tirsdag", "torsdag")
    assert (one.checked.date, one.what) == (datetime.date(2026, 11, 1), "Vi går.")
    assert one.contact.phone == "12 34 56 78"
