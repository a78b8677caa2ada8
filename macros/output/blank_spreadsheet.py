"""The model as an empty spreadsheet with headings, choices and help: for those who fill it in.

One has what associations are asked for, with a row filled in to look at; the other has every
field, for editors. Written by `make schema` into `data/_schema/` and offered on the site; byte for
byte the same for the same model.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime

from macros.data.fields import Column, columns
from macros.data.kind import Kind
from macros.reading.spreadsheet import FILLED, GUIDE

NAMES = (
    "skabelon.csv",
    "skabelon.xlsx",
    "skabelon-alle-felter.csv",
    "skabelon-alle-felter.xlsx",
)
_ALL = "alle-felter"
# What associations are asked for, by the field's path in a file, and how it may be filled in.
ASKED = {
    "title": "Gåtur for begyndere",
    "what": "Vi går en rolig tur på en time. Du kan vende om, når du vil.",
    "organiser": "Foreningens navn",
    "place": "Stedets navn",
    "when.0.repeats": "hver uge",
    "when.0.weekdays": "tirsdag; torsdag",
    "when.0.dates": "",
    "when.0.start": "10.00",
    "when.0.end": "11.30",
    "groups": "voksne; ældre",
    "price": "gratis",
    "sign_up": "kom bare",
    "contact.phone": "",
    "checked.date": "2026-01-31",
    "checked.by": "Foreningens navn",
}
HEAD = ("Kolonne", "Skal udfyldes", "Hjælp", "Mulige svar")
LONG_AGO = datetime(2000, 1, 1)


def make(name: str, kind: Kind) -> bytes:
    """The file of that name (one of `NAMES`)."""
    whole = _ALL in name
    return as_csv(kind, whole) if name.endswith(".csv") else as_xlsx(kind, whole)


def asked(kind: Kind, whole: bool) -> list[Column]:
    """The columns: every one, or those that associations are asked for."""
    every = columns(kind.model)
    return [one for one in every if whole or _path(one) in ASKED]


def _path(column: Column) -> str:
    return ".".join(map(str, column.path))


def as_csv(kind: Kind, whole: bool = True) -> bytes:
    """Headings only; semicolons and a byte order mark, so that Danish Excel reads it right."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(headings(kind, whole))
    return text.getvalue().encode("utf-8-sig")


def headings(kind: Kind, whole: bool = True) -> list[str]:
    own = [column.heading for column in asked(kind, whole)]
    return ["Id", *own] if whole else own


def as_xlsx(kind: Kind, whole: bool = True) -> bytes:
    """A sheet to fill in, with lists to choose from, and a sheet of help; for associations, one
    with a row filled in too."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    book.properties.created = book.properties.modified = LONG_AGO
    book.properties.creator = ""
    sheet = book.active
    sheet.title = "Udfyld her"
    every = asked(kind, whole)
    sheet.append(headings(kind, whole))
    sheet.freeze_panes = "C2" if whole else "B2"
    for place, column in enumerate(every, start=2 if whole else 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = max(14, len(column.heading) + 2)
        if (words := column.field.words) and not column.many:
            rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
            rule.add(f"{letter}2:{letter}1000")
            sheet.add_data_validation(rule)
    guide = book.create_sheet(GUIDE)
    guide.append(HEAD)
    if whole:
        guide.append(("Id", "nej", "Sidste del af sidens adresse. Tomt: dannes af navnet.", ""))
    for column in every:
        help = column.field.help
        if column.many:
            help = f"{help} Flere svar: sæt semikolon imellem.".strip()
        words = ", ".join(column.field.words)
        guide.append((column.heading, "ja" if column.required else "nej", help, words))
    for letter, width in zip("ABCD", (28, 14, 60, 60), strict=True):
        guide.column_dimensions[letter].width = width
    if not whole:
        shown = book.create_sheet(FILLED)
        shown.append(headings(kind, whole))
        shown.append([ASKED[_path(column)] for column in every])
        for place, column in enumerate(every, start=1):
            width = max(len(column.heading), len(ASKED[_path(column)]))
            shown.column_dimensions[get_column_letter(place)].width = min(60, width + 2)
    for filled in book.worksheets:
        for cell in filled[1]:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    packed = io.BytesIO()
    book.save(packed)
    return without_clock(packed.getvalue())


def without_clock(packed: bytes) -> bytes:
    # Neither the zip's own times nor «modified», which openpyxl sets when it saves.
    result = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed)) as old,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                start = content.index(b"<dcterms:modified")
                end = content.index(b"</dcterms:modified>")
                at = content.index(b">", start) + 1
                content = content[:at] + b"2000-01-01T00:00:00Z" + content[end:]
            new.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), content)
    return result.getvalue()
