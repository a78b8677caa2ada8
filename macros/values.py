"""The values that fields are made of, and what every model has in common.

A field carries its Danish label and help here and nowhere else; `Ref` marks text that
names another thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from macros.dates import HistoricalDate

Path = tuple[str | int, ...]
SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"


@dataclass(frozen=True)
class Ref:
    """Marks text as the id of another thing; `checks` resolves it, `schema` completes it."""

    kind: str


def is_slug(text: str) -> bool:
    """Whether the text can be an id, and so a part of an address."""
    return re.fullmatch(SLUG, text) is not None


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
    if not isinstance(text, str):
        return text
    try:
        return HistoricalDate.parse(text)
    except ValueError:
        raise PydanticCustomError(
            "edtf",
            "«{value}» er ikke en gyldig dato",
            {"value": text, "cure": "skriv fx 2024-12-04, 2024-06, 2007, 193X eller 2022/2023"},
        ) from None


def _many(value: Any) -> Any:
    return (value,) if isinstance(value, str) else value


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s\"'<>]+", text):
        raise PydanticCustomError(
            "url",
            "«{value}» er ikke en sikker webadresse",
            {"value": text, "cure": "skriv hele adressen, som begynder med https://"},
        )
    return text


def _phone(text: str) -> str:
    if not re.fullmatch(r"\d\d \d\d \d\d \d\d", text):
        raise PydanticCustomError(
            "phone",
            "«{value}» er ikke et dansk telefonnummer",
            {"value": text, "cure": "skriv otte cifre to og to: 59 53 53 60"},
        )
    return text


Slug = Annotated[str, AfterValidator(_slug), Field(json_schema_extra={"pattern": f"^{SLUG}$"})]
Line = Annotated[str, Field(max_length=160, pattern=r"^[^\n]+$")]
Prose = Annotated[str, Field(max_length=1500)]
Edtf = Annotated[
    HistoricalDate,
    BeforeValidator(_edtf, json_schema_input_type=str),
]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Phone = Annotated[str, AfterValidator(_phone)]
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


def described(title: str, help: str = "", **more: Any) -> Any:
    """A field with its Danish label and, where the label is not enough, its help."""
    return Field(title=title, description=help or None, **more)


optional = partial(described, default=None)
several = partial(described, default=())


class Passage(Model):
    """A paragraph of our own plain Danish and what it rests on."""

    text: Prose = described("Tekst", "Vores egne ord. Hverken mere eller mindre end kilden siger.")
    points: tuple[Prose, ...] = several("Punkter", "Korte punkter, der hører til teksten.")
    cite: Cites = several(
        "Kilde", "Afsnit i en kilde: kilde-id/afsnit-id. Flere skrives som en liste."
    )
    ours: bool = described("Vores", "Sandt, når teksten er redaktionens egen.", default=False)

    @model_validator(mode="after")
    def _rests_on_something(self) -> Passage:
        if bool(self.cite) == self.ours:
            what = "både kilde og «ours»" if self.ours else "ingen kilde"
            raise PydanticCustomError(
                "passage_source",
                "teksten har {what}",
                {
                    "what": what,
                    "cure": "angiv kilden med «cite: kilde/afsnit», eller skriv «ours: true», "
                    "hvis sætningen er redaktionens egen",
                },
            )
        return self

    @property
    def prose(self) -> tuple[str, ...]:
        """The running text, as read aloud and as measured."""
        return (self.text, *self.points)


Passages = tuple[Passage, ...]


def references(thing: Model, where: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Every reference in a model: the path to it, the kind and the id it names."""
    for name, field in type(thing).model_fields.items():
        kinds = [mark.kind for mark in field.metadata if isinstance(mark, Ref)]
        yield from _references(getattr(thing, name), kinds, field.annotation, (*where, name))


def _references(
    value: Any, kinds: list[str], annotation: Any, where: Path
) -> Iterator[tuple[Path, str, str]]:
    if isinstance(value, Model):
        yield from references(value, where)
    elif isinstance(value, tuple):
        item = next(iter(get_args(annotation)), None)
        kinds = [mark.kind for mark in getattr(item, "__metadata__", ()) if isinstance(mark, Ref)]
        for index, inner in enumerate(value):
            yield from _references(inner, kinds, item, (*where, index))
    elif isinstance(value, str):
        yield from ((where, kind, value) for kind in kinds)
