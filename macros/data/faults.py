"""Faults: what is wrong in the data, where, and how to mend it; in Danish, for editors.

Every stage (`yaml_source`, `load`, `checks`) returns faults of this one shape;
only the command line and the MkDocs adapter print them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


def _seen(sign: str) -> str:
    if sign.isprintable():
        return sign
    return "\N{REPLACEMENT CHARACTER}" if "\ud800" <= sign <= "\udfff" else " "


def shown(value: object, most: int = 60) -> str:
    """A value as a message can hold it: one line, not endless, nothing a terminal obeys."""
    words = str(value)[: 4 * most]
    words = " ".join("".join(map(_seen, words)).split())
    return words if len(words) <= most else f"{words[:most]} …"


MOST = 400  # letters of a message


@dataclass(frozen=True, order=True)
class Fault:
    """One fault. `line` and `column` count from 1, as editors show them.

    Whatever a file holds, its message is one line of bounded length without a sign that a
    terminal or a workflow obeys: here, so that no rule can forget it.
    """

    path: str
    line: int
    column: int
    what: str
    cure: str

    def __post_init__(self) -> None:
        for name in ("path", "what", "cure"):
            object.__setattr__(self, name, shown(getattr(self, name), MOST))

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
