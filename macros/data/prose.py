"""The running text in a thing: what readers read, apart from names, titles and figures."""

from __future__ import annotations

from collections.abc import Iterator

from macros.data.activity import Activity, Organisation, Place
from macros.data.fields import fields
from macros.data.values import PROSE, Model, Path, Remark

# What organisers tell in their own words. Rules on strategies' words do not bind them.
_TELLING = (Activity, Organisation, Place)


def running_text(thing: Model, where: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every piece of prose in a thing and the path to it, in reading order; not what is `told`."""
    yield from _running(thing, where, isinstance(thing, _TELLING))


def _running(thing: Model, where: Path, telling: bool) -> Iterator[tuple[Path, str]]:
    for name, field in fields(type(thing)).items():
        value = getattr(thing, name)
        here = (*where, name)
        if isinstance(value, Remark):
            yield from _passage(value, here)
        elif isinstance(value, Model):
            yield from _running(value, here, telling)
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Remark):
                    yield from _passage(item, (*here, index))
                elif isinstance(item, Model):
                    yield from _running(item, (*here, index), telling)
        elif field.room == PROSE and value and not telling:
            yield here, value


def told(thing: Model, where: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every piece of an activity's, place's or association's own prose, with the path to it."""
    if not where and not isinstance(thing, _TELLING):
        return
    for name, field in fields(type(thing)).items():
        value = getattr(thing, name)
        if isinstance(value, Model):
            yield from told(value, (*where, name))
        elif field.room == PROSE and isinstance(value, str):
            yield (*where, name), value


def statements(thing: Model, where: Path = ()) -> Iterator[tuple[Path, Remark]]:
    """Every statement in a thing that says what it rests on, with the path to it."""
    for name in fields(type(thing)):
        value = getattr(thing, name)
        items = enumerate(value) if isinstance(value, tuple) else [(None, value)]
        for index, item in items:
            here = (*where, name) if index is None else (*where, name, index)
            if isinstance(item, Remark):
                yield here, item
            elif isinstance(item, Model):
                yield from statements(item, here)


def _passage(passage: Remark, where: Path) -> Iterator[tuple[Path, str]]:
    yield (*where, "text"), passage.text
    for index, point in enumerate(getattr(passage, "points", ())):
        yield (*where, "points", index), point
