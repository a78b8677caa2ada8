"""Builds the site beside the old one and puts it in its place only when it is whole."""

from __future__ import annotations

import errno
import fcntl
import gc
import os
import re
import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from macros.adapter.written import SETTINGS, MkDocsStopped, written
from macros.data.faults import DataFaults
from macros.data.site import Site
from macros.output import editing
from macros.output.editing import NoEditor
from macros.output.printouts import NoPango
from macros.output.tree import Tree
from macros.output.whole import Whole
from macros.pages.pages import edition
from macros.reading import published
from macros.reading.again import again
from macros.reading.files import Lying, content, lying
from macros.reading.load import Gathered, gather
from macros.rules.run import on_all
from macros.when.entry import today
from macros.work import digest
from macros.work.kept import KEPT, Kept
from macros.work.progress import progress


class BuildStopped(Exception):
    """The build found something wrong; the old site still stands. The text says what."""


def build(
    root: Path,
    target: Path,
    kept: Kept | None = None,
    editor: bool = False,
    sooner: Callable[[Whole], None] | None = None,
    saved: Collection[str] = (),
) -> tuple[int, int]:
    """Build `root` into the folder `target`; how many files were written and how many removed.

    kept: what the last builds of this process made; whoever has it saves it. editor: with the
    editor in the browser too (`output/editing`). sooner: gets the whole before it is judged and any
    of it is made. saved: the files that were written to since the last build, by paths from `root`,
    if somebody knows; whoever is wrong only makes it slower. Raises BuildStopped and leaves
    `target` as it was.
    """
    os.environ.setdefault("SOURCE_DATE_EPOCH", _last_commit(root))
    with alone(root / ".build/lock", "En anden bygger siden lige nu."), _calm(sooner is not None):
        try:
            memory = kept or Kept(root / KEPT, root)
            tree, stamps = Tree(target, memory), memory.shelf("given")
            read = again(root, memory, saved) if sooner and saved else None
            whole = _sooner(sooner, root, read, tree, memory)
            there = lying(root, memory)
            given = _given(root, editor, there)
            if stamps.get(str(target)) == given and tree.intact:
                return 0, 0
            try:
                progress.begin()
                progress.step("Læser filerne")
                if read is None or read.there.digests != there.digests:
                    read = gather(root, memory, there)
                    whole = _sooner(sooner, root, read, tree, memory)
                if faults := [*read.faults, *on_all(read.site)]:
                    raise DataFaults(faults)
                whole = whole or _whole(root, read.site, tree, memory)
                if faults := whole.put():
                    raise DataFaults(faults)
                if editor:
                    for path, content in editing.files(read.site, root):
                        tree.put(path, content)
                progress.step("Gemmer")
                changed = tree.apply()
                stamps.put(str(target), given)
                return changed
            finally:
                progress.end()
                tree.drop()
                if kept is None:
                    memory.save(prune=tree.applied)
        except DataFaults as faults:
            raise BuildStopped(str(faults)) from None
        except (NoPango, NoEditor, MkDocsStopped) as stop:
            raise BuildStopped(str(stop)) from None
        except OSError as error:
            if error.errno not in DISK:
                raise BuildStopped(_our_fault(target, error)) from None
            what, cure = DISK[error.errno]
            raise BuildStopped(f"Siden kunne ikke gemmes: {what}.\n    Ret: {cure}") from None
        except Exception as error:  # ours to mend, not the editor's: keep the trace for us
            raise BuildStopped(_our_fault(target, error)) from None


def _sooner(
    tell: Callable[[Whole], None] | None,
    root: Path,
    read: Gathered | None,
    tree: Tree,
    kept: Kept,
) -> Whole | None:
    """The whole, told to whoever cannot wait until it is judged; None if it cannot be made yet."""
    if tell and read and not read.faults:
        with suppress(Exception):  # nothing has judged it
            whole = _whole(root, read.site, tree, kept)
            tell(whole)
            return whole
    return None


def _whole(root: Path, site: Site, tree: Tree, kept: Kept) -> Whole:
    """What is shown today."""
    asked = written(root, site, kept)
    shown = site if site.settings.examples else site.without_examples()
    today = edition(shown, None, asked.site_url, asked.edit_url, kept)
    return Whole(today, root, asked.pages, tree, kept)


def _given(root: Path, editor: bool, there: Lying) -> str:
    """The digest of all that a build is given, but for the program and its templates, which are the
    memory's own matter."""
    files = "\0".join(f"{path} {known}" for path, known in there.digests.items())
    settings = [os.environ.get(name, "") for name in SETTINGS]
    taken_in = [
        _taken_in(root, content(file)[0])
        for file in (*there.data, *there.docs)
        if file.path.endswith(".md")
    ]
    earlier = published.commit_of(root, published.a_year_before(today()))
    return digest.of(settings, today(), files, taken_in, editing.given(root, editor), earlier)


def _taken_in(root: Path, page: bytes) -> list[bytes]:
    """The content of what a page takes in, which may lie anywhere (`pymdownx.snippets`)."""
    named = _TAKEN_IN.findall(page)
    contents = [(root / os.fsdecode(name)).read_bytes() for name in named if _is_file(root, name)]
    if len(named) < page.count(_MARK) or any(_MARK in content for content in contents):
        contents.append(b"%d" % time.time_ns())  # in a way that is not followed here
    return contents


_MARK = b"--8<--"
_TAKEN_IN = re.compile(rb'^--8<-- "([^":\n]+)"[ \t]*$', re.MULTILINE)


def _is_file(root: Path, name: bytes) -> bool:
    return (root / os.fsdecode(name)).is_file()


# What a disk may say, and what to do.
DISK = {
    errno.ENOSPC: ("der er ikke plads på disken", "gør plads, og byg igen"),
    errno.EDQUOT: ("der er ikke plads på disken", "gør plads, og byg igen"),
    errno.EROFS: ("mappen kan ikke skrives i", "vælg en anden mappe, eller gør den skrivbar"),
    errno.EACCES: ("du må ikke skrive i mappen", "spørg den, der passer maskinen"),
    errno.EPERM: ("du må ikke skrive i mappen", "spørg den, der passer maskinen"),
}


def _our_fault(target: Path, error: Exception) -> str:
    log = target.with_name(f"{target.name}.fejl.txt")
    log.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    return (
        f"Siden kunne ikke bygges på grund af en fejl i programmet ({type(error).__name__}).\n"
        f"    Ret: send filen {log.name} til den, der passer programmet"
    )


@contextmanager
def alone(file: Path, busy: str) -> Iterator[None]:
    """One at a time with that file as lock; a second one says it is busy, and waits. Where the file
    cannot be made, nobody else can write either."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = open(file, "w")  # noqa: SIM115
    except OSError:
        yield
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print(f"{busy} Venter på den.", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _calm(again: bool) -> Iterator[None]:
    """Thousands of small objects that all stay: looking through them for rubbish would take longer
    than the work. again: whether this process goes on and builds again, so that what this build
    left must go before the rest is taken for what stays."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if again:
            gc.collect()
        gc.freeze()
        if enabled:
            gc.enable()


def _last_commit(root: Path) -> str:
    """The time of the last commit in seconds, so that equal commits give equal bytes."""
    if not shutil.which("git"):
        return "0"
    run = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=root, capture_output=True, text=True, check=False
    )
    return run.stdout.strip() or "0"
