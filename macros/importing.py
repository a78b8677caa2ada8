"""Foreign files -> activities: an association's calendar or an Open Referral file.

A reader (`import_calendar`, `import_openreferral`) turns a file into drafts; here they are
cleaned, written as YAML beside what is there, and tried with the very rules of `check`. What
does not hold is left out, and the report says why. Either every file is written or none; no
file is ever replaced.
"""

from __future__ import annotations

import difflib
import html
import multiprocessing
import re
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import nh3
import yaml

from macros import load
from macros.faults import Fault
from macros.model import KINDS
from macros.programme import today
from macros.schema import modeline
from macros.site import Site
from macros.text import HIDDEN, slug

MAX_BYTES = 5_000_000
MAX_SECONDS = 5
MAX_MEMORY = 450_000_000
MAX_TEXT = 8_000  # signs of one field that are looked at
MAX_TAKEN = 300  # each is tried by every rule; a year of a busy house is a tenth
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


def from_file(root: Path, file: Path, organisation: str | None, write: bool) -> Report:
    """Take what can be taken from a `.ics` or `.json` file into `root`/data.

    organisation: the id of who is behind a calendar. write: otherwise only tell. ImportStopped
    when nothing can be taken at all.
    """
    raw = content(file)
    site, before = load.read(root)
    if before:
        raise ImportStopped(
            f"data/ har allerede {len(before)} fejl", "kør «make check», og ret dem først"
        )
    ending = file.suffix.lower()
    if ending not in (".ics", ".json"):
        raise ImportStopped(
            f"filer, der ender på «{file.suffix}», kan ikke importeres",
            "brug .ics eller .json; læg regneark (.csv, .xlsx) direkte i data/activities/",
        )
    known = [one.id for one in site.organisations]
    if ending == ".ics" and organisation not in known:
        what = f"«{organisation}» er ikke" if organisation else "det er ikke sagt, hvem der er"
        guess = difflib.get_close_matches(organisation or "", known, n=1, cutoff=0.5)
        cure = f"mente du «{guess[0]}»?" if guess else "opret den i data/organisations/ først"
        raise ImportStopped(
            f"{what} en arrangør på siden", f"skriv --organisation og et id; {cure}"
        )
    drafts, skipped = in_bounds(read, ending, raw, site, organisation, today())
    if len(drafts) > MAX_TAKEN:
        raise ImportStopped(
            f"filen har {len(drafts)} aktiviteter; der kan højst tages {MAX_TAKEN} ad gangen",
            "del den op, eller eksportér en kortere periode",
        )
    try:
        return take(root, site, drafts, skipped, write)
    except OSError:
        raise ImportStopped(
            "filerne kan ikke gemmes", "se, om der er plads, og om du må skrive i data/"
        ) from None


def read(
    ending: str, raw: bytes, site: Site, organisation: str | None, day: date
) -> tuple[list[Draft], list[Skipped]]:
    """The drafts of a file's content. ending: `.ics` or `.json`."""
    # A reader knows drafts, not the other way round.
    from macros import import_calendar, import_openreferral

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # libraries warn in English; the report tells in Danish
        if ending == ".json":
            return import_openreferral.drafts(raw, site, day)
        return import_calendar.drafts(raw, site, organisation or "", day)


def in_bounds(work: Callable[..., Any], *arguments: Any) -> Any:
    """`work(*arguments)` in a process of its own, with bounds on time and memory.

    No list of tricks is complete (a time zone that changes every second, a rule of a million
    weekdays …); a process that is ended when it takes too long needs none.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_bounded, args=(theirs, work, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        answer = ours.recv() if ours.poll(MAX_SECONDS) else None
    except EOFError:
        answer = None
    finally:
        process.kill()
        process.join()
    if answer is None:
        raise ImportStopped(
            "filen er for tung at læse", "eksportér en kortere periode, eller del filen op"
        )
    if isinstance(answer, ImportStopped):
        raise answer
    return answer


def _bounded(answers: Any, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    try:
        import resource  # not on Windows; there only the time is bounded

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    except (ImportError, ValueError, OSError):
        pass
    try:
        answers.send(work(*arguments))
    except ImportStopped as stopped:
        answers.send(stopped)
    except (MemoryError, RecursionError):
        pass  # the other end finds the pipe closed and says so


def content(path: Path) -> bytes:
    """A file's bytes; ImportStopped when it is not there or too big to be what it should be."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise OSError
    except OSError:
        raise ImportStopped(
            f"filen «{path.name}» findes ikke", "skriv stien til filen rigtigt"
        ) from None
    if size > MAX_BYTES:
        raise ImportStopped(
            f"filen fylder {size // 10**6} MB; den må højst fylde {MAX_BYTES // 10**6}",
            "del den op, eller eksportér en kortere periode",
        )
    try:
        return path.read_bytes()
    except OSError:
        raise ImportStopped(
            f"filen «{path.name}» kan ikke læses", "se, om du må åbne den"
        ) from None


def plain(text: object, limit: int = 1500) -> tuple[str, list[str]]:
    """Foreign text as plain lines, and what was done to it; «» for what is no text."""
    if not isinstance(text, str):
        return "", []
    # Half a sign (a lone surrogate) cannot be saved.
    raw = str(text).encode("utf-8", "ignore").decode()
    notes = []
    if len(raw) > MAX_TEXT:  # nested code costs the square of its depth
        raw, notes = raw[:MAX_TEXT], [f"teksten er forkortet til {limit} tegn"]
    clean = re.sub(r"(?i)<br\s*/?>|</(p|div|li|h\d)>", "\n", raw)
    clean = re.sub(r"<(https?://[^<>\s]+|[\w.+-]+@[\w.-]+)>", r" \1 ", clean)
    spaced = clean
    # What was escaped once more than needed comes out as code, so it goes through again.
    for _ in range(4):
        before, clean = clean, _unescaped(nh3.clean(_escaped(clean), tags=set()))
        if clean == before:
            break
    clean = re.sub(r"</?[a-zA-Z][^<>]*>", " ", clean)
    clean = re.sub(r"&(?=\w+;)", "& ", clean)
    if clean.split() != spaced.split():
        notes.append("HTML-kode er fjernet")
    # A formula in a spreadsheet, code in a template, signs that nobody sees.
    clean = HIDDEN.sub("", re.sub(r"[\t\u2028\u2029]", " ", clean))
    clean = re.sub(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\*\*|\]\(", " ", clean).lstrip("=+@-\t ")
    lines = (" ".join(line.split()) for line in clean.splitlines())
    clean = "\n".join(line for line in lines if line)
    if len(clean) > limit:
        clean = clean[: limit - 2].rsplit(" ", 1)[0] + " …"
        notes = [*notes, f"teksten er forkortet til {limit} tegn"]
    return clean, list(dict.fromkeys(notes))


_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


def _escaped(text: str) -> str:
    """Text whose & that begin no entity are escaped: «?a=1&copy=2», «Q&A»."""
    return re.sub(rf"&(?!{_ENTITY.pattern[1:]})", "&amp;", text)


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)


def line(text: object) -> str:
    """Foreign text as one line of a title's length."""
    return " ".join(plain(text, 160)[0].split())[:160]


def unique(wanted: str, taken: Iterable[str]) -> str:
    """An id that is not taken yet."""
    known, id, number = set(taken), slug(wanted)[:60].strip("-") or "aktivitet", 2
    base = id
    while id in known:
        id, number = f"{base}-{number}", number + 1
    return id


def take(
    root: Path, site: Site, drafts: Iterable[Draft], skipped: Iterable[Skipped], write: bool
) -> Report:
    """Try the drafts against what `root` holds, and write what holds if `write` is set."""
    report = Report(skipped=list(skipped))
    candidates = []
    for draft in drafts:
        if (draft.kind, draft.id) in site.documents or (root / draft.path).exists():
            report.skipped.append(Skipped(draft.name, f"den findes allerede: {draft.path}"))
        else:
            candidates.append(draft)
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder)
        for document in site.documents.values():  # what `load` reads, and nothing else
            copy = trial / document.path
            copy.parent.mkdir(parents=True, exist_ok=True)
            if not copy.exists():
                shutil.copy(root / document.path, copy)
        while candidates:
            wanted = _with_needs(candidates)
            for draft in wanted:
                _write(trial, draft)
            found = load.read(trial)[1]
            at_fault = {fault.path: fault for fault in reversed(found)}
            for fault in found:  # a fault between two files may stand at the one that was there
                for draft in wanted:
                    if draft.path in fault.what:
                        at_fault.setdefault(draft.path, fault)
            bad = [d for d in candidates if any(n.path in at_fault for n in (d, *d.needs))]
            if not bad and found:
                raise ImportStopped(found[0].what, found[0].cure)
            if not bad:
                break
            for draft in wanted:
                (trial / draft.path).unlink()
            for draft in bad:
                path = next(n.path for n in (draft, *draft.needs) if n.path in at_fault)
                report.skipped.append(Skipped(draft.name, _why(at_fault[path])))
            candidates = [draft for draft in candidates if draft not in bad]
        report.taken = _with_needs(candidates)
        if write:
            _put(trial, root, report.taken)
    return report


def _why(fault: Fault) -> str:
    return f"{fault.what}. Ret: {fault.cure}"


def _with_needs(drafts: list[Draft]) -> list[Draft]:
    """The drafts and what they refer to, each once."""
    found: dict[str, Draft] = {}
    for draft in drafts:
        for one in (*draft.needs, draft):
            found.setdefault(one.path, one)
    return list(found.values())


def _write(root: Path, draft: Draft) -> None:
    path = root / draft.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_yaml(draft), encoding="utf-8")


class _Dumper(yaml.SafeDumper):
    """Lists set in under their field, and text of several lines as lines."""

    def increase_indent(self, flow=False, indentless=False):
        return super().increase_indent(flow, False)


def _text(dumper: _Dumper, text: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, "|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def as_yaml(draft: Draft) -> str:
    """The file as an editor would write it."""
    kind = next(kind for kind in KINDS if kind.name == draft.kind)
    kept = {name: value for name, value in draft.values.items() if value not in (None, "", [], {})}
    body = yaml.dump(kept, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
    return f"{modeline(kind)}\n{body}"


def _put(trial: Path, root: Path, drafts: list[Draft]) -> None:
    """All files or none: whatever interrupts, those already written are taken away again."""
    done: list[Path] = []
    try:
        for draft in drafts:
            target = root / draft.path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("x", encoding="utf-8") as file:
                done.append(target)
                file.write((trial / draft.path).read_text(encoding="utf-8"))
    except BaseException:
        for path in done:
            path.unlink(missing_ok=True)
        raise
