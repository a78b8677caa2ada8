"""Spreadsheets as a source: each row of a `.csv` or `.xlsx` file becomes a document.

A stage beside `yaml_source`, with the same result: text values with their positions. The
columns are the model's own fields under their Danish labels, so that the template, the
headings and the faults cannot drift from it.
"""

from __future__ import annotations

import csv
import difflib
import io
import itertools
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from macros.data.document import Document
from macros.data.faults import Fault, shown
from macros.data.fields import Column, columns
from macros.data.kind import Kind
from macros.data.values import MAX_ID, Model, Path, is_slug
from macros.language.text import slug

ENDINGS = (".csv", ".xlsx")
MAX_BYTES = 10_000_000
MAX_ROWS = 20_000
MAX_BLANK_ROWS = 1_000  # formatted, but empty: spreadsheets keep thousands of them
MAX_COLUMNS = 100
MAX_ABOVE = 10  # rows above the headings
# The template's own further sheets.
GUIDE, FILLED = "Vejledning", "Udfyldt eksempel"
MAX_FAULTS = 100
# Bytes of a workbook's parts when unpacked; a small file can hide what takes for ever to read.
MAX_PARTS = {"xl/worksheets/": 60_000_000, "xl/sharedStrings.xml": 20_000_000, "": 2_000_000}
_ID = "Id"


@dataclass(frozen=True)
class Row(Document):
    """One row as a document; its faults name the row and the column's heading."""

    number: int = 0
    headings: dict[Path, str] = field(default_factory=dict)

    def fault(self, where: Path, what: str, cure: str) -> Fault:
        line, column = self.position(where)
        heading = next(
            (self.headings[where[:end]] for end in range(len(where), 0, -1)
             if where[:end] in self.headings),
            None,
        )  # fmt: skip
        place = f"række {self.number}" + (f", kolonnen «{heading}»" if heading else "")
        return Fault(self.path, line, column, f"{place}: {what}", cure)

    key_fault = fault

    def named(self, key: str, title: str | None) -> str:
        return f"«{title or key}»"

    def setting(self, key: str, title: str | None, value: str) -> str:
        return f"«{value}» i kolonnen «{title or key}»"

    def addition(self, key: str, several: bool) -> str:
        heading = next((name for path, name in self.headings.items() if path[-1] == key), key)
        return f"udfyld kolonnen «{heading}»"


def read(
    path: str, raw: bytes, kind: Kind
) -> tuple[list[tuple[str, Row]], list[Fault], list[Fault]]:
    """The rows of a file by id, what is wrong with the file itself, and what is worth saying.

    path: the file's name in faults. raw: its bytes.
    """
    remarks: list[Fault] = []
    try:
        merged: list[str] = []
        table = _csv(raw) if path.lower().endswith(".csv") else _xlsx(path, raw, remarks, merged)
        rows, faults = _rows(path, table, kind, merged)
        if len(faults) > MAX_FAULTS:
            what = f"filen har {len(faults) - MAX_FAULTS} fejl mere af samme slags"
            last = Fault(path, faults[MAX_FAULTS].line, 1, what, "ret de første, og se igen")
            faults = [*faults[:MAX_FAULTS], last]
        return rows, faults, remarks
    except _Unreadable as stop:
        return [], [Fault(path, stop.line, stop.column, stop.what, stop.cure)], remarks


class _Unreadable(Exception):
    def __init__(self, what: str, cure: str, line: int = 1, column: int = 1):
        self.what, self.cure, self.line, self.column = what, cure, line, column


Cells = list[str]


def _csv(raw: bytes) -> Iterator[Cells]:
    text = decode(raw)
    head = text.partition("\n")[0]
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error:
        raise _Unreadable(
            "et anførselstegn bliver ikke lukket, eller en celle er alt for lang",
            "ret cellen i regnearket, og gem filen igen som CSV",
            reader.line_num,
        ) from None


def decode(raw: bytes) -> str:
    """Text as Excel, LibreOffice and others write it: UTF-8, UTF-16 with mark, Windows-1252."""
    for encoding in ("utf-8-sig", "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1252"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _Unreadable(
        "filens tegn kan ikke læses", "åbn den i et regneark, og gem den igen som CSV UTF-8"
    )


def _xlsx(path: str, raw: bytes, remarks: list[Fault], merged: list[str]) -> Iterator[Cells]:
    """The rows of the first sheet. remarks, merged: what else there is to say of it, filled in."""
    from openpyxl import load_workbook  # 0.2 s that most commands can do without

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            _refuse_swelling(packed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of missing styles, in English
            book = load_workbook(io.BytesIO(raw), read_only=True)
            sheet = next(filter(_holds, book.worksheets), book.worksheets[0])
            with zipfile.ZipFile(io.BytesIO(raw)) as packed:
                part = packed.read(sheet._worksheet_path)
            merged += [match.decode() for match in _MERGED.findall(part)]
            remarks += _hidden(path, part)
            others = (
                s for s in book.worksheets if s is not sheet and s.title not in (GUIDE, FILLED)
            )
            unread = [other.title for other in others if _holds(other)]
            if unread:
                what = f"arket «{unread[0]}» bliver ikke læst; kun det første ark gør"
                remarks.append(Fault(path, 1, 1, what, "flyt rækkerne til det første ark"))
            sheet.reset_dimensions()
            for row in sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1):
                yield [_text(cell) for cell in row]
    except _Unreadable:
        raise
    except Exception:  # whatever a broken or hostile file makes the library raise
        raise _Unreadable(
            "filen er ikke et regneark, siden kan læse",
            "åbn den i et regneark, og gem den igen som Excel (.xlsx)",
        ) from None


_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=\"([A-Z]+\d+:[A-Z]+\d+)\"")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b(?=[^>]*?\bhidden=\"(?:1|true)\")[^>]*?\br=\"(\d+)\"")


def _holds(sheet: Any) -> bool:
    """Whether a sheet has anything in its first cells; programs add empty ones."""
    return any(cell.value is not None for row in sheet.iter_rows(max_row=50) for cell in row)


def _refuse_merged(merged: list[str], top: int) -> None:
    """Cells in one below the headings: all but the first are empty. A title above may be so."""
    for cells in merged:
        row = int(re.search(r"\d+$", cells).group())
        if row >= top:
            raise _Unreadable(
                f"cellerne {cells} er slået sammen, så kun den første har et indhold",
                "ophæv sammenlægningen, og skriv i hver celle",
                int(re.search(r"\d+", cells).group()),
            )


def _hidden(path: str, part: bytes) -> Iterator[Fault]:
    """A remark on rows that nobody sees in the spreadsheet."""
    if hidden := [int(number) for number in _HIDDEN_ROW.findall(part)]:
        rows = ", ".join(map(str, hidden[:6])) + (" …" if len(hidden) > 6 else "")
        what = f"skjulte rækker kommer også på siden: række {rows}"
        cure = "slet dem, eller vis dem, så du kan se, hvad der står"
        yield Fault(path, hidden[0], 1, what, cure)


def _refuse_swelling(packed: zipfile.ZipFile) -> None:
    for part in packed.infolist():
        room = next(most for start, most in MAX_PARTS.items() if part.filename.startswith(start))
        if part.file_size > room:
            raise _Unreadable(
                "filen er alt for stor, når den pakkes ud", "kopiér cellerne til et nyt regneark"
            )


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, timedelta):
        value = (datetime.min + value).time()
    if cell.data_type == "f":
        return f"={value}".replace("==", "=", 1)
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%H.%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H.%M}"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}".replace(".", ",")
    # A line break as some programs write it.
    return re.sub(r"_x000D_\n?|\r\n?", "\n", str(value))


def _rows(
    path: str, table: Iterator[Cells], kind: Kind, merged: list[str]
) -> tuple[list[tuple[str, Row]], list[Fault]]:
    known = {_key(column.heading): column for column in columns(kind.model)}
    head, top, table = _head(table, known)
    _refuse_merged(merged, top)
    while head and not head[-1]:
        head.pop()
    if len(head) > MAX_COLUMNS:
        raise _Unreadable(f"filen har flere end {MAX_COLUMNS} kolonner", "brug skabelonen")
    faults = list(_head_faults(path, head, top, known))
    places = {place: known[_key(name)] for place, name in enumerate(head) if _key(name) in known}
    id_place = next((place for place, name in enumerate(head) if _key(name) == _key(_ID)), None)
    if faults:
        return [], faults
    rows: list[tuple[str, Row]] = []
    blank = 0
    for number, cells in enumerate(table, start=top + 1):
        typed = [cell.strip().replace("\r\n", "\n").replace("\t", " ") for cell in cells]
        cells = [_unquoted(cell) for cell in typed]
        if not any(cells):
            blank += 1
            if blank > MAX_BLANK_ROWS:
                break
            continue
        blank = 0
        if len(rows) == MAX_ROWS:
            what = f"filen har flere end {MAX_ROWS} rækker"
            return rows, [*faults, Fault(path, number, 1, what, "del den i flere filer")]
        row = _row(path, number, cells, places)
        faults += _formulas(row, cells, typed, places)
        if len(cells) > len(head) and any(cells[len(head) :]):
            what, cure = (
                "der er flere celler end overskrifter",
                "sæt celler med tegnet mellem kolonnerne i anførselstegn",
            )
            faults.append(row.fault((), what, cure))
        given = cells[id_place] if id_place is not None and id_place < len(cells) else ""
        id = given or slug(str((row.value or {}).get("title", "")))[:MAX_ID].rstrip("-")
        if not given and not id:
            what, cure = "navnet har ingen bogstaver til et id", "skriv selv et i kolonnen «Id»"
            faults.append(row.fault((), what, cure))
            continue
        if not is_slug(id):
            cure = f"skriv fx «{slug(given)[:MAX_ID] or 'et-navn'}» (kun a-z, 0-9 og bindestreg)"
            faults.append(row.fault((), f"«{shown(given)}» kan ikke bruges som id", cure))
            continue
        rows.append((id, row))
    return rows, faults


def _unquoted(cell: str) -> str:
    """A cell without the apostrophe by which spreadsheets and our form keep text from counting."""
    return cell[1:] if re.match(r"'[=+\-@]", cell) else cell


def _key(heading: str) -> str:
    return " ".join(heading.lower().split()).rstrip(" *:")


def _head(table: Iterator[Cells], known: dict[str, Column]) -> tuple[Cells, int, Iterator[Cells]]:
    """The row of headings, its number, and the rows below it.

    Titles and empty rows may stand above it; if no row near the top has two headings that are
    known, it is the first.
    """
    above: list[Cells] = []
    for cells in itertools.islice(table, MAX_ABOVE):
        above.append([cell.strip() for cell in cells])
        if sum(_key(cell) in known for cell in above[-1]) >= 2:
            return above[-1], len(above), table
    if above and re.fullmatch(r"sep=.?", above[0][0] if above[0] else "", re.IGNORECASE):
        above[0] = []  # Excel's own hint to itself
    at = next((at for at, cells in enumerate(above) if any(cells)), 0)
    return (above[at] if above else []), at + 1, itertools.chain(above[at + 1 :], table)


def _head_faults(path: str, head: Cells, top: int, known: dict[str, Column]) -> Iterator[Fault]:
    seen: set[str] = set()
    if not any(head):
        yield Fault(path, 1, 1, "filen er tom", "skriv overskrifterne i første række")
        return
    for place, name in enumerate(head, start=1):
        key = _key(name)
        if key in seen:
            what = f"række {top}: overskriften «{shown(name)}» står to gange"
            yield Fault(path, top, place, what, "slet den ene kolonne")
        elif key and key not in known and key != _key(_ID):
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
            cure = f"mente du «{known[near[0]].heading}»?" if near else "slet kolonnen"
            what = f"række {top}: overskriften «{shown(name)}» kendes ikke"
            yield Fault(path, top, place, what, cure)
        seen |= {key} if key else set()
    for key, column in known.items():
        if column.required and key not in seen:
            what = f"række {top}: kolonnen «{column.heading}» mangler"
            yield Fault(path, top, 1, what, "tilføj den; brug skabelonen")


def _row(path: str, number: int, cells: Cells, places: dict[int, Column]) -> Row:
    value: dict[str, Any] = {}
    positions: dict[Path, tuple[int, int]] = {(): (number, 1)}
    headings: dict[Path, str] = {}
    for place, column in places.items():
        positions[column.path], headings[column.path] = (number, place + 1), column.heading
        if place < len(cells) and cells[place]:
            _put(value, column.path, _items(cells[place], column) if column.many else cells[place])
    return Row(path, value, {}, positions, number, headings)


def _items(cell: str, column: Column) -> list[str]:
    # «tirsdag og torsdag»; but «Sundhed og omsorg» is one name.
    between = r"[;\n,]|\bog\b" if column.field.words else r"[;\n,]" if column.single else r"[;\n]"
    parts = re.split(between, cell)
    return [part.strip() for part in parts if part.strip()]


def _put(value: dict[str, Any], path: Path, item: object) -> None:
    """Set what lies at a path, making the dicts and lists on the way."""
    here: Any = value
    for step, after in pairwise(path):
        if isinstance(step, int):
            if not here:
                here.append({})
            here = here[step]
        else:
            here = here.setdefault(step, [] if isinstance(after, int) else {})
    here[path[-1]] = item


_DIALLED = re.compile(r"\+?[\d(][\d ().–-]*\d")
_BROKEN = re.compile(r"#(REF|N/A|VALUE|NAME|DIV/0|NUM|NULL|REFERENCE|VÆRDI|NAVN)[!?]?")


def _formulas(row: Row, cells: Cells, typed: Cells, places: dict[int, Column]) -> Iterator[Fault]:
    for place, column in places.items():
        cell = cells[place] if place < len(cells) else ""
        if _BROKEN.fullmatch(cell):
            what = f"cellen viser en regnefejl ({cell})"
            yield row.fault(column.path, what, "skriv selv det, der skal stå")
        elif cell[:1] == "=":
            what = f"cellen er en formel ({shown(cell)})"
            yield row.fault(column.path, what, "skriv selv det, der skal stå, i stedet for formlen")
        elif typed[place : place + 1] == [f"'{cell}"]:
            continue  # kept from counting: text that begins so
        elif cell[:1] in ("+", "-", "@") and not _DIALLED.fullmatch(cell):
            yield row.fault(
                column.path,
                f"cellen begynder med «{cell[0]}», som et regneark læser som en formel",
                "begynd med et bogstav eller et tal",
            )


def resolve(row: Row, model: type[Model], find: Callable[[str, str], str]) -> Row:
    """The row with ids where its cells name things by title; find(kind, text) -> id."""
    for column in columns(model):
        if column.ref is None:
            continue
        here: Any = row.value
        for step in column.path[:-1]:
            try:
                here = here[step]
            except (KeyError, IndexError):
                here = {}
                break
        if (name := column.path[-1]) in here:
            written = here[name]
            here[name] = (
                [find(column.ref, item) for item in written]
                if column.many
                else find(column.ref, written)
            )
    return row
