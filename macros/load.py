"""From `data/` to a `Site`: reads every file, finds every fault, or returns the site.

The only place that reads data from disk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from macros import checks, messages
from macros.faults import DataFaults, Fault
from macros.model import DOC, KINDS, Kind
from macros.site import Key, Site
from macros.text import slug
from macros.values import Thing, is_slug
from macros.yaml_source import Document, parse

IGNORED = ("_schema", "decisions")


def load(root: Path) -> Site:
    """The site of `root`/data. Raises `DataFaults` with all faults of all files."""
    site, faults = read(root)
    if faults:
        raise DataFaults(faults)
    return site


def read(root: Path) -> tuple[Site, list[Fault]]:
    """What can be read, and all faults: of the files, of the model and of the checks."""
    things: dict[Key, Thing] = {}
    documents: dict[Key, Document] = {}
    faults: list[Fault] = []
    for kind, id, document, found in (*_data(root), *_docs(root)):
        faults += found
        if kind is None:
            continue
        documents[kind.name, id] = document
        if not found:
            thing, found = _thing(document, kind, id)
            faults += found
            if thing is not None:
                things[kind.name, id] = thing
    site = Site(things, documents, frozenset(documents.keys() - things.keys()))
    return site, faults + checks.run(site)


Read = tuple[Kind | None, str, Document, list[Fault]]


def _data(root: Path) -> Iterator[Read]:
    for file in _files(root / "data"):
        path = file.relative_to(root).as_posix()
        kind, id, misplaced = _place(path, PurePosixPath(path).relative_to("data"))
        document, faults = parse(path, file.read_bytes())
        yield kind, id, document, misplaced + faults


def _docs(root: Path) -> Iterator[Read]:
    for file in sorted((root / "docs").rglob("*.md")):
        address = _address(file.relative_to(root / "docs"))
        if address is not None:
            path = file.relative_to(root).as_posix()
            yield DOC, address, *_front_matter(path, file.read_bytes())


def _files(data: Path) -> list[Path]:
    return sorted(
        file
        for file in data.rglob("*")
        if file.is_file()
        and file.suffix in (".yml", ".yaml")
        and not set(file.relative_to(data).parts) & set(IGNORED)
    )


def _address(file: Path) -> str | None:
    """`om/index.md` -> `om/`; None for what is no page of the site (decisions, notes)."""
    if file.parts[0] in IGNORED or file.name == "README.md":
        return None
    folder = file.parent if file.name == "index.md" else file.with_suffix("")
    return "" if folder == Path() else f"{folder.as_posix()}/"


def _front_matter(path: str, raw: bytes) -> tuple[Document, list[Fault]]:
    """The YAML between the two `---` lines that a page begins with."""
    match = re.match(rb"---\r?\n.*?(?=^---\s*$)", raw, re.DOTALL | re.MULTILINE)
    if not match:
        return Document(path), [
            Fault(
                path,
                1,
                1,
                "siden begynder ikke med «---» og en titel",
                "skriv «---», «title: …», «description: …» og «---» øverst",
            )
        ]
    return parse(path, match.group())


def _place(path: str, inside: PurePosixPath) -> tuple[Kind | None, str, list[Fault]]:
    """The kind and id that a file's place gives it, and what is wrong with the place."""
    depth = len(inside.parts)
    for kind in KINDS:
        if depth == kind.pattern.count("/") + 1 and inside.with_suffix("").match(kind.pattern):
            id = inside.with_suffix("").as_posix().partition("/")[2]
            faults = [_bad_name(path, part) for part in id.split("/") if not is_slug(part)]
            if inside.suffix == ".yaml":
                cure = "omdøb filen, så den ender på .yml"
                faults.append(Fault(path, 1, 1, "filnavnet ender på .yaml", cure))
            return kind, id, faults
    folders = ", ".join(sorted({kind.pattern.split("/")[0] for kind in KINDS}))
    what = "filen ligger ikke i en mappe, siden kender"
    return None, "", [Fault(path, 1, 1, what, f"flyt den til en af: {folders}")]


def _bad_name(path: str, name: str) -> Fault:
    cure = f"omdøb den til «{slug(name) or 'et-navn'}» (kun a-z, 0-9 og bindestreg)"
    return Fault(path, 1, 1, f"«{name}» kan ikke bruges som id", cure)


def _thing(document: Document, kind: Kind, id: str) -> tuple[Thing | None, list[Fault]]:
    value = document.value
    if not isinstance(value, dict):
        return None, [
            document.fault((), "filen skal bestå af felter", "skriv «felt: værdi» på hver linje")
        ]
    own = []
    if "id" in value:
        own = [
            document.key_fault(
                ("id",), "feltet «id» findes ikke her", "slet linjen: filens navn er dens id"
            )
        ]
    try:
        thing = kind.model.model_validate({**value, "id": id})
    except ValidationError as error:
        return None, own + list(messages.faults(document, kind.model, error))
    return (None, own) if own else (thing, [])
