"""The files of a project as they lie on the disk: which there are, and what is in them."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from macros.data.faults import Fault
from macros.reading import spreadsheet
from macros.work import digest
from macros.work.kept import Kept

# What programs leave behind while they work.
_DEBRIS = re.compile(r"^(\.|~\$|#)|(~|#|\.swp|\.bak|\.tmp|\.orig)$|^(Thumbs\.db|desktop\.ini)$")
_MOMENT = 100_000_000  # nanoseconds within which a file may change without another time
MAX_BYTES = 2_000_000  # of a file of text


Stamp = tuple[int, int, int]  # time of change in ns, size in bytes, number on the disk


class File(NamedTuple):
    """path: from the project's folder. place: on the disk. link: whether it only points to
    something else. stamp: as it was when the folder was walked; None for links."""

    path: str
    place: str
    link: bool
    stamp: Stamp | None

    @property
    def inside(self) -> PurePosixPath:
        """Its path from the folder that was walked: `data/` or `docs/`."""
        return PurePosixPath(self.path.partition("/")[2])

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def ending(self) -> str:
        return os.path.splitext(self.name)[1]


@dataclass(frozen=True)
class Lying:
    """The files of a project, in order, and the digest of what is in each, by path; None for what
    is not read (`content` says why)."""

    data: tuple[File, ...]
    docs: tuple[File, ...]
    digests: Mapping[str, str | None]


def lying(root: Path, kept: Kept) -> Lying:
    """As they lie there now: each folder is walked once in a build."""
    data, docs = (tuple(_walk(str(root / folder), folder)) for folder in ("data", "docs"))
    return Lying(data, docs, {file.path: _digest(file, kept) for file in (*data, *docs)})


def _walk(place: str, path: str) -> Iterator[File]:
    """The files under a folder, in order, without what programs leave behind."""
    try:
        entries = sorted(os.scandir(place), key=attrgetter("name"))
    except OSError:
        return
    for entry in entries:
        if is_debris(entry.name):
            continue
        here = f"{path}/{entry.name}"
        if entry.is_symlink():
            yield File(here, entry.path, True, None)
        elif entry.is_dir():
            yield from _walk(entry.path, here)
        elif entry.is_file():
            yield File(here, entry.path, False, _stamp(entry))


def file_at(root: Path, path: str) -> File | None:
    """An ordinary file by its path, if it is one."""
    place = str(root / path)
    if os.path.islink(place) or not os.path.isfile(place):
        return None
    return File(path, place, False, None)


def is_debris(name: str) -> bool:
    """Whether a program has left a file behind."""
    return _DEBRIS.search(name) is not None


def content(file: File) -> tuple[bytes, list[Fault]]:
    """What is in a file, or why it is not read."""
    sheet = file.ending.lower() in spreadsheet.ENDINGS
    most = spreadsheet.MAX_BYTES if sheet else MAX_BYTES
    try:
        if file.link:
            what, cure = "filen er en genvej til en anden fil", "læg selve filen her"
            return b"", [Fault(file.path, 1, 1, what, cure)]
        with open(file.place, "rb", buffering=0) as opened:
            if (size := os.fstat(opened.fileno()).st_size) > most:
                what = f"filen fylder {size / 10**6:.0f} MB; den må højst fylde {most // 10**6}"
                return b"", [Fault(file.path, 1, 1, what, "del den i flere filer")]
            return opened.read(), []
    except OSError:
        what = "filen kan ikke læses"
        return b"", [Fault(file.path, 1, 1, what, "se, om du må åbne den, og om den er helt gemt")]


def _digest(file: File, kept: Kept) -> str | None:
    """One that nobody wrote to since this process read it is not read again; one written to a
    moment ago is, since a second time may not show."""
    memory = kept.memory["files"]
    if (before := memory.get(file.path)) and file.stamp and before[0] == file.stamp:
        return before[1]
    raw, faults = content(file)
    if faults:
        return None
    known = digest.of_bytes(raw)
    if file.stamp and time.time_ns() - file.stamp[0] > _MOMENT:
        memory[file.path] = file.stamp, known
    return known


def _stamp(entry: os.DirEntry[str]) -> Stamp | None:
    try:
        told = entry.stat(follow_symlinks=False)
    except OSError:
        return None
    return told.st_mtime_ns, told.st_size, told.st_ino


def lines(file: Path) -> list[str]:
    """The lines of a list beside the content, without remarks; none if it is not there."""
    try:
        every = file.read_text(encoding="utf-8").splitlines()
        return [line.strip() for line in every if line.strip() and not line.startswith("#")]
    except (OSError, UnicodeDecodeError):
        return []
