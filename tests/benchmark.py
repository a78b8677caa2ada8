"""Figures, not tests: `make bench` prints what the budgets in the design speak of.

Medians of several runs on this machine; compare runs of one session only.
"""

from __future__ import annotations

import gzip
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from macros.reading.load import load

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        keep_out = shutil.ignore_patterns(".git", ".venv", "site", ".build", "__pycache__")
        shutil.copytree(ROOT, project, ignore=keep_out)
        run = [sys.executable, "-m", "macros"]
        check = timed(
            lambda: subprocess.run([*run, "check"], cwd=project, stdout=subprocess.DEVNULL)
        )
        build = timed(
            lambda: subprocess.run([*run, "build"], cwd=project, stdout=subprocess.DEVNULL)
        )
        print(f"check, process and all:      {check:.2f} s")
        print(f"build, process and all:      {build:.2f} s")
        print(f"serve, change to new page:   {latency(project):.2f} s")
        print("weight, gzip, HTML + CSS (and script on pages of activities):")
        site = project / "site"
        style, script = packed(site / "assets/site.css"), packed(site / "assets/times.js")
        print(f"  style {style / 1000:.1f} kB, script {script / 1000:.1f} kB")
        pages = sorted(site.rglob("index.html"), key=packed)
        chosen = ["", "aktiviteter/", "ordliste/"]
        for kind in ("strategier", "hvad-kan-du-goere", "ideer", "aktiviteter"):
            own = [path for path in (site / kind).glob("*/index.html")]
            chosen += [f"{kind}/{path.parent.name}/" for path in own[:1]]
        for name in chosen:
            all_of_it = packed(site / name / "index.html") + style + script
            print(f"  /{name:45} {all_of_it / 1000:5.1f} kB")
        for path in sorted((site / "data/finder").iterdir()):
            print(f"  {path.name:46} {packed(path) / 1000:5.1f} kB")
        name = pages[-1].parent.relative_to(site)
        weight = (packed(pages[-1]) + style + script) / 1000
        print(f"  heaviest of {len(pages)}: /{name}/ {weight:.1f} kB")


def timed(action) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def packed(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), mtime=0))


def latency(project: Path) -> float:
    """Seconds from saving a changed goal until both pages that show it have the new text."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "macros", "serve", "--port", str(port)],
        cwd=project,
        stdout=subprocess.DEVNULL,
    )
    area = next(area for area in load(project).of_kind("area") if area.goals)
    base = f"http://127.0.0.1:{port}/strategier/{area.strategy}/"
    path, text = project / f"data/strategies/{area.id}.yml", area.goals[0].title
    try:
        while not served(base, text):
            assert server.poll() is None, "the server ended"
            time.sleep(0.1)
        time.sleep(2)
        times = []
        for number in range(RUNS):
            time.sleep(2)  # as who writes does: the build before this one is over
            new = f"Prøve {number}"
            path.write_text(path.read_text(encoding="utf-8").replace(text, new), encoding="utf-8")
            start, text = time.perf_counter(), new
            while not (served(base, new) and served(f"{base}{area.id.partition('/')[2]}/", new)):
                time.sleep(0.02)
            times.append(time.perf_counter() - start)
        return statistics.median(times)
    finally:
        server.terminate()
        server.wait()


def served(address: str, text: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as response:
            return bool(re.search(re.escape(text), response.read().decode("utf-8")))
    except OSError:
        return False


if __name__ == "__main__":
    main()
