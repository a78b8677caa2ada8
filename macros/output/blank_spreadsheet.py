"""The model as an empty spreadsheet with headings, choices and help: for those who fill it in.

Written by `make schema` into `data/_schema/` and offered on the site; byte for byte the same
for the same model.
"""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime

from macros.data.fields import columns
from macros.data.kind import Kind
from macros.reading.spreadsheet import GUIDE

NAMES = ("skabelon.csv", "skabelon.xlsx")
HEAD = ("Kolonne", "Skal udfyldes", "Hjælp", "Mulige svar")
LONG_AGO = datetime(2000, 1, 1)


def make(name: str, kind: Kind) -> bytes:
    """The file of that name (one of `NAMES`)."""
    return as_csv(kind) if name.endswith(".csv") else as_xlsx(kind)


def as_csv(kind: Kind) -> bytes:
    """Headings only; semicolons and a byte order mark, so that Danish Excel reads it right."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(headings(kind))
    return text.getvalue().encode("utf-8-sig")


def headings(kind: Kind) -> list[str]:
    return ["Id", *(column.heading for column in columns(kind.model))]


def as_xlsx(kind: Kind) -> bytes:
    """A sheet to fill in, with lists to choose from, and a sheet of help."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    book.properties.created = book.properties.modified = LONG_AGO
    book.properties.creator = ""
    sheet = book.active
    sheet.title = "Udfyld her"
    sheet.append(headings(kind))
    sheet.freeze_panes = "C2"
    for place, column in enumerate(columns(kind.model), start=2):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = max(14, len(column.heading) + 2)
        if (words := column.field.words) and not column.many:
            rule = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True)
            rule.add(f"{letter}2:{letter}1000")
            sheet.add_data_validation(rule)
    guide = book.create_sheet(GUIDE)
    guide.append(HEAD)
    guide.append(("Id", "nej", "Sidste del af sidens adresse. Tomt: dannes af navnet.", ""))
    for column in columns(kind.model):
        help = column.field.help
        if column.many:
            help = f"{help} Flere svar: sæt semikolon imellem.".strip()
        words = ", ".join(column.field.words)
        guide.append((column.heading, "ja" if column.required else "nej", help, words))
    for letter, width in zip("ABCD", (28, 14, 60, 60), strict=True):
        guide.column_dimensions[letter].width = width
    for filled in (sheet, guide):
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
