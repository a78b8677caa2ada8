"""`make serve`, run for real: a change shows on every page, a fault ends nothing."""

from __future__ import annotations

import gc
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import pytest
from conftest import ROOT, make_project

from macros.adapter.build import BuildStopped, build
from macros.adapter.serve import _Early, _replace
from macros.data.faults import Fault
from macros.output import whole
from macros.output.tree import _put
from macros.output.whole import Whole
from macros.work.kept import KEPT, Kept

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


def built(folder: Path) -> tuple[Path, Path, Kept]:
    """A project, where its site stands, and what was kept of building it, as in `serve`."""
    project = make_project(folder)
    kept = Kept(project / KEPT, project)
    build(project, project / "site", kept)
    return project, project / "site", kept


class _Looking:
    """A server, as far as `_Early` asks for one: what its files say whenever it shows them."""

    def __init__(self, looked_at: str, *files: Path):
        self.looked_at, self._files = looked_at, files
        self.shown: list[list[str]] = []

    def show(self) -> None:
        self.shown.append([file.read_text(encoding="utf-8") for file in self._files])


def test_the_page_that_is_looked_at_comes_before_the_others(tmp_path):
    project, target, kept = built(tmp_path)
    address = "strategier/lillevig-nabohjaelp/"
    here, over = (target / f"{address}{one}index.html" for one in ("hilsen/", ""))
    looking = _Looking(f"{address}hilsen/index.html", here, over)

    change(project / "data/strategies/lillevig-nabohjaelp/hilsen.yml", "Alle hilser", "Alle vinker")
    build(project, target, kept, sooner=_Early(target, looking))

    ((seen, not_yet),) = looking.shown
    assert "Alle vinker" in seen and "Alle vinker" not in not_yet
    assert "Alle vinker" in over.read_text(encoding="utf-8")
    # Made for a look, it is put in its place once more with the rest.
    assert build(project, target, kept) == (0, 0)


def test_a_page_asked_for_while_the_others_are_made_is_the_new_one(tmp_path, monkeypatch):
    project, target, kept = built(tmp_path)
    early = _Early(target, _Looking(""))
    kaffe, new = (target / f"aktiviteter/{id}/index.html" for id in ("kaffe", "te"))
    told = []

    def asked(*arguments):
        """While the others are made."""
        for page in ("aktiviteter/kaffe/", "aktiviteter/te/", "ikke/her/", "aktiviteter/kaffe/"):
            told.append(early.freshen(f"{page}index.html"))
        told.extend(["Kakao på torvet" in kaffe.read_text("utf-8"), new.exists()])
        return [Fault("docs/om/index.md", 1, 1, "linket fører ingen steder hen", "ret adressen")]

    before = kaffe.read_bytes()
    shutil.copy(project / "data/activities/kaffe.yml", project / "data/activities/te.yml")
    change(project / "data/activities/te.yml", "Kaffe på torvet", "Te på torvet")
    change(project / "data/activities/kaffe.yml", "Kaffe på torvet", "Kakao på torvet")
    monkeypatch.setattr(whole, "_wrong", asked)
    with pytest.raises(BuildStopped):
        build(project, target, kept, sooner=early)
    early.over()
    early.undo()

    assert told == [True, True, False, False, True, True]
    assert kaffe.read_bytes() == before and not new.exists()
    assert not early.freshen("aktiviteter/kaffe/index.html")


def test_whatever_is_asked_for_early_is_what_the_whole_will_have(tmp_path):
    project, target, kept = built(tmp_path)
    data = project / "data"
    before = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    early: dict[str, bytes | None] = {}

    def ask(whole: Whole) -> None:
        of_search, others = [], []
        for path in sorted(before):
            (of_search if path.startswith("data/soeg/") else others).append(path)
        # The search first, which asks for much of the rest, and some of it by numbers of its own.
        new = ["data/v1/aktiviteter/te.ics", "aktiviteter/te/index.html"]
        for path in (*of_search, *others, *new):
            early[path] = whole.content(path)

    shutil.copy(data / "activities/kaffe.yml", data / "activities/te.yml")
    change(data / "activities/te.yml", "Kaffe på torvet", "Te på torvet")
    change(data / "activities/kaffe.yml", "Kaffe på torvet", "Kakao på torvet")
    (data / "activities/eksempel-skak.yml").unlink()
    build(project, target, kept, sooner=ask)

    told = {path: content for path, content in early.items() if content is not None}
    assert [path for path in told if (target / path).read_bytes() != told[path]] == []
    not_told = {path for path in before if path.endswith(".html")} - told.keys()
    assert not_told == {"404.html", "aktiviteter/eksempel-skak/index.html"}
    for place in ("data/v1/aktiviteter.ics", "data/v1/aktiviteter/te.ics", "data/soeg/indeks.json"):
        assert place in told
    assert "Te på torvet" in told["aktiviteter/te/index.html"].decode("utf-8")


def test_a_page_asked_for_while_the_build_moves_the_same_one_harms_neither(tmp_path):
    contents = [(b"%d" % at) * 5_000 for at in range(2)]
    sources = [tmp_path / f"{at}" for at in range(2)]
    for source, content in zip(sources, contents, strict=True):
        source.write_bytes(content)
    place = tmp_path / "site/index.html"
    place.parent.mkdir()
    going, faults = threading.Event(), []

    def asked() -> None:
        while not going.is_set():
            try:
                _replace(place, contents[1])
            except OSError as error:
                faults.append(error)

    other = threading.Thread(target=asked)
    other.start()
    for _ in range(2_000):
        try:
            _put(str(sources[0]), str(place))
        except OSError as error:
            faults.append(error)
    going.set()
    other.join()

    assert faults == [] and place.read_bytes() in contents
    assert [source.read_bytes() for source in sources] == contents
    assert [file.name for file in place.parent.iterdir()] == ["index.html"]


def test_what_a_build_leaves_is_gone_after_it(tmp_path):
    project = make_project(tmp_path)
    target, kept = project / ".build/site", Kept(project / KEPT, project)
    activity = project / "data/activities/kaffe.yml"

    def objects_after(title: str) -> int:
        text = activity.read_text(encoding="utf-8")
        activity.write_text(re.sub("title: .*", f"title: {title}", text, count=1), "utf-8")
        build(project, target, kept, sooner=lambda whole: whole.content("index.html"))
        return gc.get_freeze_count()

    first, *_, last = (objects_after(f"Kaffe {at}") for at in range(4))
    assert last - first < 3_000  # and not some 10,000 with each


def test_the_build_waits_for_those_who_ask(tmp_path, monkeypatch):
    project, target, kept = built(tmp_path)
    kaffe = "aktiviteter/kaffe/index.html"
    early, told = _Early(target, _Looking("")), []

    def slowly(whole: Whole, path: str) -> bytes | None:
        if path == kaffe:
            time.sleep(1)
            told.append(path)
        return None

    def ask() -> None:
        while not told:
            early.freshen(kaffe)
            time.sleep(0.005)

    monkeypatch.setattr(Whole, "content", slowly)
    monkeypatch.setattr(Whole, "put", lambda whole: told.append("the rest") or [])
    monkeypatch.setattr("macros.adapter.build.on_all", lambda site: [])
    change(project / "data/activities/kaffe.yml", "Kaffe på torvet", "Kakao på torvet")
    asking = threading.Thread(target=ask)
    asking.start()
    build(project, target, kept, sooner=early)
    asking.join()

    assert told == [kaffe, "the rest"]


def test_who_knows_what_was_saved_need_not_look_at_all_files(tmp_path, monkeypatch):
    project, target, kept = built(tmp_path)
    kaffe = "data/activities/kaffe.yml"
    seen: list[bytes | None] = []

    def ask(whole: Whole) -> None:
        seen.append(whole.content("aktiviteter/kaffe/index.html"))

    def save(new: str, saved: list[str]) -> str:
        text = (project / kaffe).read_text(encoding="utf-8")
        (project / kaffe).write_text(re.sub("title: .*", f"title: {new}", text, count=1), "utf-8")
        build(project, target, kept, sooner=ask, saved=saved)
        return (target / "aktiviteter/kaffe/index.html").read_text(encoding="utf-8")

    with monkeypatch.context() as patched:
        patched.setattr("macros.adapter.build.gather", None)  # not asked
        assert "Kakao på torvet" in save("Kakao på torvet", [kaffe, "data/activities/4913"])
    assert len(seen) == 1 and "Kakao på torvet" in seen[0].decode()

    # Told of another file than the one that was saved, it finds out.
    assert "Saft på torvet" in save("Saft på torvet", ["data/activities/eksempel-skak.yml"])
    assert "Saft på torvet" in seen[-1].decode()

    # What takes more than the file itself to know is read as ever.
    with pytest.raises(BuildStopped, match=r"kaffe\.yml:"):
        save('""', [kaffe])
    assert "Te på torvet" in save("Te på torvet", [kaffe])


def test_what_is_wrong_with_the_whole_takes_the_early_page_back(tmp_path, monkeypatch):
    project, target, kept = built(tmp_path)
    role = target / "hvad-kan-du-goere/beboer/index.html"
    looking, before = _Looking("hvad-kan-du-goere/beboer/index.html", role), role.read_bytes()
    early = _Early(target, looking)

    change(project / "data/roles/beboer.yml", "Jeg bor her", "Jeg bor der")
    fault = Fault("docs/om/index.md", 1, 1, "linket fører ingen steder hen", "ret adressen")
    monkeypatch.setattr(whole, "_wrong", lambda *_: [fault])
    with pytest.raises(BuildStopped, match="ingen steder hen"):
        build(project, target, kept, sooner=early)
    assert "Jeg bor der" in looking.shown[0][0]
    early.undo()

    assert role.read_bytes() == before
