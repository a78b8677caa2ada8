"""From `data/` to a `Site`: reads every file, finds every fault, or returns the site.

The only place that reads data from disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from macros import checks, markers, messages, sheet
from macros.faults import DataFaults, Fault
from macros.model import DOC, KINDS, Kind
from macros.sheet import Row, resolve
from macros.site import Key, Site
from macros.text import slug
from macros.values import Thing, field_names, is_slug
from macros.yaml_source import Document, parse

FIELDS = field_names(kind.model for kind in (*KINDS, DOC))
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
    every = [*_data(root), *_docs(root)]
    find = _finder(every)
    for kind, id, document, found in every:
        faults += found
        if kind is None:
            continue
        if (kind.name, id) in documents:
            other = documents[kind.name, id].path
            what, cure = f"{kind.label} «{id}» står også i {other}", "slet den ene"
            faults.append(document.fault((), what, cure))
            continue
        documents[kind.name, id] = document
        if not found:
            if isinstance(document, Row):
                document = resolve(document, kind.model, find)
            thing, found = _thing(document, kind, id)
            faults += found
            if thing is not None:
                things[kind.name, id] = thing
    if not any(kind != "doc" for kind, _ in documents):
        what, cure = "mappen er tom eller findes ikke", "kør kommandoen i projektets egen mappe"
        faults.append(Fault("data", 1, 1, what, cure))
    elif ("doc", "") not in documents:
        what, cure = "forsiden mangler", "opret filen docs/index.md"
        faults.append(Fault("docs/index.md", 1, 1, what, cure))
    site = Site(things, documents, frozenset(documents.keys() - things.keys()))
    return site, faults + checks.run(site)


Read = tuple[Kind | None, str, Document, list[Fault]]


def _data(root: Path) -> Iterator[Read]:
    for file in _files(root / "data"):
        path = file.relative_to(root).as_posix()
        inside = PurePosixPath(path).relative_to("data")
        if file.suffix.lower() in sheet.ENDINGS:
            yield from _sheet(file, path, inside)
            continue
        kind, id, misplaced = _place(path, inside)
        if file.suffix.lower() not in (".yml", ".yaml"):
            yield kind, id, Document(path), misplaced
            continue
        document, faults = parse(path, file.read_bytes(), FIELDS)
        yield kind, id, document, misplaced + faults


def _sheet(file: Path, path: str, inside: PurePosixPath) -> Iterator[Read]:
    """Each row of a spreadsheet, and what is wrong with the file as such."""
    kind = next((kind for kind in KINDS if kind.pattern == f"{inside.parent}/*"), None)
    if kind is None:
        yield None, "", Document(path), _place(path, inside)[2]
        return
    rows, faults = sheet.read(path, file, kind)
    if faults:
        yield None, "", Document(path), faults
    for id, row in rows:
        yield kind, id, row, []


def _finder(every: list[Read]) -> Callable[[str, str], str]:
    """A function: kind, what a cell says -> the id meant by it, or what it says."""
    known: dict[Key, str] = {}
    ids: set[Key] = set()
    for kind, id, document, _ in every:
        if kind and isinstance(document.value, dict):
            title = document.value.get("title")
            if isinstance(title, str):
                known.setdefault((kind.name, title.lower()), id)
                known.setdefault((kind.name, f"{id} {title}".lower()), id)
            ids.add((kind.name, id))

    def find(kind: str, text: str) -> str:
        return text if (kind, text) in ids else known.get((kind, text.lower()), text)

    return find


def _docs(root: Path) -> Iterator[Read]:
    for file in sorted((root / "docs").rglob("*.md")):
        inside = file.relative_to(root / "docs")
        address = _address(inside)
        if address is None or file.name.startswith(".") or not file.is_file():
            continue
        path = file.relative_to(root).as_posix()
        bad = [_bad_name(path, part) for part in address.split("/")[:-1] if not is_slug(part)]
        document, faults = _front_matter(path, file.read_bytes())
        yield DOC, address, document, bad + faults + _calls(document, file.read_bytes())


def _files(data: Path) -> list[Path]:
    return sorted(
        file
        for file in data.rglob("*")
        if file.is_file()
        and file.name != "README.md"
        and not file.name.startswith("~$")  # Excel's own, while a sheet is open
        and not any(part in IGNORED or part[0] == "." for part in file.relative_to(data).parts)
    )


def _address(file: Path) -> str | None:
    """`om/index.md` -> `om/`; None for what is no page of the site (decisions, notes)."""
    if file.parts[0] in IGNORED or file.name == "README.md":
        return None
    folder = file.parent if file.name == "index.md" else file.with_suffix("")
    return "" if folder == Path() else f"{folder.as_posix()}/"


def _front_matter(path: str, raw: bytes) -> tuple[Document, list[Fault]]:
    """The YAML between the two `---` lines that a page begins with."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return parse(path, raw)  # says where
    raw = raw.removeprefix(b"\xef\xbb\xbf")
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


_CALL = re.compile(r"\{\{ ?(\w+)\(\) ?\}\}")


def _calls(document: Document, raw: bytes) -> list[Fault]:
    """What a page calls must exist, and the page must say that it calls."""
    faults = []
    front = document.value if isinstance(document.value, dict) else {}
    for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), start=1):
        for match in re.finditer(r"\{\{.*?(?:\}\}|$)", line):
            column = match.start() + 1
            call = _CALL.fullmatch(match.group())
            if front.get("render_macros") != "true":
                what = f"«{match.group()}» bliver vist, som det står"
                cure = "skriv «render_macros: true» øverst på siden, eller slet tegnene"
            elif not call or call[1] not in markers.NAMES:
                what = f"«{match.group()}» er ikke noget, siden kan hente"
                cure = f"vælg en af: {', '.join(markers.NAMES)} (skrives som {{{{ ideas() }}}})"
            else:
                continue
            faults.append(Fault(document.path, number, column, what, cure))
    return faults


def _place(path: str, inside: PurePosixPath) -> tuple[Kind | None, str, list[Fault]]:
    """The kind and id that a file's place gives it, and what is wrong with the place."""
    depth = len(inside.parts)
    for kind in KINDS:
        if depth == kind.pattern.count("/") + 1 and inside.with_suffix("").match(kind.pattern):
            id = inside.with_suffix("").as_posix().partition("/")[2]
            faults = [_bad_name(path, part) for part in id.split("/") if not is_slug(part)]
            if inside.suffix != ".yml":
                cure = "omdøb filen, så den ender på .yml"
                if inside.suffix in (".ods", ".xls", ".numbers"):
                    cure = "åbn den i et regneark, og gem den som .xlsx eller .csv"
                what = (
                    f"filnavnet ender på »{inside.suffix}«"
                    if inside.suffix
                    else "filnavnet har ingen endelse"
                )
                faults = [Fault(path, 1, 1, what, cure)]
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
