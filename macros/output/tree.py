"""The built files where they stand: only what differs is written, and only when all is there.

Files are put beside first, under their digests, and moved over when the whole is judged. A move is
whole or not at all; one that was cut off is made good by the next build, since a file that is not
as it was written counts as missing.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from macros.work import digest
from macros.work.kept import Kept, Shelf
from macros.work.spread import spread

Stamp = tuple[int, int]  # a file's time of change in ns and its size in bytes


class Tree:
    """The files of a built site. target: its folder."""

    def __init__(self, target: Path, kept: Kept):
        self.target = target
        self.applied = False
        self._beside = target.with_name(f"{target.name}.new")
        # path -> digest and stamp of what this program wrote there
        self._written: Shelf = kept.shelf(shelf_of(target))
        self._made: Shelf = kept.shelf("made")  # a key of what a file is made of -> its digest
        self._wanted: dict[str, str] = {}
        self._put: set[str] = set()  # digests of what this process put beside
        self._folders: set[str] = set()  # that this process made for them
        shutil.rmtree(self._beside, ignore_errors=True)

    @cached_property
    def _there(self) -> dict[str, Stamp]:
        """Every file that stands in the target."""
        return dict(_files(str(self.target), ""))

    @cached_property
    def _standing(self) -> dict[str, str]:
        """Every file that stands there as it was written, and the digest of what is in it."""
        there = self._there
        written = ((path, self._written.get(path)) for path in self._written)
        return {path: name for path, (name, stamp) in written if stamp == there.get(path)}

    def has(self, path: str, content: str) -> bool:
        """Whether a file stands there with content of that digest, or was put beside to be."""
        return self._standing.get(path) == content or content in self._put

    @property
    def intact(self) -> bool:
        """Whether all stands as it was last written, and nothing else."""
        every = {path: self._written.get(path)[1] for path in self._written}
        return bool(every) and every == self._there

    def beside(self, content: bytes) -> str:
        """Put content beside, to be moved to its place; its digest. Any process may call it."""
        name = digest.of_bytes(content)
        if name not in self._put:
            folder = f"{self._beside}/{name[:2]}"
            if folder not in self._folders:
                os.makedirs(folder, exist_ok=True)
                self._folders.add(folder)
            unfinished = unfinished_of(f"{folder}/{name}")
            with open(unfinished, "wb") as file:
                file.write(content)
            os.replace(unfinished, f"{folder}/{name}")
            self._put.add(name)
        return name

    def put(self, path: str, content: bytes) -> None:
        """A file of the new site."""
        name = digest.of_bytes(content)
        if not self.has(path, name):
            self.beside(content)
        self._wanted[path] = name

    def make(self, files: Iterable[tuple[str, str, Callable[[], bytes]]]) -> None:
        """Files of the new site: path, key, content. Equal keys, equal content; each is made only
        when it must be."""
        unknown = []
        for path, key, content in files:
            name = self._made.get(key)
            if name is not None and self.has(path, name):
                self._wanted[path] = name
            else:
                unknown.append((path, key, content))

        def made(at: int) -> str:  # by number: what makes a file cannot be sent anywhere
            path, _, content = unknown[at]
            raw = content()
            name = digest.of_bytes(raw)
            return name if self.has(path, name) else self.beside(raw)

        names = spread(made, range(len(unknown)))
        for (path, key, _), name in zip(unknown, names, strict=True):
            self._made.put(key, name)
            self._wanted[path] = name

    def keep(self, path: str, content: str) -> None:
        """A file of the new site that stands there already or was put beside: its digest."""
        self._wanted[path] = content

    @property
    def paths(self) -> Iterable[str]:
        """Every file of the new site, as far as it is known."""
        return self._wanted.keys()

    def drop(self) -> None:
        """Forget the new site; the old one stands as it did."""
        self._put.clear()
        self._folders.clear()
        shutil.rmtree(self._beside, ignore_errors=True)

    def apply(self) -> tuple[int, int]:
        """Make the target the new site; how many files were written and removed.

        What others lead to comes first: files, then pages, and what is gone goes last.
        """
        there = self._standing
        changed = [path for path, name in self._wanted.items() if there.get(path) != name]
        folders: set[str] = set()  # that there are
        target, beside = str(self.target), str(self._beside)
        for path in sorted(changed, key=lambda path: (path.endswith(".html"), path)):
            name, place = self._wanted[path], f"{target}/{path}"
            folder = path.rpartition("/")[0]
            if folder not in folders:
                _make_room(self.target, self.target / folder)
                folders.add(folder)
            _put(f"{beside}/{name[:2]}/{name}", place)
            self._written.put(path, (name, _stamp(place)))
        gone = self._there.keys() - self._wanted.keys()
        for path in gone:
            (self.target / path).unlink(missing_ok=True)
        for folder in sorted({path.rpartition("/")[0] for path in gone}, key=len, reverse=True):
            _clear(self.target, folder)
        self.target.mkdir(parents=True, exist_ok=True)
        for path in [path for path in self._written if path not in self._wanted]:
            self._written.take(path)
        self.applied = True
        self.drop()
        return len(changed), len(gone)


def shelf_of(target: Path) -> str:
    """Where it is kept what was written into a folder."""
    return f"tree-{digest.of(str(target.resolve()))}"


def _clear(target: Path, folder: str) -> None:
    """Take away an empty folder, and those above that it leaves empty. A deeper one may have taken
    it along already."""
    while folder and (target / folder).is_dir() and not os.listdir(target / folder):
        (target / folder).rmdir()
        folder = folder.rpartition("/")[0]


def _put(source: str, place: str) -> None:
    """The same file at a place, whole or not at all."""
    try:
        os.link(source, place)
        return
    except OSError:  # something stands there; or another disk, or one that has no links
        pass
    if os.path.isdir(place) and not os.path.islink(place):
        shutil.rmtree(place)
    beside = unfinished_of(place)
    with suppress(FileNotFoundError):
        os.unlink(beside)
    try:
        os.link(source, beside)
    except OSError:
        shutil.copyfile(source, beside)
    os.replace(beside, place)
    with suppress(FileNotFoundError):  # it stays where the very same file stood there already
        os.unlink(beside)


def unfinished_of(place: str) -> str:
    """Where a file is written before it is moved to its place: beside it, and by nobody else. Under
    `serve` a thread puts pages that are asked for while the build puts all."""
    folder, _, name = place.rpartition("/")
    return f"{folder}/.{name}.{os.getpid()}-{threading.get_ident()}.new"


def _files(place: str, inside: str) -> Iterator[tuple[str, Stamp]]:
    try:
        entries = list(os.scandir(place))
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{inside}{entry.name}/")
        else:
            told = entry.stat(follow_symlinks=False)
            yield f"{inside}{entry.name}", (told.st_mtime_ns, told.st_size)


def _make_room(target: Path, folder: Path) -> None:
    """The folder, even where a file stands in its way."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        for step in (*reversed(folder.relative_to(target).parents), folder.relative_to(target)):
            if (target / step).is_file():
                (target / step).unlink()
        folder.mkdir(parents=True, exist_ok=True)


def _stamp(file: str) -> Stamp | None:
    try:
        told = os.stat(file)
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size
