"""The values that fields are made of, and what every model has in common.

A field carries its Danish label and help here and nowhere else; `Ref` marks text that
names another thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from functools import partial
from typing import Annotated, Any, Literal, Self

from email_validator import EmailNotValidError, validate_email
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    model_validator,
)
from pydantic_core import PydanticCustomError

from macros.language.dates import HistoricalDate

Path = tuple[str | int, ...]
MAX_ID = 100  # file names have an end
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"


@dataclass(frozen=True)
class Ref:
    """Marks text as the id of another thing; `checks` resolves it, `schema` completes it."""

    kind: str


def is_slug(text: str) -> bool:
    """Whether the text can be an id, and so a part of an address."""
    return len(text) <= MAX_ID and re.fullmatch(SLUG, text) is not None


def _slug(text: str) -> str:
    if not is_slug(text):
        raise PydanticCustomError(
            "slug",
            "«{value}» kan ikke bruges som id",
            {
                "value": text,
                "cure": "brug kun a-z, 0-9 og bindestreg (æ skrives ae, ø oe, å aa)",
            },
        )
    return text


def _edtf(text: Any) -> Any:
    if text is None:
        return None
    try:
        return HistoricalDate.parse(str(text).strip())
    except ValueError:
        raise PydanticCustomError(
            "edtf",
            "«{value}» er ikke en gyldig dato",
            {
                "value": text if isinstance(text, str) else "…",
                "cure": "skriv år-måned-dag, fx 2024-12-04, eller 2024-06, 2007, 2022/2023",
            },
        ) from None


def _many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


_MONTHS = (
    "januar februar marts april maj juni juli august september oktober november december".split()
)


def _day(value: Any) -> Any:
    """A date as people write it: 2026-12-01, 1.12.2026, 01-12-2026, 1. december 2026."""
    if value is None or isinstance(value, date):
        return value
    text = str(value).strip()
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    parts = match.groups() if match else ()
    if not match and (match := re.fullmatch(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4})", text)):
        parts = (match[4], match[3], match[1])
    if not parts and (match := re.fullmatch(r"(\d{1,2})\.? ([a-z]{3,9})\.? (\d{4})", text.lower())):
        named = [at for at, name in enumerate(_MONTHS, start=1) if name.startswith(match[2])]
        parts = (match[3], str(named[0]) if len(named) == 1 else "", match[1])
    try:
        day = date(*map(int, parts))
        if not 1990 <= day.year <= 2100:
            raise ValueError(text)
        return day
    except (TypeError, ValueError):
        raise PydanticCustomError(
            "day",
            "«{value}» er ikke en dato, der findes",
            {"value": text, "cure": "skriv år-måned-dag, fx 2026-12-01"},
        ) from None


_HOUR = r"(?:kl\.? ?)?(\d{1,2})(?:[.:](\d\d))?"


def _clock(value: Any) -> Any:
    """A time of day: 10.00, 9:30 or kl. 14."""
    if value is None or isinstance(value, time):
        return value
    text = str(value).strip().lower()
    match = re.fullmatch(rf"{_HOUR}", text)
    if span := re.fullmatch(rf"{_HOUR} *(?:-|–|til) *{_HOUR}", text):
        start, end = (f"{span[at]}.{span[at + 1] or '00'}" for at in (1, 3))
        raise PydanticCustomError(
            "clock",
            "«{value}» er to klokkeslæt",
            {"value": text, "cure": f"skriv {start} i {{start}} og {end} i {{end}}"},
        )
    try:
        return time(int(match[1]), int(match[2] or 0))
    except (TypeError, ValueError):
        raise PydanticCustomError(
            "clock",
            "«{value}» er ikke et klokkeslæt",
            {"value": str(value), "cure": "skriv timer og minutter, fx 10.00 eller 19.30"},
        ) from None


def _yes_no(value: Any) -> Any:
    """ja or nej, in the words that editors and spreadsheets have for it."""
    known = {"ja": True, "nej": False, "true": True, "false": False, "x": True}
    if value is None or isinstance(value, bool):
        return value
    if (text := str(value).strip()).lower() not in known:
        raise PydanticCustomError(
            "yes_no",
            "«{value}» er hverken ja eller nej",
            {"value": text, "cure": "skriv ja eller nej, eller lad det stå tomt"},
        )
    return known[text.lower()]


def _any_case(value: Any) -> Any:
    """A word of a closed vocabulary, however it was written: «Tirsdag», « kom bare »."""
    return " ".join(value.lower().split()) if isinstance(value, str) else value


def _price(value: Any) -> Any:
    """A price as Danes write it: 45 -> 45 kr., 45,- -> 45 kr., kr. 45.5 -> 45,50 kr., 0 -> gratis.

    Anything else stays as it was told: «40 kr. pr. gang».
    """
    if not isinstance(value, str):
        return value
    text = value.strip()
    if re.fullmatch(r"gratis[.!]?", text, re.IGNORECASE):
        return "gratis"
    match = re.fullmatch(
        r"(?:kr\.?|dkk)? ?(\d{1,5})(?:[.,](\d\d?))?(?:[.,]-+|,–)?(?: ?(?:kr\.?|kroner|dkk))?",
        text,
        re.IGNORECASE,
    )
    if not match:
        return text
    crowns, cents = int(match[1]), (match[2] or "").ljust(2, "0")
    if not crowns and not int(cents):
        return "gratis"
    return f"{crowns}{f',{cents}' if int(cents) else ''} kr."


def _degrees(value: Any) -> Any:
    if value is None or isinstance(value, float):
        return value
    try:
        return float(str(value).strip().replace(",", "."))
    except ValueError:
        raise PydanticCustomError(
            "degrees",
            "«{value}» er ikke en bredde- eller længdegrad",
            {"value": str(value), "cure": "skriv et tal, fx 55.6761"},
        ) from None


def is_email(text: str) -> bool:
    """Whether the text is an e-mail address that could exist; nobody is asked whether it does."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def _email(text: str) -> str:
    if not is_email(text):
        raise PydanticCustomError(
            "email",
            "«{value}» er ikke en mailadresse",
            {"value": text, "cure": "skriv den som navn@forening.dk"},
        )
    return text


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s\"'<>]+", text):
        raise PydanticCustomError(
            "url",
            "«{value}» er ikke en webadresse",
            {"value": text, "cure": "skriv hele adressen, som begynder med https://"},
        )
    return text


def _phone(text: str) -> str:
    digits = re.sub(r"^(\+45|0045)", "", re.sub(r"[\s.()/–-]", "", text))
    if not re.fullmatch(r"\d{8}", digits):
        raise PydanticCustomError(
            "phone",
            "«{value}» er ikke et dansk telefonnummer",
            {"value": text, "cure": "skriv otte cifre to og to: 12 34 56 78"},
        )
    return " ".join(digits[place : place + 2] for place in range(0, 8, 2))


def dial(phone: str | None) -> str:
    """A Danish telephone number as a link wants it (RFC 3966); «» without one."""
    return f"+45{phone.replace(' ', '')}" if phone else ""


Slug = Annotated[str, AfterValidator(_slug), Field(json_schema_extra={"pattern": f"^{SLUG}$"})]
AnyCase = BeforeValidator(_any_case)  # behind a Literal; its words are written small
Line = Annotated[str, Field(max_length=160, pattern=r"^[^\n]+$")]
Price = Annotated[Line, BeforeValidator(_price)]
PROSE = 1500  # letters of a paragraph
Prose = Annotated[str, Field(max_length=PROSE)]
Edtf = Annotated[
    InstanceOf[HistoricalDate],
    BeforeValidator(_edtf, json_schema_input_type=str),
]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Phone = Annotated[str, AfterValidator(_phone)]
Email = Annotated[str, AfterValidator(_email)]
Day = Annotated[InstanceOf[date], BeforeValidator(_day, json_schema_input_type=str)]
Clock = Annotated[InstanceOf[time], BeforeValidator(_clock, json_schema_input_type=str | float)]
YesNo = Annotated[
    InstanceOf[bool], BeforeValidator(_yes_no, json_schema_input_type=Literal["ja", "nej"])
]
Degrees = Annotated[
    InstanceOf[float], BeforeValidator(_degrees, json_schema_input_type=float | str)
]
# Text that editors' programs take for a number, if it looks like one.
Digits = BeforeValidator(lambda value: value, json_schema_input_type=str | int)
Cites = Annotated[
    tuple[Annotated[str, Ref("section")], ...],
    BeforeValidator(_many, json_schema_input_type=str | list[str]),
]


class Model(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        str_min_length=1,
        arbitrary_types_allowed=True,
    )


class Thing(Model):
    """A model with a file of its own. `id` follows from the file's place, see `KINDS`."""

    id: str = Field(title="Id", min_length=0)  # the front page has the id «»

    @property
    def digest(self) -> str | None:
        """What tells its content from any other, if it was read from a file."""
        return self.__dict__.get("_digest")

    def with_digest(self, digest: str) -> Self:
        """Itself, told apart by that digest; it is no field, and no part of what makes it equal."""
        self.__dict__["_digest"] = digest
        return self

    def model_copy(self, **changes: Any) -> Self:
        copied = super().model_copy(**changes)
        copied.__dict__.pop("_digest", None)
        return copied


def described(title: str, help: str = "", **more: Any) -> Any:
    """A field with its Danish label and, where the label is not enough, its help."""
    return Field(title=title, description=help or None, **more)


optional = partial(described, default=None)
several = partial(described, default=())


# What a source's statement is. The weaker ones are told beside it, see `WEAK`.
Standing = Annotated[
    Literal["besluttet", "mål", "forventet", "forslag", "antaget", "beskrivelse"], AnyCase
]


class Remark(Model):
    """A sentence or two of our own plain Danish, and what it rests on."""

    text: Prose = described("Tekst", "Vores egne ord. Hverken mere eller mindre end kilden siger.")
    cite: Cites = several(
        "Kilde", "Afsnit i en kilde: kilde-id/afsnit-id. Flere skrives som en liste."
    )
    ours: bool = described("Vores", "Sandt, når teksten er redaktionens egen.", default=False)
    standing: Standing | None = optional(
        "Hvad udsagnet er", "Tomt: det, der står ved kildens afsnit eller ved kilden."
    )

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if bool(self.cite) == self.ours:
            what = "både kilde og {ours}" if self.ours else "ingen kilde"
            raise PydanticCustomError(
                "whole",
                "teksten har {what}",
                {
                    "what": what,
                    "cure": "angiv kilden med {cite: kilde/afsnit}, eller skriv {ours: true}, "
                    "hvis sætningen er redaktionens egen",
                },
            )
        return self


class Passage(Remark):
    """A paragraph, with short points under it if it has any."""

    points: tuple[Prose, ...] = several("Punkter", "Korte punkter, der hører til teksten.")


Passages = tuple[Passage, ...]


# What a source may be silent about -> the field that would have it.
SUBJECTS = {
    "mål": "goals",
    "status": "follow_up",
    "hvad": "what",
    "hvorfor": "why",
    "hvordan": "how",
    "indsatser": "initiatives",
    "baggrund": "background",
    "virkning på sigt": "long_term",
    "eksempel": "example",
    "afdelinger": "connections",
    "temaer": "themes",
}
Subject = Annotated[
    Literal[
        "mål",
        "status",
        "hvad",
        "hvorfor",
        "hvordan",
        "indsatser",
        "baggrund",
        "virkning på sigt",
        "eksempel",
        "afdelinger",
        "temaer",
    ],
    AnyCase,
]


class Silence(Model):
    """What an editor has looked for in a source and not found. Only that is a gap; an empty field
    says nothing."""

    about: tuple[Subject, ...] = several("Om hvad", "Det, kilden ikke siger noget om.")
    roles: tuple[Annotated[str, Ref("role")], ...] = several(
        "For hvem", "De roller, kilden ikke siger noget særligt til."
    )
    read: Cites = described("Læst", "De afsnit, der er læst igennem for at se efter.", min_length=1)
    by: Line = described("Hvem har set efter", "Et navn på en rolle eller enhed, ikke en person.")
    date: Day = described("Hvornår")

    @model_validator(mode="after")
    def _is_about_something(self) -> Self:
        if not self.about and not self.roles:
            raise PydanticCustomError(
                "whole",
                "der står ikke, hvad kilden ikke siger noget om",
                {"cure": "udfyld {about} eller {roles}, eller slet punktet"},
            )
        return self
