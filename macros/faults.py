"""Faults: what is wrong in the data, where, and how to mend it; in Danish, for editors.

Every stage (`yaml_source`, `load`, `checks`) returns faults of this one shape;
only the command line and the MkDocs adapter print them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One fault. `line` and `column` count from 1, as editors show them."""

    path: str
    line: int
    column: int
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.what}\n    Ret: {self.cure}"

    def annotation(self, level: str = "error") -> str:
        """The same fault as a GitHub workflow command, shown on the changed line."""
        place = (
            f"file={_property(self.path)},line={self.line},col={self.column},"
            f"title={_property(self.what)}"
        )
        return f"::{level} {place}::{_data(f'{self.what} Ret: {self.cure}')}"


class DataFaults(Exception):
    """Raised when the data cannot become a site; holds every fault there is, sorted."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(sorted(set(faults)))
        super().__init__(report(self.faults))


def report(faults: Iterable[Fault]) -> str:
    """All faults, sorted, and how many there are."""
    ordered = sorted(set(faults))
    return "\n".join([*map(str, ordered), "", count(len(ordered))])


def count(number: int) -> str:
    return {0: "Ingen fejl.", 1: "1 fejl."}.get(number, f"{number} fejl.")


def _data(text: str) -> str:
    # GitHub's runner unescapes exactly these (actions/toolkit, command.ts).
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
