"""Figures, not tests: thousands of made-up activities, ours beside Hugo and Pagefind.

    python tests/bench_many.py 10000

Each figure is of one run on this machine; compare those of one run of this program only. Memory is
the largest process's.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin

import many
import rivals
import yaml

OURS = [sys.executable, "-m", "macros"]
# Everything on the day on which the activities were made up.
ENVIRONMENT = {**os.environ, "TODAY": many.TODAY.isoformat()}


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project, hugo = Path(folder) / "ours", Path(folder) / "hugo"
        project.mkdir()
        many.make(count, project)
        rivals.make(count, hugo)
        activity = project / "data/activities/mange-5.yml"
        tell(f"{count} activities: ours, cold", lambda: run([*OURS, "build"], project))
        tell("ours, after no change", lambda: run([*OURS, "build"], project))
        change(activity)
        tell("ours, after one change", lambda: run([*OURS, "build"], project))
        tell("ours, after midnight", lambda: run([*OURS, "build"], project, TODAY="2026-11-25"))
        tell("ours, check", lambda: run([*OURS, "check"], project))
        for what, seconds in serve(project, activity).items():
            print(f"ours, serve: from save to {what:12}{seconds:6.2f} s", flush=True)
        tell("Hugo, cold", lambda: run(["hugo", "--quiet"], hugo))
        change(hugo / "content/aktiviteter/mange-5.md")
        tell("Hugo, after one change", lambda: run(["hugo", "--quiet"], hugo))
        tell("Hugo, after no change", lambda: run(["hugo", "--quiet"], hugo))
        pagefind = [sys.executable, "-m", "pagefind", "--site", "public"]
        tell("Pagefind", lambda: run(pagefind, hugo))


def tell(what: str, action: Callable[[], int]) -> None:
    start = time.perf_counter()
    memory = action()
    print(f"{what:32}{time.perf_counter() - start:6.2f} s {memory:6} MB", flush=True)


def run(command: list[str], folder: Path, **settings: str) -> int:
    """Run to the end; the largest memory of a process, in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    told = subprocess.run(
        command, cwd=folder, env={**ENVIRONMENT, **settings}, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stdout + told.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return after // 1024 if after > before else 0  # 0: no larger than one before


def change(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub("title: .*", f"title: Ny {time.time_ns()}", text, count=1), "utf-8")


def read(address: str) -> str:
    """What is there; «» if nothing is, as when a name with a hash has just become another."""
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.read().decode("utf-8")
    except HTTPError:
        return ""


BASE = "http://127.0.0.1:8799/"


def serve(project: Path, activity: Path) -> dict[str, float]:
    """Seconds from saving an activity until what is asked for says so, and until the whole site
    does; medians of three saves each."""
    log = project / "log.txt"
    with log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(
            [*OURS, "serve", "--port", "8799"], cwd=project, env=ENVIRONMENT, stdout=out
        )

    def built() -> int:
        assert server.poll() is None, "the server ended"
        return log.read_text(encoding="utf-8").count("Siden er klar")

    def save(ask: Callable[[], str]) -> tuple[float, float]:
        time.sleep(2)
        ask()
        before = built()
        change(activity)
        (title,) = re.findall("title: (.*)", activity.read_text(encoding="utf-8"))[:1]
        start = time.perf_counter()
        while title not in ask():
            time.sleep(0.01)
        shown = time.perf_counter() - start
        while built() == before:
            time.sleep(0.01)
        return shown, time.perf_counter() - start

    try:
        while "http:" not in log.read_text(encoding="utf-8"):
            time.sleep(0.5)
        asked = _asked(project / ".build/site", activity)
        save(asked["page"])  # which makes what the others find made
        found: dict[str, float] = {}
        wholes = []
        for what, ask in asked.items():
            shown, whole = zip(*(save(ask) for _ in range(3)), strict=True)
            found[what] = sorted(shown)[1]
            wholes += whole
        return {**found, "all": sorted(wholes)[len(wholes) // 2]}
    finally:
        server.terminate()
        server.wait()


def _asked(site: Path, activity: Path) -> dict[str, Callable[[], str]]:
    """What somebody may look at, and how to ask for it."""
    told = yaml.load(activity.read_text(encoding="utf-8"), yaml.CBaseLoader)
    link = f"aktiviteter/{activity.stem}/"
    shows = f"/{activity.stem}/"
    lists = site.glob("aktiviteter/byer/**/index.html")
    listed = next(
        file for file in lists if "vis" not in file.parts and shows in file.read_text("utf-8")
    )
    head = json.loads(read(f"{BASE}data/soeg/indeks.json"))
    texts = (site / f"data/soeg/{head['layout']}").glob("kommende-*.json")
    text = next(file.name for file in texts if f'"{link}"' in file.read_text("utf-8"))

    def cards() -> str:
        """The piece of cards that has it: where it lies is told by the index, that by the page."""
        (index,) = re.findall('data-finder="([^"]*)"', read(f"{BASE}aktiviteter/"))
        head = read(urljoin(f"{BASE}aktiviteter/", index))
        pieces = json.loads(head)["pieces"] if head else []
        new = [piece for piece in pieces if piece not in seen]
        seen.update(pieces)
        return "".join(read(f"{BASE}data/finder/{piece}") for piece in new)

    def search() -> str:
        layout = json.loads(read(f"{BASE}data/soeg/indeks.json"))["layout"]
        return read(f"{BASE}data/soeg/{layout}/{text}")

    seen: set[str] = set()
    pages = {
        "page": link,
        "organisation": f"foreninger/{told['organiser']}/",
        "place": f"steder/{told['place']}/",
        "list": f"{listed.parent.relative_to(site).as_posix()}/",
        "calendar": f"data/v1/{link.rstrip('/')}.ics",
        "JSON": f"data/v1/foreninger/{told['organiser']}.json",
    }
    asked = {name: partial(read, f"{BASE}{path}") for name, path in pages.items()}
    return {**asked, "cards": cards, "search": search}


if __name__ == "__main__":
    assert shutil.which("hugo"), "make bench-many installs it"
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
