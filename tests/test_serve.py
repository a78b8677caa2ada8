"""`make serve`, run for real: a change shows on every page, a fault ends nothing."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from conftest import ROOT, make_project

PATIENCE = 60


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """The fictional municipality, served once: address, output so far, project, process.

    Each test changes files of its own and leaves no fault behind.
    """
    project = make_project(tmp_path_factory.mktemp("served"))
    overrides = project / "overrides"  # templates of its own, free to change
    overrides.unlink()
    shutil.copytree(ROOT / "overrides", overrides)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = project / "log.txt"
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "macros", "serve", "--port", str(port)],
            cwd=project,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        base = f"http://127.0.0.1:{port}/"
        until(lambda: f"Åbn {base}" in log.read_text(encoding="utf-8"), log)
        page(base, "")
        time.sleep(1)  # until the watcher has seen the files as they are
        yield base, log, project, process
        process.terminate()
        process.wait(timeout=PATIENCE)


def until(true, log) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, log.read_text(encoding="utf-8")
        time.sleep(0.1)


def page(base: str, path: str) -> str:
    with urllib.request.urlopen(base + path, timeout=PATIENCE) as response:
        return response.read().decode("utf-8")


def change(file, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_changed_goal_shows_on_every_page_that_shows_it(served):
    base, log, project, _ = served
    shown = ("strategier/lillevig-nabohjaelp/", "strategier/lillevig-nabohjaelp/hilsen/")
    assert all("Alle hilser" in page(base, path) for path in shown)

    change(project / "data/strategies/lillevig-nabohjaelp/hilsen.yml", "Alle hilser", "Alle vinker")

    until(lambda: all("Alle vinker" in page(base, path) for path in shown), log)
    assert not any("Alle hilser" in page(base, path) for path in shown)


def test_a_fault_is_told_and_the_last_good_page_stays(served):
    base, log, project, process = served
    role = project / "data/roles/beboer.yml"

    change(role, "title: Beboer", "titel: Beboer")

    until(lambda: "mente du «title» (titel)?" in log.read_text(encoding="utf-8"), log)
    assert "Jeg bor her" in page(base, "hvad-kan-du-goere/beboer/")
    assert process.poll() is None

    change(role, "titel: Beboer", "title: Beboer")
    change(role, "Jeg bor her", "Jeg bor der")

    until(lambda: "Jeg bor der" in page(base, "hvad-kan-du-goere/beboer/"), log)
    assert "Traceback" not in log.read_text(encoding="utf-8")


def test_a_changed_template_and_a_changed_page_show_too(served):
    base, log, project, _ = served

    change(project / "docs/om/index.md", "Ære og ånd", "Ånd og ære")

    until(lambda: re.search(r'<h2 id="aand-og-aere">', page(base, "om/")), log)

    change(project / "overrides/frame.html", "Gå til indholdet", "Spring til indholdet")

    until(lambda: "Spring til indholdet" in page(base, "om/"), log)


def test_a_broken_link_is_told_while_serving(served):
    base, log, project, process = served

    change(project / "docs/om/index.md", "redaktion/index.md", "findes-ikke.md")

    until(lambda: "linket »findes-ikke.md« fører ingen" in log.read_text(encoding="utf-8"), log)
    assert "redaktion/" in page(base, "om/")
    assert process.poll() is None

    change(project / "docs/om/index.md", "findes-ikke.md", "redaktion/index.md")
    change(project / "docs/om/redaktion/index.md", "title: ", "title: Ny ")

    until(lambda: "<title>Ny " in page(base, "om/redaktion/"), log)


def test_a_taken_port_is_said_in_danish(served):
    base, _, project, _ = served
    port = base.rsplit(":")[-1].strip("/")

    run = subprocess.run(
        [sys.executable, "-m", "macros", "serve", "--port", port],
        cwd=project,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )

    assert run.returncode == 1
    assert f"Porten {port} kan ikke bruges." in run.stdout


def test_an_open_page_shows_a_change_by_itself(served, tab):
    base, _, project, _ = served
    policy = 'http-equiv="Content-Security-Policy"'
    open_page = tab()
    open_page.goto(f"{base}hvad-kan-du-goere/beboer/")

    role = project / "data/roles/beboer.yml"
    change(role, "door: Jeg bor ", "door: Jeg bor lige ")

    open_page.locator("h1", has_text="Jeg bor lige").wait_for(timeout=PATIENCE * 1000)
    # The reloading is a script within the page, which the page's policy would not have run.
    assert policy not in page(base, "")
    assert policy in (project / ".build/site/index.html").read_text(encoding="utf-8")
    change(role, "door: Jeg bor lige ", "door: Jeg bor ")
