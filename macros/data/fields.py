"""The model's fields, each annotation read once: for messages, schemas, spreadsheets and forms.

The one walker over the model. What a field is called, what it may hold, what it names and how much
room it has is asked here, never of an annotation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.data.values import Model, Path, Ref, Remark


@dataclass(frozen=True)
class Field:
    """A field of a model.

    title: its Danish label. help: what is said beside it. many: a list. inner: the model inside.
    refs: the kinds that its text names. words: its closed vocabulary, if it has one. room: the most
    letters it holds, 0 when it is no text of limited length. types: the Python types inside.
    """

    name: str
    title: str
    help: str
    required: bool
    many: bool
    inner: type[Model] | None
    refs: tuple[str, ...]
    words: tuple[str, ...]
    room: int
    types: frozenset[type]


@cache
def fields(model: type[BaseModel]) -> dict[str, Field]:
    """The fields of a model by name, in its own order."""
    return {name: _field(name, info) for name, info in model.model_fields.items()}


def _field(name: str, info: FieldInfo) -> Field:
    inside = list(_parts(info.annotation))
    many = any(get_origin(one) is tuple for one in inside)
    annotations = [*info.metadata, *inside]
    typed = [getattr(mark, "json_schema_input_type", None) for mark in annotations]
    # A list's own limit is no room for text.
    limits = inside if many else annotations
    limits = [*limits, *(inner for mark in limits for inner in getattr(mark, "metadata", ()))]
    words = [get_args(one) for one in (*annotations, *typed) if get_origin(one) is Literal]
    types = [one for one in annotations if isinstance(one, type)]
    return Field(
        name,
        info.title or name,
        info.description or "",
        info.is_required(),
        many,
        next((one for one in types if issubclass(one, Model)), None),
        tuple(mark.kind for mark in annotations if isinstance(mark, Ref)),
        words[0] if words else (),
        max((getattr(mark, "max_length", None) or 0 for mark in limits), default=0),
        frozenset(types),
    )


def _parts(annotation: Any) -> Iterator[Any]:
    """Everything in an annotation: itself, its marks, what is inside; not inside other models."""
    yield annotation
    yield from getattr(annotation, "__metadata__", ())
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return
    for inner in get_args(annotation):
        yield from _parts(inner)


def model_at(model: type[BaseModel], where: Path) -> type[BaseModel]:
    """The model that `where` leads to, or the last one on the way."""
    for part in where:
        if isinstance(part, str) and part in model.model_fields:
            model = fields(model)[part].inner or model
    return model


def models(model: type[Model]) -> set[type[Model]]:
    """A model and all models inside it."""
    inside = (field.inner for field in fields(model).values() if field.inner)
    return {model}.union(*map(models, inside))


def field_names(kinds: Iterable[type[Model]]) -> frozenset[str]:
    """The names of all fields of the models and of the models inside them."""
    return frozenset(name for kind in kinds for model in models(kind) for name in fields(model))


def references(thing: Model, where: Path = ()) -> Iterator[tuple[Path, str, str]]:
    """Every reference in a model: the path to it, the kind and the id it names."""
    for name, field in fields(type(thing)).items():
        if field.refs or field.inner:
            yield from _references(getattr(thing, name), field.refs, (*where, name))


def _references(value: Any, kinds: tuple[str, ...], where: Path) -> Iterator[tuple[Path, str, str]]:
    if isinstance(value, Model):
        yield from references(value, where)
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _references(inner, kinds, (*where, index))
    elif isinstance(value, str):
        yield from ((where, kind, value) for kind in kinds)


# --- as columns ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """A field as a column of a spreadsheet or a question of a form: where it lies in the thing.

    required: whether it must be filled in (a field deeper down need not, if its parent need not).
    """

    path: Path
    field: Field
    required: bool

    @property
    def heading(self) -> str:
        return self.field.title

    @property
    def many(self) -> bool:
        return self.field.many

    @property
    def ref(self) -> str | None:
        """The kind that a cell names, if it names one."""
        return self.field.refs[0] if self.field.refs else None

    @property
    def single(self) -> bool:
        """Whether a list's items are single words, so that a comma parts them."""
        return self.field.many and (bool(self.field.refs) or not self.field.room)


@cache
def columns(model: type[Model]) -> tuple[Column, ...]:
    """The columns of a model, in its own order; of a list of things, the first one."""
    return tuple(_columns(model, (), True))


def _columns(model: type[Model], where: Path, required: bool) -> Iterator[Column]:
    for name, field in fields(model).items():
        if not where and name == "id":
            continue
        here, needed = (*where, name), required and field.required
        if field.inner is None:
            yield Column(here, field, needed)
        elif not issubclass(field.inner, Remark):  # sourced prose is no matter for a spreadsheet
            yield from _columns(field.inner, (*here, 0) if field.many else here, False)
