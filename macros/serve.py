"""Serves the site on this machine and rebuilds it on every change, faults or no faults."""

from __future__ import annotations

import logging
import time
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from macros.build import BuildStopped, build

WATCHED = ("data", "docs", "overrides", "mkdocs.yml")
_WAITING = """<!doctype html><html lang="da"><meta charset="utf-8"><title>Ret fejlene først</title>
<body><h1>Siden kan ikke laves endnu</h1>
<p>Fejlene står i terminalen. Siden kommer her, når de er rettet.</p>"""


def serve(root: Path, host: str = "127.0.0.1", port: int = 8000) -> int:
    """Serve until Ctrl+C. 0, or 1 when the address is taken."""
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)  # its words are English; ours follow
    target = root / ".build" / "site"
    target.parent.mkdir(exist_ok=True)

    def rebuild() -> None:
        start = time.perf_counter()
        try:
            build(root, target)
            print(f"Siden er klar ({time.perf_counter() - start:.1f} s).", flush=True)
        except BuildStopped as stop:
            print(f"{stop}\nSiden er ikke ændret. Ret fejlene, og gem igen.", flush=True)

    rebuild()
    if not target.exists():
        target.mkdir()
        (target / "index.html").write_text(_WAITING, encoding="utf-8")
    try:
        server = LiveReloadServer(rebuild, host, port, str(target), polling_interval=0.3)
        for name in WATCHED:
            server.watch(str(root / name))
        print(f"Åbn http://{host}:{port}/ i din browser. Stop med Ctrl+C.", flush=True)
        server.serve()
    except KeyboardInterrupt:
        server.shutdown()
        print("\nStoppet.")
    except OSError:
        print(f"Porten {port} er optaget. Ret: vælg en anden, fx «make serve PORT={port + 1}».")
        return 1
    return 0
