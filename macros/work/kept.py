"""Values on disk between runs: a shelf for each sort, in files that change as little as can be.

Every file begins with the program's fingerprint and a checksum. One that is broken, foreign or
older is as good as none: what it held is made again.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any
from zlib import crc32

from macros.work import digest

KEPT = ".build/kept"  # in a project's folder
FILES = 16  # of a shelf: one changed value writes one of them again
_HEAD = 2 * digest.SIZE


class Kept:
    """What is kept in a folder; with None only as long as this object lives."""

    def __init__(self, folder: Path | None = None, root: Path | None = None):
        """root: the project whose templates the values were made with."""
        self._folder = folder
        self._root = root
        self._fingerprint = program(root)
        self._shelves: dict[str, Shelf] = {}
        # What is only of use as long as the very objects live that it was made of.
        self.memory: dict[str, dict[Any, Any]] = defaultdict(dict)

    @property
    def stale(self) -> bool:
        """Whether program or templates are others now than when this was opened."""
        return self._fingerprint != program(self._root)

    def made(self, name: str, around: str) -> dict[str, Any]:
        """What this process has made of single things, by their digest. around: what all were made
        with; with another one nothing is known."""
        memory = self.memory[name]
        if memory.get("around") != around:
            memory.clear()
            memory.update(around=around, made={})
        return memory["made"]

    def same(self, name: str, key: Any, given: object, make: Callable[[], Any]) -> Any:
        """What this process made the last time, if it was of the same; or what is made now."""
        before, value = self.memory[name].get(key, (None, None))
        if before != given:
            value = make()
            self.memory[name][key] = given, value
        return value

    def shelf(self, name: str) -> Shelf:
        if name not in self._shelves:
            folder = self._folder / name if self._folder else None
            self._shelves[name] = Shelf(folder, self._fingerprint)
        return self._shelves[name]

    def save(self, prune: bool = True) -> None:
        """Write what changed. prune: without what nobody asked for since the last time. What cannot
        be written is left: it is only made again."""
        for shelf in self._shelves.values():
            with suppress(OSError):
                shelf.save(prune)


class Shelf:
    """Values by key; only those that were asked for or put since the last `save` stay."""

    def __init__(self, folder: Path | None, fingerprint: str):
        self._folder = folder
        self._fingerprint = fingerprint
        self._values: dict[str, Any] = {}
        self._touched: set[str] = set()
        self._files: dict[int, set[str]] = {}  # as they are on disk
        if folder:
            for at in range(FILES):
                values = self._read(folder / f"{at:02}")
                self._files[at] = set(values)
                self._values.update(values)

    def get(self, key: str) -> Any:
        """What was put under the key, or None."""
        value = self._values.get(key)
        if value is not None:
            self._touched.add(key)
        return value

    def put(self, key: str, value: Any) -> None:
        self._values[key] = value
        self._touched.add(key)
        self._files.get(_file(key), set()).discard(key)

    def touch(self, keys: Iterable[str]) -> None:
        """As if somebody asked for them all."""
        self._touched.update(keys)

    def take(self, key: str) -> Any:
        """What was put under the key, or None; it is gone from here, for whoever changes it must
        put it back when it is whole."""
        self._files.get(_file(key), set()).discard(key)
        return self._values.pop(key, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def save(self, prune: bool = True) -> None:
        if prune:
            for key in self._values.keys() - self._touched:
                del self._values[key]
            self._touched = set()
        if self._folder is None:
            return
        wanted: dict[int, set[str]] = {at: set() for at in range(FILES)}
        for key in self._values:
            wanted[_file(key)].add(key)
        for at, keys in wanted.items():
            if keys != self._files.get(at, set()):
                self._write(self._folder / f"{at:02}", {key: self._values[key] for key in keys})
                self._files[at] = keys

    def _read(self, file: Path) -> dict[str, Any]:
        try:
            raw = file.read_bytes()
            head, content = raw[:_HEAD].decode("ascii"), raw[_HEAD:]
            if head != digest.of_bytes(self._fingerprint.encode() + content):
                return {}
            return pickle.loads(content)
        except Exception:  # whatever is wrong with it, it is not needed
            return {}

    def _write(self, file: Path, values: dict[str, Any]) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        content = pickle.dumps(values, pickle.HIGHEST_PROTOCOL)
        head = digest.of_bytes(self._fingerprint.encode() + content)
        beside = file.with_name(f"{file.name}.{os.getpid()}")
        beside.write_bytes(head.encode("ascii") + content)
        beside.replace(file)


def _file(key: str) -> int:
    return crc32(key.encode("utf-8", "surrogatepass")) % FILES


def program(root: Path | None = None) -> str:
    """The fingerprint of all that makes values of what it is given: this program, the templates and
    styles of `root`, the libraries, Python."""
    parts = [_running()]
    if root:
        parts.append(_content(root, "overrides/**/*", "mkdocs.yml"))
    return digest.of(*parts)


@cache  # what runs is what was there when it began
def _running() -> str:
    return digest.of(
        sys.version, _libraries(), _content(Path(__file__).resolve().parents[1], "**/*.py")
    )


def _content(folder: Path, *patterns: str) -> str:
    every = (file for pattern in patterns for file in folder.glob(pattern))
    files = sorted(file for file in every if file.is_file())
    return digest.of(*((str(file.relative_to(folder)), _bytes(file)) for file in files))


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def _libraries() -> str:
    """What is installed, as the folder that lists it has it."""
    paths = sorted({str(Path(one._path).name) for one in metadata.distributions()})  # type: ignore[attr-defined]
    return "\n".join(paths)
