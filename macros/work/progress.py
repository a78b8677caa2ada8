"""How far a long piece of work has come, for whoever sits at a terminal and waits."""

from __future__ import annotations

import sys
import time

PATIENCE = 2.0  # seconds before a word is said
_EVERY = 0.2  # seconds between two words


class Progress:
    """One line that is written over itself. Nothing is shown where nobody sits, nor of work that is
    soon over."""

    def __init__(self) -> None:
        self._start = self._told = 0.0
        self._step = ""
        self._wide = 0

    def begin(self) -> None:
        self._start, self._told, self._step, self._wide = time.monotonic(), 0.0, "", 0

    def step(self, name: str) -> None:
        """What is being done from now on."""
        self._step, self._told = name, 0.0
        self.tell()

    def tell(self, done: int = 0, of: int = 0) -> None:
        """How much of the step is done, if that is known."""
        now = time.monotonic()
        if not self._start or now - self._start < PATIENCE or now - self._told < _EVERY:
            return
        if not sys.stderr.isatty():
            return
        self._told = now
        count = f" {done} af {of}" if of else ""
        line = f"{self._step}{count} …" if self._step else "…"
        print(f"\r{line.ljust(self._wide)}", end="", file=sys.stderr, flush=True)
        self._wide = max(self._wide, len(line))

    def end(self) -> None:
        """Leave the line as if nothing had been there."""
        if self._wide:
            print(f"\r{' ' * self._wide}\r", end="", file=sys.stderr, flush=True)
        self._start, self._wide = 0.0, 0


progress = Progress()  # one terminal, one line
