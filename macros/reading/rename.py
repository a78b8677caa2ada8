"""A thing gets another id: its file, all that names it, and its old address, which leads on.

Everything is tried beside `data/` with the very rules of `check` before anything is written.
"""

from __future__ import annotations

import difflib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from macros.data.activity import is_example
from macros.data.faults import Fault
from macros.data.kinds import KINDS, LABELS
from macros.data.site import Key, Site
from macros.data.values import is_slug
from macros.pages.kinds import address_of
from macros.reading import load, spreadsheet

REDIRECTS = "data/redirects.yml"
# What lies in a thing's own folder, or inside it, and begins with its id.
_INSIDE = {"strategy": "area", "source": "section"}


class RenameStopped(Exception):
    """Nothing was renamed; the text says why, and the cure."""

    def __str__(self) -> str:
        return "{}\n    Ret: {}".format(*self.args)


def rename(root: Path, kind: str, old: str, new: str) -> list[str]:
    """Give a thing of `root`/data another id; the files that changed. Raises RenameStopped."""
    site, faults = load.read(root)
    if faults:
        raise RenameStopped(
            f"data/ har allerede {len(faults)} fejl", "kør «make check», og ret dem først"
        )
    _judge(site, kind, old, new)
    ids = {old: new}
    inside = _INSIDE.get(kind)
    if inside == "area":
        ids |= {
            id: f"{new}{id.removeprefix(old)}"
            for name, id in site.things
            if name == "area" and id.startswith(f"{old}/")
        }
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder)
        for name in ("data", "docs"):
            shutil.copytree(root / name, trial / name, symlinks=True)
        moves = dict(_moves(site, kind, ids, inside))
        changed = _named_anew(trial, site, kind, ids, inside)
        pages = list(_addresses(site, kind, ids, inside))
        changed |= _linked_anew(trial, [(before, after) for _, before, after in pages])
        for before, after in moves.items():
            (trial / after).parent.mkdir(parents=True, exist_ok=True)
            (trial / before).rename(trial / after)
        # Nobody was promised that an example stays.
        leads = [(old, new) for key, old, new in pages if not is_example(site.things[key])]
        if leads:
            _lead_on(trial / REDIRECTS, leads)
            changed.add(REDIRECTS)
        if told := load.read(trial)[1]:
            raise _stopped(told[0])
        # What is gone goes last: cut off anywhere, nothing is lost.
        written = sorted({*moves.values(), *(moves.get(path, path) for path in changed)})
        for path in written:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            beside = (root / path).with_name(f".{Path(path).name}.new")
            shutil.copyfile(trial / path, beside)
            beside.replace(root / path)
        for before in moves:
            (root / before).unlink()
        if inside == "area" and not any((root / f"data/strategies/{old}").glob("*")):
            shutil.rmtree(root / f"data/strategies/{old}", ignore_errors=True)
    return written


def _stopped(fault: Fault) -> RenameStopped:
    what, cure = f"{fault.path}:{fault.line}: {fault.what}", fault.cure
    if Path(fault.path).suffix in spreadsheet.ENDINGS:
        # A spreadsheet keeps its form, so we do not write in it; a title holds before and after.
        cure = "skriv det, den hedder, i cellen i stedet for id'et, og prøv igen"
    return RenameStopped(what, cure)


def _judge(site: Site, kind: str, old: str, new: str) -> None:
    names = [one.name for one in KINDS if "/" in one.pattern]
    if kind not in names:
        raise RenameStopped(f"«{kind}» er ikke en slags", f"vælg en af: {', '.join(names)}")
    if (kind, old) not in site.things:
        known = [id for name, id in site.things if name == kind]
        guess = difflib.get_close_matches(old, known, n=1, cutoff=0.5)
        cure = f"mente du «{guess[0]}»?" if guess else "skriv filens navn uden .yml"
        raise RenameStopped(f"der er ingen {LABELS[kind]} «{old}»", cure)
    if old.count("/") != new.count("/") or not all(map(is_slug, new.split("/"))):
        raise RenameStopped(f"«{new}» kan ikke bruges som id", "brug kun a-z, 0-9 og bindestreg")
    if kind == "area" and old.partition("/")[0] != new.partition("/")[0]:
        raise RenameStopped("et område bliver i sin strategi", "behold det, der står før «/»")
    if (kind, new) in site.documents:
        raise RenameStopped(f"der er allerede en {LABELS[kind]} «{new}»", "vælg et andet id")
    if Path(site.documents.path((kind, old))).suffix in spreadsheet.ENDINGS:
        path = site.documents.path((kind, old))
        raise RenameStopped(f"«{old}» står i regnearket {path}", "ret id og henvisninger dér")


def _moves(
    site: Site, kind: str, ids: dict[str, str], inside: str | None
) -> Iterator[tuple[str, str]]:
    """Each file that moves, and where to."""
    for old, new in ids.items():
        key = (kind, old) if (kind, old) in site.things else (inside or "", old)
        path = site.documents.path(key)
        yield path, f"{path.removesuffix(f'{old}.yml')}{new}.yml"


def _named_anew(
    trial: Path, site: Site, kind: str, ids: dict[str, str], inside: str | None
) -> set[str]:
    """Write the new id wherever the old one is named; the files that changed."""
    places: dict[str, list[tuple[int, int, str, str]]] = {}
    for key, named in site.references.items():
        for where, of, target in named:
            new = _new(of, target, kind, ids, inside)
            if new is None:
                continue
            document = site.documents[key]
            if Path(document.path).suffix in spreadsheet.ENDINGS:
                continue
            line, column = document.position(where)
            places.setdefault(document.path, []).append((line, column, target, new))
    for path, every in places.items():
        file = trial / path
        lines = file.read_text(encoding="utf-8").split("\n")
        for line, column, target, new in sorted(set(every), reverse=True):
            text = lines[line - 1]
            at = text.index(target, column - 1)
            lines[line - 1] = f"{text[:at]}{new}{text[at + len(target) :]}"
        file.write_text("\n".join(lines), encoding="utf-8")
    return set(places)


def _new(of: str, target: str, kind: str, ids: dict[str, str], inside: str | None) -> str | None:
    """What a reference says from now on; None if it names something else."""
    if of == kind or (of == inside and target in ids):
        return ids.get(target)
    first, slash, rest = target.partition("/")
    if of == inside == "section" and first in ids:
        return f"{ids[first]}{slash}{rest}"
    return None


def _linked_anew(trial: Path, moved: list[tuple[str, str]]) -> set[str]:
    """Links of hand-written pages to the old addresses; the pages that changed."""
    changed = set()
    for file in sorted((trial / "docs").rglob("*.md")):
        text = after = file.read_text(encoding="utf-8")
        for before, new in moved:
            after = after.replace(f"(/{before}", f"(/{new}")
        if after != text:
            file.write_text(after, encoding="utf-8")
            changed.add(file.relative_to(trial).as_posix())
    return changed


def _addresses(
    site: Site, kind: str, ids: dict[str, str], inside: str | None
) -> Iterator[tuple[Key, str, str]]:
    """Each thing that has a page, its old and its new address."""
    for old, new in ids.items():
        key: Key = (kind, old) if (kind, old) in site.things else (inside or "", old)
        before, after = address_of(key[0], old), address_of(key[0], new)
        if before and after:
            yield key, before, after


def _lead_on(file: Path, leads: list[tuple[str, str]]) -> None:
    """Enter the addresses; what led to an old one leads to the new one at once."""
    text = file.read_text(encoding="utf-8") if file.exists() else "moved:\n"
    for before, after in leads:
        text = text.replace(f"new: {before}\n", f"new: {after}\n")
        entry = yaml.safe_dump([{"old": before, "new": after}], sort_keys=False)
        text = f"{text.rstrip()}\n" + "".join(f"  {line}\n" for line in entry.splitlines())
    file.write_text(text, encoding="utf-8")
