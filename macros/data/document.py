"""A file of `data/` as it was typed: text values, and where in the file each stands."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from macros.data.faults import Fault
from macros.data.values import Path

Position = tuple[int, int]  # line and column, from 1


class Documents(Mapping[tuple[str, str], "Document"]):
    """Documents by kind and id, each unpacked only when somebody asks where something stands."""

    def __init__(self, packed: Mapping[tuple[str, str], tuple[str, Document | bytes]]):
        """packed: each one's path, and itself or what `pickle` makes of it."""
        self._packed = dict(packed)

    def taking(self, packed: Mapping[tuple[str, str], tuple[str, Document | bytes]]) -> Documents:
        """The same with others in the place of some."""
        return Documents({**self._packed, **packed})

    def __getitem__(self, key: tuple[str, str]) -> Document:
        path, document = self._packed[key]
        if isinstance(document, bytes):
            document = pickle.loads(document)
            self._packed[key] = path, document
        return document

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def __contains__(self, key: object) -> bool:
        return key in self._packed

    def path(self, key: tuple[str, str]) -> str:
        """The document's file."""
        return self._packed[key][0]


@dataclass(frozen=True)
class Document:
    """One file of `data/`: its value and where each key and value stands.

    value: dict | list | str | None, scalars as typed.
    keys, values: (line, column) from 1 of the key and of the value at a path.
    """

    path: str
    value: object = None
    keys: dict[Path, Position] = field(default_factory=dict)
    values: dict[Path, Position] = field(default_factory=dict)

    def fault(self, where: Path, what: str, cure: str) -> Fault:
        """A fault at the value `where`, or at its nearest container that has a place."""
        return Fault(self.path, *self.position(where), what, cure)

    def position(self, where: Path) -> Position:
        for end in range(len(where), -1, -1):
            for table in (self.values, self.keys):
                if where[:end] in table:
                    return table[where[:end]]
        return (1, 1)

    def key_fault(self, where: Path, what: str, cure: str) -> Fault:
        """A fault at the key `where` itself (an unknown or repeated field)."""
        return Fault(self.path, *self.keys.get(where, self.position(where)), what, cure)

    def addition(self, key: str, several: bool) -> str:
        """How to add a missing field to this document."""
        if several:
            return f"tilføj linjen «{key}:» og punkterne under den med «- » foran"
        return f"tilføj linjen «{key}: …»"

    def named(self, key: str, title: str | None) -> str:
        """A field as the file's editor meets it: the key they type and its Danish label."""
        return f"«{key}» ({title.lower()})" if title else f"«{key}»"

    def setting(self, key: str, title: str | None, value: str) -> str:
        """How that value of a field is written in this document."""
        return f"«{key}: {value}»"

    def scalars(self) -> list[tuple[Path, str]]:
        """All text in the file, with the path to it, in file order."""
        texts: list[tuple[Path, str]] = []

        def walk(value: object, where: Path) -> None:
            if isinstance(value, str):
                texts.append((where, value))
            elif isinstance(value, dict):
                for key, item in value.items():
                    walk(item, (*where, key))
            elif isinstance(value, list):
                for index, item in enumerate(value):
                    walk(item, (*where, index))

        walk(self.value, ())
        return texts
