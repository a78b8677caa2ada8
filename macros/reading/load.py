"""From `data/` to a `Site`: reads every file, finds every fault, or returns the site.

The only place that reads data from disk.
"""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path, PurePosixPath

from pydantic import ValidationError

from macros.data.activity import Activity
from macros.data.document import Document, Documents
from macros.data.faults import DataFaults, Fault, shown
from macros.data.fields import field_names, references
from macros.data.kind import Kind
from macros.data.kinds import KINDS, LABELS
from macros.data.settings import DOC
from macros.data.site import LISTED, Earlier, Key, Noticed, Site, Surroundings
from macros.data.values import Thing, is_slug
from macros.pages.kinds import address_of
from macros.reading import hand_written, messages, published, spreadsheet
from macros.reading.files import Lying, content, lines, lying
from macros.reading.naming import bad_name, place
from macros.reading.spreadsheet import resolve
from macros.reading.yaml_source import parse
from macros.rules import copied, run, spelling, words
from macros.when.entry import today
from macros.work import digest
from macros.work.kept import Kept
from macros.work.spread import spread

FIELDS = field_names(kind.model for kind in (*KINDS, DOC))
IGNORED = ("_schema", "decisions")
# What a hand-written page may show or offer.
SHOWN = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".pdf", ".csv", ".xlsx", ".docx", ".ics")


def load(root: Path, kept: Kept | None = None) -> Site:
    """The site of `root`/data. Raises `DataFaults` with all faults of all files."""
    site, faults = read(root, kept)
    if faults:
        raise DataFaults(faults)
    return site


def read(root: Path, kept: Kept | None = None) -> tuple[Site, list[Fault]]:
    """What can be read, and all faults: of the files, of the model and of the rules.

    kept: what earlier runs made of the same files.
    """
    gathered = gather(root, kept)
    return gathered.site, [*gathered.faults, *run.on_all(gathered.site)]


def gather(root: Path, kept: Kept | None = None, there: Lying | None = None) -> Gathered:
    """The same before the rules on all of it, which take as long as the rest: what refers to
    something may refer to nothing. there: the project's files, if somebody has looked already."""
    kept = kept or Kept()
    there = there or lying(root, kept)
    known = lines(root / copied.FILE)
    copies, around = frozenset(known), digest.of("\n".join(known))
    texts: dict[str, tuple[str, int]] = {}
    remarks: list[Fault] = []
    every = [
        *_data(there, copies, around, kept, remarks),
        *_docs(there, texts, copies, around, kept),
    ]
    faults: list[Fault] = []
    judged: dict[Key, Judged] = {}
    for one in _resolved(every, copies, around, kept):
        faults += one.read
        if one.kind is None:
            continue
        key = one.kind, one.id
        if key in judged:
            label, other = LABELS[one.kind], judged[key].path
            what = f"{label} «{one.id}» står også i {other}"
            faults.append(one.unpacked.fault((), what, "slet den ene"))
            continue
        judged[key] = one
        faults += one.judged
    if not any(kind != "doc" for kind, _ in judged):
        what, cure = "mappen er tom eller findes ikke", "kør kommandoen i projektets egen mappe"
        faults.append(Fault("data", 1, 1, what, cure))
    else:
        for key, path, name in (
            (("doc", ""), "docs/index.md", "forsiden"),
            (("site", ""), "data/site.yml", "filen med sidens navn"),
        ):
            if key not in judged:
                faults.append(Fault(path, 1, 1, f"{name} mangler", f"opret filen {path}"))
    files, misplaced = _files_beside(there)
    beside = Surroundings(
        root=root,
        texts=texts,
        html={id: _html(text, root, kept) for id, (text, _) in texts.items()},
        files=files,
        copied=copies,
        words=frozenset(lines(root / spelling.FILE)),
        published=_published(root, judged.keys()),
        remarks=tuple(remarks),
        year_ago=_year_ago(root, kept),
    )
    gathered = Gathered(there, judged, copies, around, beside, today(), (*faults, *misplaced))
    kept.memory["gathered"]["last"] = gathered
    return gathered


def _html(text: str, root: Path, kept: Kept) -> tuple[str, str]:
    """A hand-written page's HTML. One that takes in other files is made each time."""
    shelf, key = kept.shelf("markdown"), digest.of(text)
    if "--8<--" in text:
        return hand_written.rendered(text, root)
    if (html := shelf.get(key)) is None:
        html = hand_written.rendered(text, root)
        shelf.put(key, html)
    return html


@dataclass(frozen=True)
class Judged:
    """A document, the thing in it, and what is wrong with either by itself.

    document: packed. title: by which a row of a spreadsheet may name it. read: faults of reading;
    judged: of the model and of the rules on one thing. thing: None if it could not be made. row:
    whether it is a spreadsheet's and not judged yet, since its cells may name others by title.
    """

    kind: str | None
    id: str
    path: str
    document: bytes
    title: str | None = None
    read: tuple[Fault, ...] = ()
    judged: tuple[Fault, ...] = ()
    thing: Thing | None = None
    noticed: Noticed | None = None
    row: bool = False

    @property
    def unpacked(self) -> Document:
        return pickle.loads(self.document)


@dataclass(frozen=True)
class Gathered:
    """What was read of a project's files on a day. copies, around: as `_data` has them."""

    there: Lying
    judged: Mapping[Key, Judged]
    copies: frozenset[str]
    around: str
    beside: Surroundings
    day: date
    faults: tuple[Fault, ...] = ()

    @cached_property
    def site(self) -> Site:
        every = self.judged.items()
        return Site(
            {key: one.thing for key, one in every if one.thing is not None},
            Documents({key: (one.path, one.document) for key, one in every}),
            frozenset(key for key, one in every if one.thing is None),
            self.beside,
            {key: one.noticed for key, one in every if one.noticed},
        )

    def taking(self, there: Lying, new: Mapping[Key, Judged]) -> Gathered:
        """The same with other sound documents in the place of some sound ones."""
        now = replace(self, there=there, judged={**self.judged, **new})
        site, every = self.site, new.items()
        now.__dict__["site"] = replace(  # which need not go through thousands of others
            site,
            things={**site.things, **{key: one.thing for key, one in every}},
            documents=site.documents.taking({key: (one.path, one.document) for key, one in every}),
            noticed={**site.noticed, **{key: one.noticed for key, one in every}},
        )
        return now


def _judged(
    kind: Kind | None, id: str, document: Document, read: list[Fault], copies: frozenset[str]
) -> Judged:
    """The document by itself. copies: hashes of the sources' runs of words."""
    packed = pickle.dumps(document, pickle.HIGHEST_PROTOCOL)
    if kind is None:
        return Judged(None, id, document.path, packed, read=tuple(read))
    thing, faults = (None, []) if read else _thing(document, kind, id)
    return Judged(
        kind.name,
        id,
        document.path,
        packed,
        _title(document),
        tuple(read),
        (*faults, *run.on_one(document, thing)),
        thing,
        words.notice(thing, copies) if thing is not None else None,
    )


def _title(document: Document) -> str | None:
    title = document.value.get("title") if isinstance(document.value, dict) else None
    return title if isinstance(title, str) else None


def _data(
    there: Lying, copies: frozenset[str], around: str, kept: Kept, remarks: list[Fault]
) -> Iterator[Judged]:
    """What the files of `data/` hold, in order. around: the digest of `copies`."""
    shelf = kept.shelf("files")
    files: list[tuple[str, list[Fault], str]] = []
    known: dict[str, tuple[tuple[Judged, ...], tuple[Fault, ...]]] = {}
    unknown: list[tuple[str, bytes, str]] = []
    for file in there.data:
        path = file.path
        if path.endswith("/README.md") or "/_" in path:
            continue  # beside the content: schemas, lists of words, what judges it
        key = f"{path} {there.digests[path]} {around}"
        faults: list[Fault] = []
        if one := shelf.get(key):
            known[key] = one
        else:
            raw, faults = content(file)
            if not faults:
                # Of what is read now: it may have been written to a moment ago.
                key = f"{path} {digest.of_bytes(raw)} {around}"
                unknown.append((path, raw, key))
        files.append((path, faults, key))
    made = spread(lambda file: documents(file[0], file[1], copies), unknown)
    for (*_, key), new in zip(unknown, made, strict=True):
        known[key] = new
        shelf.put(key, new)
    for path, faults, key in files:
        if faults:
            yield Judged(None, "", path, b"", read=tuple(faults))
        else:
            judged, remarked = known[key]
            remarks += remarked
            yield from judged


def documents(
    path: str, raw: bytes, copies: frozenset[str]
) -> tuple[tuple[Judged, ...], tuple[Fault, ...]]:
    """What a file of `data/` holds: a document, or one for each row of a spreadsheet; remarks."""
    inside = PurePosixPath(path).relative_to("data")
    if inside.suffix.lower() in spreadsheet.ENDINGS:
        kind = next((kind for kind in KINDS if kind.pattern == f"{inside.parent}/*"), None)
        if kind is None:
            return (_judged(None, "", Document(path), place(path, inside)[2], copies),), ()
        rows, faults, told = spreadsheet.read(path, raw, kind)
        if faults:
            return (_judged(None, "", Document(path), faults, copies),), tuple(told)
        packed = [(id, row, pickle.dumps(row, pickle.HIGHEST_PROTOCOL)) for id, row in rows]
        return tuple(
            Judged(kind.name, id, path, document, _title(row), row=True)
            for id, row, document in packed
        ), tuple(told)
    kind, id, misplaced = place(path, inside)
    if inside.suffix.lower() not in (".yml", ".yaml"):
        return (_judged(kind, id, Document(path), misplaced, copies),), ()
    document, faults = parse(path, raw, FIELDS)
    return (_judged(kind, id, document, misplaced + faults, copies),), ()


def _resolved(
    every: list[Judged], copies: frozenset[str], around: str, kept: Kept
) -> Iterator[Judged]:
    """The same, and the rows of spreadsheets judged, now that it is known what their cells name."""
    shelf = kept.shelf("rows")
    find = _finder(every) if any(one.row for one in every) else None
    for one in every:
        if one.row and find:
            kind = _KINDS[one.kind or ""]
            row = resolve(one.unpacked, kind.model, find)
            key = digest.of(row, one.id, around)
            if (done := shelf.get(key)) is None:
                done = _judged(kind, one.id, row, [], copies)
                shelf.put(key, done)
            one = done
        yield one


_KINDS = {kind.name: kind for kind in KINDS}


def _finder(every: list[Judged]) -> Callable[[str, str], str]:
    """A function: kind, what a cell says -> the id meant by it, or what it says."""
    ids = {(one.kind, one.id) for one in every}

    @cache
    def known() -> dict[Key, str]:
        named: dict[Key, str] = {}
        for one in every:
            if one.kind and one.title is not None:
                named.setdefault((one.kind, one.title.lower()), one.id)
                named.setdefault((one.kind, f"{one.id} {one.title}".lower()), one.id)
        return named

    def find(kind: str, text: str) -> str:
        return text if (kind, text) in ids else known().get((kind, text.lower()), text)

    return find


def _docs(
    there: Lying, texts: dict[str, tuple[str, int]], copies: frozenset[str], around: str, kept: Kept
) -> Iterator[Judged]:
    """The front matter of hand-written pages; their texts go into `texts`."""
    memory = kept.made("docs", around)
    for file in there.docs:
        address = _address(file.inside)
        if file.ending != ".md" or address is None:
            continue
        key = f"{file.path} {there.digests[file.path]}"
        if (known := memory.get(key)) is None:
            raw, faults = content(file)
            known = _doc(file.path, raw, faults, address, copies)
            if digest.of_bytes(raw) == there.digests[file.path]:
                memory[key] = known
        one, text = known
        if text:
            texts[address] = text
        yield one


def _doc(
    path: str, raw: bytes, faults: list[Fault], address: str, copies: frozenset[str]
) -> tuple[Judged, tuple[str, int] | None]:
    """A page's front matter; its text and first line."""
    document, text = Document(path), None
    if not faults:
        document, faults, *text = _parted(path, raw)
    bad = [bad_name(path, part) for part in address.split("/")[:-1] if not is_slug(part)]
    return _judged(DOC, address, document, bad + faults, copies), tuple(text) if text else None


def _files_beside(there: Lying) -> tuple[frozenset[str], list[Fault]]:
    """Pictures and other files that pages of `docs/` show or offer; and what may not lie there."""
    files, faults = set(), []
    for file in there.docs:
        if file.ending == ".md" or file.inside.parts[0] in IGNORED:
            continue
        if file.link:
            what, cure = "filen er en genvej til noget andet", "læg selve filen her"
        elif file.ending.lower() not in SHOWN:
            what = f"filer, der ender på «{shown(file.ending) or 'ingenting'}», kan ikke vises"
            cure = f"brug {', '.join(SHOWN)}, eller flyt filen ud af docs/"
        else:
            files.add(file.inside.as_posix())
            continue
        faults.append(Fault(file.path, 1, 1, what, cure))
    return frozenset(files), faults


def _published(root: Path, known: Collection[Key]) -> dict[str, str]:
    """Addresses that the published site has and this one has no file for, and their titles."""
    lost: dict[str, str] = {}
    for path, raw in published.since(root):
        if path.startswith("docs/"):
            id = _address(PurePosixPath(path).relative_to("docs"))
            every = [("doc", id or "", _parted(path, raw)[0])] if path.endswith(".md") else []
        elif any(part[0] == "_" for part in PurePosixPath(path).parts) or path.endswith(".md"):
            every = []
        else:
            found, _ = documents(path, raw, frozenset())
            every = [(one.kind, one.id, one.unpacked) for one in found if one.kind]
        for kind, id, document in every:
            value = document.value if isinstance(document.value, dict) else {}
            if (kind, id) in known:
                continue
            if str(value.get("example", "")).lower() in ("ja", "true", "x"):
                continue  # nobody was promised that it stays
            if (address := address_of(kind, id)) is not None:
                lost[address] = shown(value.get("title") or id)
    return lost


def _year_ago(root: Path, kept: Kept) -> Earlier | None:
    """What was listed a year ago: what can be read of it today, and is whole."""
    day = published.a_year_before(today())
    commit = published.commit_of(root, day)
    if not commit:
        return None
    shelf = kept.shelf("earlier")
    things: dict[Key, Thing] | None = shelf.get(commit)
    if things is None:
        folders = [
            f"data/{kind.pattern.partition('/')[0]}" for kind in KINDS if kind.name in LISTED
        ]
        every = []
        for path, raw in published.files_of(root, commit, folders):
            every += documents(path, raw, frozenset())[0]
        read = _resolved(every, frozenset(), "", Kept())
        things = {(one.kind, one.id): one.thing for one in read if one.kind and one.thing}
        shelf.put(commit, things)
    whole = {
        key: one
        for key, one in things.items()
        if not isinstance(one, Activity)
        or all(k not in LISTED or (k, id) in things for _, k, id in references(one))
    }
    return Earlier(day, whole)


def _address(file: PurePosixPath) -> str | None:
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
        thing.with_digest(digest.of(kind.name, id, value))
    except ValidationError as error:
        return None, own + list(messages.faults(document, kind.model, error))
    return (None, own) if own else (thing, [])
