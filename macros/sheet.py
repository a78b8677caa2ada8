"""Spreadsheets as a source: each row of a `.csv` or `.xlsx` file becomes a document.

A stage beside `yaml_source`, with the same result: text values with their positions. The
columns are the model's own fields under their Danish labels, so that the template, the
headings and the faults cannot drift from it.
"""

from __future__ import annotations

import csv
import difflib
import io
import pathlib
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from macros.faults import Fault
from macros.model import Kind
from macros.text import slug
from macros.values import MAX_ID, Model, Path, Ref, Remark, is_slug, shown
from macros.yaml_source import Document

ENDINGS = (".csv", ".xlsx")
MAX_BYTES = 10_000_000
MAX_ROWS = 20_000
MAX_BLANK_ROWS = 1_000  # formatted, but empty: spreadsheets keep thousands of them
MAX_COLUMNS = 100
MAX_FAULTS = 100
# Bytes of a workbook's parts when unpacked; a small file can hide what takes for ever to read.
MAX_PARTS = {"xl/worksheets/": 60_000_000, "xl/sharedStrings.xml": 20_000_000, "": 2_000_000}
_ID = "Id"


@dataclass(frozen=True)
class Column:
    """A column: its heading, the field it fills, and how.

    ref: the kind that a cell names, if it names one. words: a list's items are single words,
    so that a comma parts them. rooms for a list are parted by semicolons and line breaks.
    """

    heading: str
    path: Path
    field: FieldInfo
    many: bool = False
    ref: str | None = None
    words: bool = False
    required: bool = False


@cache
def columns(model: type[Model]) -> tuple[Column, ...]:
    """The columns of a model, in its own order; of a list of things, the first one."""
    return tuple(_columns(model, (), True))


def _columns(model: type[Model], where: Path, required: bool) -> Iterator[Column]:
    for name, info in model.model_fields.items():
        if not where and name == "id":
            continue
        here, needed = (*where, name), required and info.is_required()
        inner, listed = _inner_model(info.annotation)
        if inner and issubclass(inner, Remark):
            continue  # sourced prose is no matter for a spreadsheet
        if inner:
            yield from _columns(inner, (*here, 0) if listed else here, False)
        else:
            refs = [mark.kind for mark in (*info.metadata, *_marks(info)) if isinstance(mark, Ref)]
            many = _is_list(info.annotation)
            yield Column(
                info.title or name,
                here,
                info,
                many,
                refs[0] if refs else None,
                many and (bool(refs) or "Line" not in str(info.annotation)),
                needed,
            )


def _marks(info: FieldInfo) -> Iterator[object]:
    def walk(annotation: Any) -> Iterator[object]:
        yield from getattr(annotation, "__metadata__", ())
        for argument in get_args(annotation):
            yield from walk(argument)

    return walk(info.annotation)


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(map(_is_list, get_args(annotation)))


def _inner_model(annotation: Any) -> tuple[type[Model] | None, bool]:
    """The model inside a field's annotation, and whether the field is a list of such."""
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation, False
    for argument in get_args(annotation):
        found, listed = _inner_model(argument)
        if found:
            return found, listed or get_origin(annotation) is tuple
    return None, False


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

    def addition(self, key: str, several: bool) -> str:
        heading = next((name for path, name in self.headings.items() if path[-1] == key), key)
        return f"udfyld kolonnen «{heading}»"


def read(path: str, file: pathlib.Path, kind: Kind) -> tuple[list[tuple[str, Row]], list[Fault]]:
    """The rows of a file by id, and what is wrong with the file itself.

    path: the file's name in faults. file: where it lies.
    """
    try:
        if (size := file.stat().st_size) > MAX_BYTES:
            raise _Unreadable(
                f"filen fylder {size // 10**6} MB; den må højst fylde {MAX_BYTES // 10**6}",
                "del den i flere filer",
            )
        raw = file.read_bytes()
        table = _csv(raw) if path.lower().endswith(".csv") else _xlsx(raw)
        rows, faults = _rows(path, table, kind)
        if len(faults) > MAX_FAULTS:
            what = f"filen har {len(faults) - MAX_FAULTS} fejl mere af samme slags"
            last = Fault(path, faults[MAX_FAULTS].line, 1, what, "ret de første, og se igen")
            faults = [*faults[:MAX_FAULTS], last]
        return rows, faults
    except _Unreadable as stop:
        return [], [Fault(path, stop.line, stop.column, stop.what, stop.cure)]


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


def _xlsx(raw: bytes) -> Iterator[Cells]:
    from openpyxl import load_workbook  # 0.2 s that most commands can do without

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            _refuse_swelling(packed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of missing styles, in English
            book = load_workbook(io.BytesIO(raw), read_only=True)
            sheet = book.worksheets[0]
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
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    # A line break as some programs write it.
    return re.sub(r"_x000D_\n?|\r\n?", "\n", str(value))


def _rows(
    path: str, table: Iterator[Cells], kind: Kind
) -> tuple[list[tuple[str, Row]], list[Fault]]:
    known = {_key(column.heading): column for column in columns(kind.model)}
    head = [cell.strip() for cell in next(table, [])]
    if head and re.fullmatch(r"sep=.?", head[0], re.IGNORECASE):  # Excel's own hint to itself
        head = [cell.strip() for cell in next(table, [])]
    while head and not head[-1]:
        head.pop()
    if len(head) > MAX_COLUMNS:
        raise _Unreadable(f"filen har flere end {MAX_COLUMNS} kolonner", "brug skabelonen")
    faults = list(_head_faults(path, head, known))
    places = {place: known[_key(name)] for place, name in enumerate(head) if _key(name) in known}
    id_place = next((place for place, name in enumerate(head) if _key(name) == _key(_ID)), None)
    if faults:
        return [], faults
    rows: list[tuple[str, Row]] = []
    blank = 0
    for number, cells in enumerate(table, start=2):
        cells = [cell.strip().replace("\r\n", "\n") for cell in cells]
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
        faults += _formulas(row, cells, places)
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


def _key(heading: str) -> str:
    return " ".join(heading.lower().split()).rstrip(" *:")


def _head_faults(path: str, head: Cells, known: dict[str, Column]) -> Iterator[Fault]:
    seen: set[str] = set()
    if not any(head):
        yield Fault(path, 1, 1, "filen er tom", "skriv overskrifterne i første række")
        return
    for place, name in enumerate(head, start=1):
        key = _key(name)
        if key in seen:
            what = f"række 1: overskriften «{shown(name)}» står to gange"
            yield Fault(path, 1, place, what, "slet den ene kolonne")
        elif key and key not in known and key != _key(_ID):
            near = difflib.get_close_matches(key, known, n=1, cutoff=0.6)
            cure = f"mente du «{known[near[0]].heading}»?" if near else "slet kolonnen"
            what = f"række 1: overskriften «{shown(name)}» kendes ikke"
            yield Fault(path, 1, place, what, cure)
        seen |= {key} if key else set()
    for key, column in known.items():
        if column.required and key not in seen:
            what = f"række 1: kolonnen «{column.heading}» mangler"
            yield Fault(path, 1, 1, what, "tilføj den; brug skabelonen")


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
    parts = re.split(r"[;\n,]" if column.words else r"[;\n]", cell)
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


_DIALLED = re.compile(r"\+?[\d ]+")
_BROKEN = re.compile(r"#(REF|N/A|VALUE|NAME|DIV/0|NUM|NULL|REFERENCE|VÆRDI|NAVN)[!?]?")


def _formulas(row: Row, cells: Cells, places: dict[int, Column]) -> Iterator[Fault]:
    for place, column in places.items():
        cell = cells[place] if place < len(cells) else ""
        if _BROKEN.fullmatch(cell):
            what = f"cellen viser en regnefejl ({cell})"
            yield row.fault(column.path, what, "skriv selv det, der skal stå")
        elif cell[:1] in ("=", "+", "-", "@") and not _DIALLED.fullmatch(cell):
            yield row.fault(
                column.path,
                f"cellen begynder med «{cell[0]}», som et regneark læser som en formel",
                "skriv teksten uden tegnet foran",
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
            found = here[name]
            here[name] = (
                [find(column.ref, item) for item in found]
                if column.many
                else find(column.ref, found)
            )
    return row
