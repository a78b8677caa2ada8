"""Figures, not tests: thousands of made-up activities, ours beside Hugo and Pagefind.

    python tests/bench_many.py 10000

Each figure is of one run on this machine; compare those of one run of this program only. Memory is
the largest process's.
"""

from __future__ import annotations

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
from pathlib import Path

import many
import rivals

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
        page, whole = serve(project, activity)
        print(f"ours, serve: from save to page  {page:6.2f} s", flush=True)
        print(f"ours, serve: from save to all   {whole:6.2f} s", flush=True)
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
    with urllib.request.urlopen(address) as answer:
        return answer.read().decode("utf-8")


def serve(project: Path, activity: Path) -> tuple[float, float]:
    """Seconds from saving an activity to its new page, which somebody looks at, and to the whole
    site; medians of five."""
    page, log = "http://127.0.0.1:8799/aktiviteter/mange-5/", project / "log.txt"
    with log.open("w", encoding="utf-8") as out:
        server = subprocess.Popen(
            [*OURS, "serve", "--port", "8799"], cwd=project, env=ENVIRONMENT, stdout=out
        )

    def built() -> int:
        assert server.poll() is None, "the server ended"
        return log.read_text(encoding="utf-8").count("Siden er klar")

    try:
        while "http:" not in log.read_text(encoding="utf-8"):
            time.sleep(0.5)
        times = []
        for _ in range(6):
            time.sleep(2)
            read(page)
            before = built()
            change(activity)
            (title,) = re.findall("title: (.*)", activity.read_text(encoding="utf-8"))[:1]
            start = time.perf_counter()
            while title not in read(page):
                time.sleep(0.01)
            shown = time.perf_counter() - start
            while built() == before:
                time.sleep(0.01)
            times.append((shown, time.perf_counter() - start))
        pages, wholes = zip(*times[1:], strict=True)  # the first makes what the others find made
        return sorted(pages)[2], sorted(wholes)[2]
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    assert shutil.which("hugo"), "make bench-many installs it"
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
