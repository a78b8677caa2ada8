"""From `data/` to a `Site`: reads every file, finds every fault, or returns the site.

The only place that reads data from disk.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from macros.data.document import Document
from macros.data.faults import DataFaults, Fault, shown
from macros.data.fields import field_names
from macros.data.kind import Kind
from macros.data.kinds import KINDS
from macros.data.settings import DOC
from macros.data.site import Key, Site, Surroundings
from macros.data.values import Thing, is_slug
from macros.language.text import slug
from macros.pages.kinds import address_of
from macros.reading import hand_written, messages, published, spreadsheet
from macros.reading.spreadsheet import Row, resolve
from macros.reading.yaml_source import parse
from macros.rules import copied, run, spelling

FIELDS = field_names(kind.model for kind in (*KINDS, DOC))
IGNORED = ("_schema", "decisions")
# What a hand-written page may show or offer, and what programs leave behind while they work.
SHOWN = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".pdf", ".csv", ".xlsx", ".docx", ".ics")
_DEBRIS = re.compile(r"^(\.|~\$|#)|(~|#|\.swp|\.bak|\.tmp|\.orig)$|^(Thumbs\.db|desktop\.ini)$")
MAX_BYTES = 2_000_000  # of a file of text


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
    texts: dict[str, tuple[str, int]] = {}
    remarks: list[Fault] = []
    every = [*_data(root, remarks), *_docs(root, texts)]
    find = _finder(every)
    for kind, id, document, own_faults in every:
        faults += own_faults
        if kind is None:
            continue
        if (kind.name, id) in documents:
            other = documents[kind.name, id].path
            what, cure = f"{kind.label} «{id}» står også i {other}", "slet den ene"
            faults.append(document.fault((), what, cure))
            continue
        documents[kind.name, id] = document
        if not own_faults:
            if isinstance(document, Row):
                document = resolve(document, kind.model, find)
            thing, own_faults = _thing(document, kind, id)
            faults += own_faults
            if thing is not None:
                things[kind.name, id] = thing
    if not any(kind != "doc" for kind, _ in documents):
        what, cure = "mappen er tom eller findes ikke", "kør kommandoen i projektets egen mappe"
        faults.append(Fault("data", 1, 1, what, cure))
    else:
        for key, path, name in (
            (("doc", ""), "docs/index.md", "forsiden"),
            (("site", ""), "data/site.yml", "filen med sidens navn"),
        ):
            if key not in documents:
                faults.append(Fault(path, 1, 1, f"{name} mangler", f"opret filen {path}"))
    files, misplaced = _files_beside(root)
    beside = Surroundings(
        root=root,
        texts=texts,
        html={id: hand_written.rendered(text, root) for id, (text, _) in texts.items()},
        files=files,
        copied=frozenset(_lines(root / copied.FILE)),
        words=frozenset(_lines(root / spelling.FILE)),
        published=_published(root, documents),
        remarks=tuple(remarks),
    )
    site = Site(things, documents, frozenset(documents.keys() - things.keys()), beside)
    return site, faults + misplaced + run.run(site)


Read = tuple[Kind | None, str, Document, list[Fault]]


def _data(root: Path, remarks: list[Fault]) -> Iterator[Read]:
    for file in _files(root / "data"):
        path = file.relative_to(root).as_posix()
        raw, faults = _bytes(file, path)
        if faults:
            yield None, "", Document(path), faults
        else:
            yield from _one(path, raw, remarks)


def _one(path: str, raw: bytes, remarks: list[Fault]) -> Iterator[Read]:
    """What a file of `data/` holds: a document, or one for each row of a spreadsheet."""
    inside = PurePosixPath(path).relative_to("data")
    if inside.suffix.lower() in spreadsheet.ENDINGS:
        kind = next((kind for kind in KINDS if kind.pattern == f"{inside.parent}/*"), None)
        if kind is None:
            yield None, "", Document(path), _place(path, inside)[2]
            return
        rows, faults, told = spreadsheet.read(path, raw, kind)
        remarks += told
        if faults:
            yield None, "", Document(path), faults
        for id, row in rows:
            yield kind, id, row, []
        return
    kind, id, misplaced = _place(path, inside)
    if inside.suffix.lower() not in (".yml", ".yaml"):
        yield kind, id, Document(path), misplaced
        return
    document, faults = parse(path, raw, FIELDS)
    yield kind, id, document, misplaced + faults


def _bytes(file: Path, path: str) -> tuple[bytes, list[Fault]]:
    """A file's content, or why it is not read."""
    most = spreadsheet.MAX_BYTES if file.suffix.lower() in spreadsheet.ENDINGS else MAX_BYTES
    try:
        if file.is_symlink():
            what, cure = "filen er en genvej til en anden fil", "læg selve filen her"
            return b"", [Fault(path, 1, 1, what, cure)]
        if (size := file.stat().st_size) > most:
            what = f"filen fylder {size / 10**6:.0f} MB; den må højst fylde {most // 10**6}"
            return b"", [Fault(path, 1, 1, what, "del den i flere filer")]
        return file.read_bytes(), []
    except OSError:
        what = "filen kan ikke læses"
        return b"", [Fault(path, 1, 1, what, "se, om du må åbne den, og om den er helt gemt")]


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


def _docs(root: Path, texts: dict[str, tuple[str, int]]) -> Iterator[Read]:
    for file in _walk(root / "docs"):
        address = _address(file.relative_to(root / "docs"))
        if file.suffix != ".md" or address is None:
            continue
        path = file.relative_to(root).as_posix()
        raw, faults = _bytes(file, path)
        bad = [_bad_name(path, part) for part in address.split("/")[:-1] if not is_slug(part)]
        if faults:
            yield DOC, address, Document(path), bad + faults
            continue
        document, faults, text, line = _parted(path, raw)
        texts[address] = (text, line)
        yield DOC, address, document, bad + faults


def _walk(folder: Path) -> list[Path]:
    """The files under a folder, in order, without what programs leave behind; links are files."""
    paths = []
    for place, folders, files in os.walk(folder):
        inside = Path(place)
        links = [name for name in folders if (inside / name).is_symlink()]
        folders[:] = [n for n in folders if n not in links and not _DEBRIS.search(n)]
        names = (name for name in (*files, *links) if not _DEBRIS.search(name))
        paths += [inside / name for name in names]
    return sorted(file for file in paths if file.is_symlink() or file.is_file())


def _files(data: Path) -> list[Path]:
    return [
        file
        for file in _walk(data)
        if file.name != "README.md"
        # What begins with _ is beside the content: schemas, lists of words, what judges it.
        and not any(part in IGNORED or part[0] == "_" for part in file.relative_to(data).parts)
    ]


def _files_beside(root: Path) -> tuple[frozenset[str], list[Fault]]:
    """Pictures and other files that pages of `docs/` show or offer; and what may not lie there."""
    files, faults = set(), []
    for file in _walk(root / "docs"):
        inside = file.relative_to(root / "docs")
        if file.suffix == ".md" or inside.parts[0] in IGNORED:
            continue
        path = f"docs/{inside.as_posix()}"
        if file.is_symlink():
            what, cure = "filen er en genvej til noget andet", "læg selve filen her"
        elif file.suffix.lower() not in SHOWN:
            what = f"filer, der ender på «{shown(file.suffix) or 'ingenting'}», kan ikke vises"
            cure = f"brug {', '.join(SHOWN)}, eller flyt filen ud af docs/"
        else:
            files.add(inside.as_posix())
            continue
        faults.append(Fault(path, 1, 1, what, cure))
    return frozenset(files), faults


def _lines(file: Path) -> list[str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    except (OSError, UnicodeDecodeError):
        return []


def _published(root: Path, documents: dict[Key, Document]) -> dict[str, str]:
    """Addresses that the published site has and this one has no file for, and their titles."""
    lost: dict[str, str] = {}
    for path, raw in published.since(root):
        if path.startswith("docs/"):
            id = _address(PurePosixPath(path).relative_to("docs"))
            every = [(DOC, id or "", _parted(path, raw)[0], [])] if path.endswith(".md") else []
        elif any(part[0] == "_" for part in PurePosixPath(path).parts) or path.endswith(".md"):
            every = []
        else:
            every = _one(path, raw, [])
        for kind, id, document, _ in every:
            value = document.value if isinstance(document.value, dict) else {}
            if kind is None or (kind.name, id) in documents:
                continue
            if str(value.get("example", "")).lower() in ("ja", "true", "x"):
                continue  # nobody was promised that it stays
            if (address := address_of(kind.name, id)) is not None:
                lost[address] = shown(value.get("title") or id)
    return lost


def _address(file: PurePosixPath | Path) -> str | None:
    """`om/index.md` -> `om/`; None for what is no page of the site (decisions, notes)."""
    if file.parts[0] in IGNORED or file.name == "README.md":
        return None
    folder = file.parent if file.name == "index.md" else file.with_suffix("")
    return "" if folder.as_posix() == "." else f"{folder.as_posix()}/"


def _parted(path: str, raw: bytes) -> tuple[Document, list[Fault], str, int]:
    """The YAML between the two `---` lines that a page begins with; its text and first line."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return (*parse(path, raw), "", 1)  # says where
    raw = raw.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    match = re.match(rb"---[ \t]*\n.*?(?=^---[ \t]*$)", raw, re.DOTALL | re.MULTILINE)
    if not match:
        what = "siden begynder ikke med «---» og en titel"
        cure = "skriv «---», «title: …», «description: …» og «---» øverst"
        return Document(path), [Fault(path, 1, 1, what, cure)], "", 1
    front, text = match.group(), raw[match.end() :].partition(b"\n")[2].decode("utf-8")
    return (*parse(path, front), text, front.count(b"\n") + 2)


def _place(path: str, inside: PurePosixPath) -> tuple[Kind | None, str, list[Fault]]:
    """The kind and id that a file's place gives it, and what is wrong with the place."""
    depth = len(inside.parts)
    for kind in KINDS:
        if depth == kind.pattern.count("/") + 1 and inside.with_suffix("").match(kind.pattern):
            id = inside.with_suffix("").as_posix().partition("/")[2]
            parts = filter(None, id.split("/"))
            faults = [_bad_name(path, part) for part in parts if not is_slug(part)]
            if inside.suffix != ".yml":
                faults = [_bad_ending(path, inside.suffix)]
            return kind, id, faults
    folders = ", ".join(
        sorted({kind.pattern.split("/")[0] for kind in KINDS if "/" in kind.pattern})
    )
    what = "filen ligger ikke i en mappe, siden kender"
    return None, "", [Fault(path, 1, 1, what, f"flyt den til en af: {folders}")]


def _bad_ending(path: str, ending: str) -> Fault:
    if ending.lower() in (".ods", ".xls", ".numbers", ".xlsm", ".tsv"):
        cure = "åbn den i et regneark, og gem den som .xlsx eller .csv"
    elif ending.lower() in (".docx", ".doc", ".odt", ".rtf", ".pdf", ".pages"):
        cure = "flyt den ud af data/; kopiér en .yml-fil af samme slags, og skriv teksten i den"
    elif ending.lower() in (".yaml", ".yml", ".txt", ""):
        cure = "omdøb filen, så den ender på .yml"
    else:
        cure = "flyt den ud af data/; her ligger kun .yml-filer og regneark (.xlsx og .csv)"
    what = f"filnavnet ender på »{ending}«" if ending else "filnavnet har ingen endelse"
    return Fault(path, 1, 1, what, cure)


def _bad_name(path: str, name: str) -> Fault:
    cure = f"omdøb den til «{slug(name) or 'et-navn'}» (kun a-z, 0-9 og bindestreg)"
    return Fault(path, 1, 1, f"«{shown(name)}» kan ikke bruges som id", cure)


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
