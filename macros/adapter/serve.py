"""Serves the site on this machine and rebuilds it on every change, faults or no faults."""

from __future__ import annotations

import logging
import socket
import threading
import time
from pathlib import Path

import watchfiles
from mkdocs.livereload import LiveReloadServer

from macros.adapter.build import BuildStopped, build
from macros.output.editing import ADDRESS, FAULTS
from macros.work.kept import KEPT, Kept

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

    def rebuild() -> None:
        nonlocal kept
        start = time.perf_counter()
        if kept.stale:
            kept = Kept(root / KEPT, root)
        try:
            build(root, target, kept, editor)
            print(f"Siden er klar ({time.perf_counter() - start:.1f} s).", flush=True)
        except BuildStopped as stop:
            told = f"{stop}\nSiden er ikke ændret. Ret fejlene, og gem igen."
            print(told, flush=True)
            if editor and (target / ADDRESS).is_dir():  # the next build takes it away again
                (target / ADDRESS / FAULTS).write_text(told, encoding="utf-8")

    rebuild()
    kept.save()
    if not target.exists():
        target.mkdir()
        (target / "index.html").write_text(_WAITING, encoding="utf-8")
    try:
        server = _Server(rebuild, host, port, str(target))
        server._watched_paths = {str(root): 1}  # without any it would not let pages reload
        server.build_delay = 0.02  # `_watch` has waited until the saving is over
        server.error_handler = lambda code: _page(target / f"{code}.html")
        threading.Thread(target=_watch, args=(server, root), daemon=True).start()
        server.serve()
    except KeyboardInterrupt:
        server.shutdown()
        kept.save()
        print("\nStoppet.")
    return 0


class _Server(LiveReloadServer):
    """MkDocs' server, whose reloading is a script within the page: our policy would stop it."""

    def server_activate(self) -> None:
        """Say where it is when it can be opened, and not before."""
        super().server_activate()
        host, port = self.server_address[:2]
        print(f"Åbn http://{host}:{port}/ i din browser. Stop med Ctrl+C.", flush=True)

    def _inject_js_into_html(self, content: bytes, epoch: float) -> bytes:
        return super()._inject_js_into_html(content.replace(_POLICY, b"", 1), epoch)


_POLICY = b' http-equiv="Content-Security-Policy"'


def _watch(server: LiveReloadServer, root: Path) -> None:
    """Ask for a rebuild at each change. The server's own watch looks at every file three times a
    second; this one is told by the system."""
    paths = [root / name for name in WATCHED if (root / name).exists()]
    for _ in watchfiles.watch(*paths, debounce=100, step=20, raise_interrupt=False):
        with server._rebuild_cond:
            server._want_rebuild = True
            server._rebuild_cond.notify_all()


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
