"""What a reader of foreign files makes: drafts of things, what it left out, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from macros.data.kinds import KINDS
from macros.language.text import slug

Values = dict[str, Any]


class ImportStopped(Exception):
    """Nothing can be taken from the file; the text says why, and the cure."""

    def __init__(self, what: str, cure: str):
        super().__init__(what, cure)  # both, so that it survives the way between processes

    def __str__(self) -> str:
        return "{}\n    Ret: {}".format(*self.args)


@dataclass
class Draft:
    """Something taken from a file, before it is tried.

    name: what the report calls it. values: as YAML will hold them. notes: what was changed or
    left out, and why. needs: other drafts (a place, an organisation) that it refers to.
    """

    kind: str
    id: str
    name: str
    values: Values
    notes: list[str] = field(default_factory=list)
    needs: list[Draft] = field(default_factory=list)

    @property
    def path(self) -> str:
        folder = next(kind.pattern for kind in KINDS if kind.name == self.kind).partition("/")[0]
        return f"data/{folder}/{self.id}.yml"


@dataclass
class Skipped:
    """Something left out, and why."""

    name: str
    why: str


@dataclass
class Report:
    """What became of a file."""

    taken: list[Draft] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def __str__(self) -> str:
        lines = []
        for draft in self.taken:
            lines.append(f"Taget med: {draft.name} ({draft.path})")
            lines += [f"    {note}" for note in draft.notes]
        lines += [f"Sprunget over: {one.name}\n    {one.why}" for one in self.skipped]
        lines.append(f"{len(self.taken)} taget med, {len(self.skipped)} sprunget over.")
        return "\n".join(lines)


def unique(wanted: str, taken: Iterable[str]) -> str:
    """An id that is not taken yet."""
    known, id, number = set(taken), slug(wanted)[:60].strip("-") or "aktivitet", 2
    base = id
    while id in known:
        id, number = f"{base}-{number}", number + 1
    return id
