"""The model as a form: what someone fills in who suggests an activity.

The fields are the spreadsheet's columns, so that an answer is a row of it, ready to use.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from macros.activity import Activity
from macros.sheet import Column, columns
from macros.template_sheet import choices

# Under which heading a field is asked for; what is not here the editor fills in.
_PARTS = {
    "Hvad er det?": ("title", "what", "organiser"),
    "Hvornår er det?": ("when",),
    "Hvor er det?": ("place", "room"),
    "Hvem kan være med?": (
        "groups",
        "age_from",
        "age_to",
        "group_note",
        "price",
        "sign_up",
        "sign_up_note",
        "referral",
        "referral_by",
        "company",
        "company_note",
    ),
    "Hvad sker der første gang?": ("first_visit",),
    "Hvem kan man spørge?": ("contact",),
}
_EDITORS = {
    ("when", 0, name)
    for name in ("pauses", "every", "not_on", "cancelled", "not_on_public_holidays")
}
_LONG = 1000  # a field with room for more is a box of several lines


@dataclass(frozen=True)
class Field:
    """A question: its label is the column's heading; path is where the answer belongs in YAML."""

    label: str
    path: str
    help: str
    kind: str  # text, long, date, choice or choices
    choices: tuple[str, ...]
    required: bool

    @property
    def id(self) -> str:
        return self.path.replace(".", "-").replace("_", "-")


def suggestion() -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The questions under their headings."""
    return tuple((heading, tuple(_fields(names))) for heading, names in _PARTS.items())


def _fields(names: tuple[str, ...]) -> Iterator[Field]:
    for column in columns(Activity):
        if column.path[0] in names and column.path not in _EDITORS:
            words = choices(column)
            yield Field(
                column.heading,
                ".".join(map(str, column.path)),
                _help(column),
                _kind(column, words),
                words,
                column.required,
            )


def _help(column: Column) -> str:
    help = column.field.description or ""
    if column.many and not choices(column):
        help = f"{help} Sæt semikolon imellem.".strip()
    if column.path == ("place",):
        help = "Navn, vej, postnummer og by."
    said = choices(column) and column.path[-1] != "which"  # the choices say it themselves
    return "" if said or help.startswith("Tomt:") else help


def _kind(column: Column, words: tuple[str, ...]) -> str:
    if words:
        return "choices" if column.many else "choice"
    if date in _types(column.field.annotation) and not column.many:
        return "date"
    return "long" if _room(column.field.annotation, column.field.metadata) >= _LONG else "text"


def _types(annotation: Any) -> set[Any]:
    return {annotation} | {found for inner in get_args(annotation) for found in _types(inner)}


def _room(annotation: Any, metadata: Any = ()) -> int:
    """The most signs that a field holds; 0 when it is no text of limited length."""
    marks = [*metadata, *getattr(annotation, "__metadata__", ())]
    marks += [inner for mark in marks for inner in getattr(mark, "metadata", ())]
    own = [mark.max_length for mark in marks if getattr(mark, "max_length", None)]
    return max([*own, *(_room(inner) for inner in get_args(annotation))], default=0)
