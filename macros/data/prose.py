"""The running text in a thing: what readers read, apart from names, titles and figures."""

from __future__ import annotations

from collections.abc import Iterator

from macros.data.values import Model, Path, Remark


def running_text(thing: Model, where: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every piece of prose in a thing, with the path to it, in reading order."""
    for name in type(thing).model_fields:
        value = getattr(thing, name)
        here = (*where, name)
        if isinstance(value, Remark):
            yield from _passage(value, here)
        elif isinstance(value, Model):
            yield from running_text(value, here)
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Remark):
                    yield from _passage(item, (*here, index))
                elif isinstance(item, Model):
                    yield from running_text(item, (*here, index))
        elif name in ("headline", "text") and isinstance(value, str):
            yield here, value


# What organisers tell in their own words. Rules on strategies' words do not bind them.
_TOLD = frozenset(
    {
        "about",
        "access_note",
        "bring",
        "company_note",
        "directions",
        "group_note",
        "happens",
        "met_by",
        "sign_up_note",
        "transport",
        "what",
    }
)


def told(thing: Model, where: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every piece of an activity's, place's or association's own prose, with the path to it."""
    for name in type(thing).model_fields:
        value = getattr(thing, name)
        if isinstance(value, Model):
            yield from told(value, (*where, name))
        elif name in _TOLD and isinstance(value, str):
            yield (*where, name), value


def _passage(passage: Remark, where: Path) -> Iterator[tuple[Path, str]]:
    yield (*where, "text"), passage.text
    for index, point in enumerate(getattr(passage, "points", ())):
        yield (*where, "points", index), point
