"""What one can write to the municipality, and the model as a form for it.

The fields are the spreadsheet's columns, so that an answer is a row of it, ready to use.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from macros.data import carried
from macros.data.activity import MAX_IMPORTED, Activity, Place
from macros.data.fields import Column, columns
from macros.data.values import Model
from macros.pages.addresses import DATA, FOR_ASSOCIATIONS
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.text import Shown

# Asked only when another answer makes sense of it: the field it hangs on, and which answers do.
_ASKED = {
    "when.0.which": ("when.0.repeats", "hver måned"),
    "when.0.weekdays": ("when.0.repeats", "hver uge", "hver måned"),
    "when.0.every": ("when.0.repeats", "hver uge", "hver måned"),
    "when.0.dates": ("when.0.repeats", "enkelte dage"),
    "referral_by": ("referral", "ja"),
    "sign_up_note": ("sign_up", "tilmelding"),
    "company_note": ("company", "ja"),
}
# A new place is an editor's file; what there is to know of it goes into the mail only.
_PLACE = ("wheelchair", "toilet", "hearing_loop", "quiet_place", "directions", "transport")
_EDITORS = {
    ("when", 0, name) for name in ("pauses", "not_on", "cancelled", "not_on_public_holidays")
}
# What an activity cannot do without, in as few questions as people answer.
_FIRST = (
    ("Hvad hedder det?", ("title",)),
    ("Hvad er det?", ("what",)),
    ("Hvem står bag?", ("organiser",)),
    (
        "Hvornår er det?",
        (
            "when.0.repeats",
            "when.0.which",
            "when.0.weekdays",
            "when.0.dates",
            "when.0.start",
            "when.0.end",
        ),
    ),
    ("Hvor er det?", ("place",)),
    ("Hvem er det for?", ("groups",)),
    ("Hvad koster det?", ("price",)),
    ("Hvem kan man spørge?", ("contact.phone", "contact.email")),
)
KNOWN = 500  # organisations and places that the form offers by name
_LONG = 1000  # a field with room for more is a box of several lines


@dataclass(frozen=True)
class Field:
    """A question: its label is the column's heading; path is where the answer belongs in YAML."""

    label: str
    path: str
    help: str
    kind: str  # text, long, date, tel, email, choice or choices
    choices: tuple[str, ...]
    required: bool
    filed: bool = True

    @property
    def id(self) -> str:
        return self.path.replace(".", "-").replace("_", "-")

    @property
    def asked(self) -> str:
        """On which answers it hangs, as the script reads it; «» if it is always asked."""
        return "|".join(_ASKED.get(self.path, ()))


def suggestion() -> tuple[tuple[str, tuple[Field, ...]], ...]:
    """The questions under their headings."""
    parts = dict.fromkeys(one.asked for one in carried.ACTIVITY.values() if one.asked)
    parts_asked = {heading: tuple(_fields(Activity, _asked_under(heading))) for heading in parts}
    parts_asked["Hvor er det?"] += tuple(replace(f, filed=False) for f in _fields(Place, _PLACE))
    return tuple(parts_asked.items())


def _asked_under(heading: str) -> tuple[str, ...]:
    return tuple(name for name, one in carried.ACTIVITY.items() if one.asked == heading)


def _fields(model: type[Model], names: tuple[str, ...]) -> Iterator[Field]:
    for column in columns(model):
        if column.path[0] in names and column.path not in _EDITORS:
            words = column.field.words
            yield Field(
                column.heading,
                ".".join(map(str, column.path)),
                _help(column),
                _kind(column, words),
                words,
                column.required,
            )


def _help(column: Column) -> str:
    help = column.field.help
    if column.many and not column.field.words:
        help = f"{help} Sæt semikolon imellem.".strip()
    if column.path == ("place",):
        help = "Navn, vej, postnummer og by."
    said = column.field.words and column.path[-1] != "which"  # the choices say it themselves
    return "" if said or help.startswith("Tomt:") else help


def _kind(column: Column, words: tuple[str, ...]) -> str:
    if words:
        return "choices" if column.many else "choice"
    if date in column.field.types and not column.many:
        return "date"
    if column.path[-1] in ("phone", "email"):
        return {"phone": "tel", "email": "email"}[column.path[-1]]
    return "long" if column.field.room >= _LONG else "text"


@dataclass(frozen=True, kw_only=True)
class Letter(Shown):
    """to: who gets what is written, with commas between; «» if nobody has told. ask: whom to ask
    instead."""

    to: str
    ask: str | None


def recipients(edition: Edition, whose: str | None = None) -> str:
    """Who gets what is written, with commas between; whose: the municipality that it is about."""
    every = edition.site.municipalities
    asked = [one for one in every if one.id == whose and one.activities_email] or every
    return ",".join(filter(None, (one.activities_email for one in asked)))


def letter(edition: Edition, page: Page) -> Letter:
    return Letter(page=page, to=recipients(edition), ask=edition.ask)


@dataclass(frozen=True, kw_only=True)
class CalendarFile(Shown):
    """most: how many bytes the import reads."""

    most: int


def calendar_file(edition: Edition, page: Page) -> CalendarFile:
    return CalendarFile(page=page, most=MAX_IMPORTED)


@dataclass(frozen=True, kw_only=True)
class Suggest(Letter):
    """first: the questions that matter most; questions: the others, under their headings. columns:
    the spreadsheet's headings. known: organisations and places by title, with their ids. issues:
    where one may hand it in on the net, as a ready address, or «»; today: for `checked`."""

    first: tuple[tuple[str, tuple[Field, ...]], ...]
    questions: tuple[tuple[str, tuple[Field, ...]], ...]
    known: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    issues: str
    today: str
    columns: str
    sheets: tuple[tuple[str, str], ...]
    associations: str | None


def suggest(edition: Edition, page: Page) -> Suggest:
    site = edition.site
    asked = suggestion()
    fields = {field.path: field for _, found in asked for field in found if field.filed}
    early = {path for _, paths in _FIRST for path in paths}
    known = (("organisation", site.organisations), ("place", site.places))
    return Suggest(
        page=page,
        to=recipients(edition),
        ask=edition.ask,
        first=tuple(
            (question, tuple(fields[path] for path in paths)) for question, paths in _FIRST
        ),
        questions=tuple(
            (heading, rest)
            for heading, found in asked
            if (rest := tuple(f for f in found if not f.filed or f.path not in early))
        ),
        known=tuple(
            (kind, tuple((one.title, one.id) for one in things[:KNOWN])) for kind, things in known
        ),
        issues=site.settings.issues or "",
        today=edition.today.isoformat(),
        columns=";".join(["Id", *(column.heading for column in columns(Activity))]),
        sheets=((f"{DATA}skabelon.xlsx", "Excel"), (f"{DATA}skabelon.csv", "CSV")),
        associations=edition.there(FOR_ASSOCIATIONS),
    )
