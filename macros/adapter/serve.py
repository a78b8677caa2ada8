"""Serves the site on this machine and rebuilds it on every change, faults or no faults."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import watchfiles
from mkdocs.livereload import LiveReloadServer

from macros.adapter.build import BuildStopped, build
from macros.output.editing import ADDRESS, FAULTS
from macros.output.tree import unfinished_of
from macros.output.whole import Whole
from macros.reading.files import is_debris
from macros.work.kept import KEPT, Kept

MOMENT, PATIENCE = 0.03, 3.0  # seconds in which requests come; for which a build waits for them
WATCHED = ("data", "docs", "overrides", "mkdocs.yml")
_WAITING = """<!doctype html><html lang="da"><meta charset="utf-8"><title>Ret fejlene først</title>
<body><h1>Siden kan ikke laves endnu</h1>
<p>Fejlene står i terminalen. Siden kommer her, når de er rettet.</p>"""


def serve(root: Path, host: str = "127.0.0.1", port: int = 8000, editor: bool = False) -> int:
    """Serve until Ctrl+C. 0, or 1 when the address is taken. editor: with the editor in the
    browser, which is told what is wrong too."""
    logger = logging.getLogger("mkdocs")  # its words are English; `build` says them in Danish
    logger.propagate = False
    logger.addHandler(logging.NullHandler())
    if not _is_free(host, port):
        print(f"Porten {port} kan ikke bruges. Ret: vælg en anden, fx «make serve PORT=8001».")
        return 1
    target = root / ".build" / "site"
    target.parent.mkdir(exist_ok=True)

    kept = Kept(root / KEPT, root)
    server: _Server | None = None

    def rebuild() -> None:
        nonlocal kept
        start = time.perf_counter()
        if kept.stale:
            kept = Kept(root / KEPT, root)
        early = _Early(target, server) if server else None
        if server:
            server.early = early
        try:
            build(root, target, kept, editor, early, server.saved() if server else ())
            took = time.perf_counter() - start
            print(f"Siden er klar ({took:.1f} s).", flush=True)
            if early:
                early.over()
        except BuildStopped as stop:
            if early:
                early.over()
                early.undo()
            told = f"{stop}\nSiden er ikke ændret. Ret fejlene, og gem igen."
            print(told, flush=True)
            if editor and (target / ADDRESS).is_dir():  # the next build takes it away again
                (target / ADDRESS / FAULTS).write_text(told, encoding="utf-8")
        if early and early.done:
            server.show()

    rebuild()
    kept.save()
    if not target.exists():
        target.mkdir()
        (target / "index.html").write_text(_WAITING, encoding="utf-8")
    try:
        server = _Server(rebuild, host, port, str(target))
        server._watched_paths = {str(root): 1}  # without any it would not let pages reload
        server.build_delay = 0  # `_watch` has waited until the saving is over
        server.error_handler = lambda code: _page(target / f"{code}.html")
        threading.Thread(target=_watch, args=(server, root), daemon=True).start()
        server.serve()
    except KeyboardInterrupt:
        server.shutdown()
        kept.save(prune=False)  # the last build did not ask for what it knew to be the same
        print("\nStoppet.")
    return 0


class _Server(LiveReloadServer):
    """MkDocs' server, whose reloading is a script within the page: our policy would stop it."""

    looked_at = ""  # the file of the page that was asked for last
    early: _Early | None = None  # of the build that goes on, or went on last

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        self._saved: set[str] = set()  # files, since the last build began

    def save(self, paths: Iterable[str]) -> None:
        """Ask for a rebuild, since these files were saved."""
        with self._rebuild_cond:
            self._saved.update(paths)
            self._want_rebuild = True
            self._rebuild_cond.notify_all()

    def saved(self) -> Collection[str]:
        with self._rebuild_cond:
            saved, self._saved = self._saved, set()
        return saved

    def _serve_request(self, environ, start_response):
        path = environ["PATH_INFO"].removeprefix("/")
        if not path or path.endswith("/"):
            self.looked_at = path = f"{path}index.html"
        if self.early:
            with suppress(Exception):  # of what nothing has judged yet
                self.early.freshen(path)
        return super()._serve_request(environ, start_response)

    def show(self) -> None:
        """Let browsers load again what is there now."""
        with self._epoch_cond:
            self._visible_epoch = self._wanted_epoch = round(time.monotonic() * 1000)
            self._epoch_cond.notify_all()

    def server_activate(self) -> None:
        """Say where it is when it can be opened, and not before."""
        super().server_activate()
        host, port = self.server_address[:2]
        print(f"Åbn http://{host}:{port}/ i din browser. Stop med Ctrl+C.", flush=True)

    def _inject_js_into_html(self, content: bytes, epoch: float) -> bytes:
        return super()._inject_js_into_html(content.replace(_POLICY, b"", 1), epoch)


class _Early:
    """Puts files in their place before the others are made: the page that is looked at as soon as
    it can be, and each that is asked for while the build goes on. Where there are thousands,
    whoever writes would wait for all of them. What is wrong with the whole undoes it."""

    def __init__(self, target: Path, server: _Server):
        self._target, self._server = target, server
        self._before: dict[Path, bytes | None] = {}
        self._whole: Whole | None = None
        self._fresh: set[str] = set()
        self._one_at_a_time = threading.Lock()
        self._asking = 0  # how many wait for a file
        self._answered = threading.Condition()

    @property
    def done(self) -> bool:
        return bool(self._before)

    def __call__(self, whole: Whole) -> None:
        self._whole = whole
        self._fresh.clear()
        if self.freshen(self._server.looked_at):
            self._server.show()
        # Whoever asks now has the machine to themselves; the rest of the build can wait.
        time.sleep(MOMENT)
        with self._answered:
            self._answered.wait_for(lambda: not self._asking, PATIENCE)

    def freshen(self, path: str) -> bool:
        """Put a file in its place as it will be; whether it is another than the one that stands
        there."""
        whole = self._whole
        if whole is None or path in self._fresh:
            return False
        with self._waiting():
            content = whole.content(path)
        return content is not None and self._put(whole, path, content)

    @contextmanager
    def _waiting(self) -> Iterator[None]:
        with self._answered:
            self._asking += 1
        try:
            yield
        finally:
            with self._answered:
                self._asking -= 1
                self._answered.notify_all()

    def _put(self, whole: Whole, path: str, content: bytes) -> bool:
        place = self._target / path
        with self._one_at_a_time:
            if self._whole is not whole or path in self._fresh:
                return False
            self._fresh.add(path)
            if (before := _page(place)) == content:
                return False
            self._before.setdefault(place, before)
            _replace(place, content)
            return True

    def over(self) -> None:
        """The whole stands, or cannot be made: no file is put there any more."""
        with self._one_at_a_time:
            self._whole = None

    def undo(self) -> None:
        for place, content in self._before.items():
            if content is None:
                place.unlink(missing_ok=True)
            else:
                _replace(place, content)


def _replace(place: Path, content: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(unfinished_of(str(place)))
    beside.write_bytes(content)
    beside.replace(place)


_POLICY = b' http-equiv="Content-Security-Policy"'


def _watch(server: _Server, root: Path) -> None:
    """Ask for a rebuild at each change. The server's own watch looks at every file three times a
    second; this one is told by the system."""
    paths = [root / name for name in WATCHED if (root / name).exists()]
    for changes in watchfiles.watch(*paths, debounce=100, step=20, raise_interrupt=False):
        every = (os.path.relpath(path, root) for _, path in changes)
        server.save(path for path in every if not is_debris(os.path.basename(path)))


def _page(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _is_free(host: str, port: int) -> bool:
    try:
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except (OSError, OverflowError):
        return False
    return True
