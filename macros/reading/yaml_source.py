"""First stage of a datum: a YAML file becomes plain text values with their positions.

PyYAML's own constructor guesses types (16:30 becomes 990, no becomes False, the
last of two equal keys wins). Here every scalar stays what was typed; the model
converts. Built on libyaml's event stream, which is fast and gives every position.
"""

from __future__ import annotations

import re
from dataclasses import replace

import yaml

from macros.data.document import Document, Position
from macros.data.faults import Fault
from macros.data.values import Path

MAX_DEPTH = 20

try:
    _Loader = yaml.CSafeLoader
except AttributeError:  # PyYAML built without libyaml: slower, same events
    _Loader = yaml.SafeLoader


def parse(
    path: str, raw: bytes, fields: frozenset[str] = frozenset()
) -> tuple[Document, list[Fault]]:
    """Read one file's bytes. With any fault the document's value is None.

    fields: names of fields, so that a missing colon after one can be told for what it is.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - raw.rfind(b"\n", 0, error.start)
        return Document(path), [
            Fault(
                path,
                line,
                column,
                "filen er ikke gemt som UTF-8, så æ, ø og å går tabt",
                "gem filen igen med tegnkodningen UTF-8",
            )
        ]
    builder = _Builder(path)
    try:
        builder.run(text)
    except _Stop:
        pass
    except yaml.YAMLError as error:
        builder.faults.append(_syntax_fault(path, text, error, fields))
    if builder.faults:
        return Document(path), builder.faults
    return Document(path, builder.root, builder.keys, builder.values), []


class _Stop(Exception):
    """The rest of the file cannot be read sensibly."""


class _Builder:
    def __init__(self, path: str):
        self.path = path
        self.root: object = None
        self.keys: dict[Path, Position] = {}
        self.values: dict[Path, Position] = {}
        self.faults: list[Fault] = []

    def run(self, text: str) -> None:
        self.lines = text.splitlines()
        self.events = yaml.parse(text, Loader=_Loader)
        next(self.events)  # stream start
        event = next(self.events)
        if not isinstance(event, yaml.DocumentStartEvent):
            self._stop((1, 1), "filen er tom", "skriv indholdet, eller slet filen")
        self.root = self._node(next(self.events), ())
        if self.root is None:
            self._stop((1, 1), "filen er tom", "skriv indholdet, eller slet filen")
        next(self.events)  # document end
        event = next(self.events)
        if isinstance(event, yaml.DocumentStartEvent):
            self._stop(
                _at(event),
                "filen har to dokumenter (en linje med ---)",
                "læg hver ting i sin egen fil",
            )

    def _node(self, event: yaml.Event, where: Path) -> object:
        if len(where) > MAX_DEPTH:
            self._stop(
                _at(event),
                "teksten er rykket ind i for mange niveauer",
                "se efter et forkert indryk",
            )
        self._refuse_cleverness(event)
        self.values[where] = _at(event)
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_cut_text(event)
            empty = not event.style and event.value in ("", "~", "null")
            return None if empty else event.value
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[object] = []
            while not isinstance(inner := next(self.events), yaml.SequenceEndEvent):
                items.append(self._node(inner, (*where, len(items))))
            return items
        return self._mapping(where)

    def _mapping(self, where: Path) -> dict[str, object]:
        mapping: dict[str, object] = {}
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            self._refuse_cleverness(key)
            if not isinstance(key, yaml.ScalarEvent):
                self._stop(
                    _at(key), "et feltnavn må kun være et ord", "skriv feltet som «navn: værdi»"
                )
            if key.value in mapping:
                first = self.keys[(*where, key.value)][0]
                line, column = _at(key)
                self.faults.append(
                    Fault(
                        self.path,
                        line,
                        column,
                        f"feltet «{key.value}» står her igen; det står også i linje {first}",
                        "behold det ene, eller sæt «- » foran, hvis det er et nyt punkt i listen",
                    )
                )
            else:
                self.keys[(*where, key.value)] = _at(key)
            mapping[key.value] = self._node(next(self.events), (*where, key.value))
        return mapping

    def _refuse_cleverness(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self._stop(
                _at(event),
                f"YAML-genveje ({sign}{event.anchor}) kan ikke bruges her",
                "skriv teksten helt ud, eller sæt den i anførselstegn",
            )
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            self._stop(
                _at(event),
                f"YAML-mærket «{tag}» kan ikke bruges her",
                "slet mærket, eller sæt teksten i anførselstegn",
            )

    def _refuse_cut_text(self, event: yaml.ScalarEvent) -> None:
        # YAML takes « #» and all after it for a comment; an editor meant it as text.
        line = self.lines[event.end_mark.line] if event.end_mark.line < len(self.lines) else ""
        rest = line[event.end_mark.column :]
        if event.style in (None, "", "'", '"') and re.match(r"\s+#", rest):
            self.faults.append(
                Fault(
                    self.path,
                    event.end_mark.line + 1,
                    line.index("#", event.end_mark.column) + 1,
                    "alt efter # på linjen bliver skjult",
                    "sæt hele teksten i anførselstegn, eller flyt bemærkningen til sin egen linje",
                )
            )

    def _stop(self, position: Position, what: str, cure: str) -> None:
        self.faults.append(Fault(self.path, *position, what, cure))
        raise _Stop


def _at(event: yaml.Event) -> Position:
    return event.start_mark.line + 1, event.start_mark.column + 1


# libyaml's words -> ours. Whatever is not here gets the last row: no English reaches an editor.
_SYNTAX = (
    (
        "cannot start any token",
        "et tegn, der ikke kan stå først i en værdi (fx tabulator, @ eller %)",
        "brug mellemrum til indryk, og sæt teksten i anførselstegn",
    ),
    (
        "mapping values are not allowed",
        "et kolon med mellemrum efter kan ikke stå midt i en tekst uden anførselstegn",
        'sæt hele teksten i anførselstegn: "…"',
    ),
    (
        "could not find expected ':'",
        "der mangler et kolon efter feltnavnet, eller teksten er rykket forkert ind",
        "skriv «felt: tekst», og ryk fortsat tekst to mellemrum ind",
    ),
    (
        "did not find expected key",
        "indrykket passer ikke, eller en tekst i anførselstegn er ikke lukket rigtigt",
        "lad felter på samme niveau stå lige under hinanden, og brug »…« inde i en tekst",
    ),
    (
        "did not find expected '-' indicator",
        "indrykket i listen passer ikke",
        "lad alle punkter i listen begynde med «- » i samme kolonne",
    ),
    (
        "unexpected end of stream",
        "en tekst i anførselstegn bliver ikke lukket",
        'sæt det afsluttende anførselstegn (")',
    ),
    (
        "unknown escape character",
        "en omvendt skråstreg (\\) står i en tekst med dobbelte anførselstegn",
        "brug enkelte anførselstegn ('…') om teksten",
    ),
    (
        "control characters are not allowed",
        "filen indeholder et usynligt styretegn",
        "slet tegnet, eller skriv linjen igen",
    ),
)


_FIELD = re.compile(r"\s*(?:- )?(?P<name>[a-z_]+)(?P<after>.*)")


def _unfinished(lines: list[str], line: int, fields: frozenset[str]) -> Fault | None:
    """The line at or just above the error that begins with a field but lacks its colon."""
    for number in range(line, max(line - 3, 0), -1):
        content = lines[number - 1] if number <= len(lines) else ""
        match = _FIELD.fullmatch(content)
        if match and match["name"] in fields and not re.match(r":(\s|$)", match["after"]):
            name = match["name"]
            what = f"der mangler kolon og mellemrum efter «{name}»"
            return Fault("", number, content.index(name) + 1, what, f"skriv «{name}: …»")
    return None


def _syntax_fault(path: str, text: str, error: yaml.YAMLError, fields: frozenset[str]) -> Fault:
    words = str(error)
    mark = getattr(error, "problem_mark", None)
    if mark is None or "end of stream" in words:  # then where it began says more
        mark = getattr(error, "context_mark", None) or mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()
    for number, content in enumerate(lines[:line], start=1):
        if "\t" in content[: len(content) - len(content.lstrip())]:
            return Fault(
                path,
                number,
                content.index("\t") + 1,
                "linjen er rykket ind med tabulator",
                "brug mellemrum (to for hvert niveau)",
            )
    if unfinished := _unfinished(lines, line, fields):
        return replace(unfinished, path=path)
    flagged = _FIELD.fullmatch(lines[line - 1]) if line <= len(lines) else None
    if "mapping values" in words and flagged and re.match(r":(\s|$)", flagged["after"]):
        own_colon = mark.column <= lines[line - 1].index(":") if mark else False
        if own_colon and flagged["name"] in fields:
            return Fault(
                path,
                line,
                1,
                "linjen er rykket forkert ind, eller linjen over er ikke færdig",
                "sammenlign indrykket med linjerne over, og se, om linjen over mangler noget",
            )
    for sign, what, cure in _SYNTAX:
        if sign in words:
            return Fault(path, line, column, what, cure)
    return Fault(
        path,
        line,
        column,
        "linjen kan ikke læses som YAML",
        "sammenlign med linjerne over og under, eller sæt teksten i anførselstegn",
    )
