"""What a foreign file may cost: its size, and the time and memory of reading it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any

from macros.data.activity import MAX_IMPORTED
from macros.importing.draft import ImportStopped

MAX_SECONDS = 5
MAX_MEMORY = 450_000_000


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
    if size > MAX_IMPORTED:
        raise ImportStopped(
            f"filen fylder {size // 10**6} MB; den må højst fylde {MAX_IMPORTED // 10**6}",
            "del den op, eller eksportér en kortere periode",
        )
    try:
        return path.read_bytes()
    except OSError:
        raise ImportStopped(
            f"filen «{path.name}» kan ikke læses", "se, om du må åbne den"
        ) from None
