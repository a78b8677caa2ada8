"""Foreign files -> activities: an association's calendar or an Open Referral file.

A format's reader turns a file into drafts; here they are written as YAML beside what is there,
and tried with the very rules of `check`. What does not hold is left out, and the report says why.
Either every file is written or none; no file is ever replaced. A new format is a file of its own
and a line in `FORMATS`.
"""

from __future__ import annotations

import difflib
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from macros.data.faults import Fault
from macros.data.kinds import KINDS
from macros.data.site import Site
from macros.importing import calendar, openreferral
from macros.importing.bounds import content, in_bounds
from macros.importing.draft import Draft, ImportStopped, Report, Skipped
from macros.output.schema import modeline
from macros.reading import load
from macros.reading.changed import dumped
from macros.when.entry import today

MAX_TAKEN = 300  # each is tried by every rule; a year of a busy house is a tenth
Drafts = tuple[list[Draft], list[Skipped]]


@dataclass(frozen=True)
class Format:
    """A kind of foreign file: its ending, what reads it, and whether it must be said who is behind
    it.

    read: (bytes, site, the organiser's id or «», today) -> drafts, and what was left out. known:
    whether the bytes are of this kind, where others have the same ending and stand behind it.
    """

    ending: str
    read: Callable[[bytes, Site, str, date], Drafts]
    needs_organiser: bool = False
    known: Callable[[bytes], bool] = lambda raw: True


FORMATS = (
    Format(".ics", calendar.drafts, needs_organiser=True),
    Format(".json", openreferral.drafts),
)


def from_file(root: Path, file: Path, organisation: str | None, write: bool) -> Report:
    """Take what can be taken from a file of one of `FORMATS` into `root`/data.

    organisation: the id of who is behind a calendar. write: otherwise only tell. ImportStopped
    when nothing can be taken at all.
    """
    raw = content(file)
    site, before = load.read(root)
    if before:
        raise ImportStopped(
            f"data/ har allerede {len(before)} fejl", "kør «make check», og ret dem først"
        )
    fitting = [at for at, one in enumerate(FORMATS) if one.ending == file.suffix.lower()]
    if len(fitting) > 1:
        fitting = in_bounds(those_known, fitting, raw)
    if not fitting:
        endings = dict.fromkeys(one.ending for one in FORMATS)
        raise ImportStopped(
            f"filer, der ender på «{file.suffix}», kan ikke importeres",
            f"brug {' eller '.join(endings)}; "
            "læg regneark (.csv, .xlsx) direkte i data/activities/",
        )
    number, chosen = fitting[0], FORMATS[fitting[0]]
    known = [one.id for one in site.organisations]
    if chosen.needs_organiser and organisation not in known:
        where = "det er navnet på arrangørens fil i data/organisations/"
        if not organisation:
            raise ImportStopped(
                "det er ikke sagt, hvem der arrangerer", f"skriv --organisation og et id; {where}"
            )
        guess = difflib.get_close_matches(organisation, known, n=1, cutoff=0.5)
        cure = f"mente du «{guess[0]}»?" if guess else "opret den i data/organisations/ først"
        raise ImportStopped(
            f"«{organisation}» er ikke en arrangør på siden",
            f"skriv --organisation og et id; {cure}",
        )
    drafts, skipped = in_bounds(read, number, raw, site, organisation or "", today())
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


def those_known(numbers: list[int], raw: bytes) -> list[int]:
    """Of some of `FORMATS`, those that a file's content fits."""
    return [number for number in numbers if FORMATS[number].known(raw)]


def read(number: int, raw: bytes, site: Site, organiser: str, day: date) -> Drafts:
    """The drafts of a file's content. number: which of `FORMATS` it is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # libraries warn in English; the report tells in Danish
        return FORMATS[number].read(raw, site, organiser, day)


def take(
    root: Path, site: Site, drafts: Iterable[Draft], skipped: Iterable[Skipped], write: bool
) -> Report:
    """Try the drafts against what `root` holds, and write what holds if `write` is set."""
    report = Report(skipped=list(skipped))
    candidates: list[Draft] = []
    for draft in drafts:
        # Two of one id would be one file, and the second would be gone without a word.
        twin = next((one for one in candidates if one.path == draft.path), None)
        if twin:
            why = f"den ville få samme fil som »{twin.name}«; giv den et navn, der ligner mindre"
            report.skipped.append(Skipped(draft.name, why))
        elif (draft.kind, draft.id) in site.documents or (root / draft.path).exists():
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
            told = load.read(trial)[1]
            at_fault = {fault.path: fault for fault in reversed(told)}
            for fault in told:  # a fault between two files may stand at the one that was there
                for draft in wanted:
                    if draft.path in fault.what:
                        at_fault.setdefault(draft.path, fault)
            bad = [d for d in candidates if any(n.path in at_fault for n in (d, *d.needs))]
            if not bad and told:
                raise ImportStopped(told[0].what, told[0].cure)
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
    by_path: dict[str, Draft] = {}
    for draft in drafts:
        for one in (*draft.needs, draft):
            by_path.setdefault(one.path, one)
    return list(by_path.values())


def _write(root: Path, draft: Draft) -> None:
    path = root / draft.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_yaml(draft), encoding="utf-8")


def as_yaml(draft: Draft) -> str:
    """The file as an editor would write it."""
    kind = next(kind for kind in KINDS if kind.name == draft.kind)
    kept = {name: value for name, value in draft.values.items() if value not in (None, "", [], {})}
    return f"{modeline(kind)}\n{dumped(kept)}"


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
