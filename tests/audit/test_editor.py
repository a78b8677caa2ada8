"""An editor's day in the browser: Decap CMS on the fictional municipality, against its own local
server, while `serve` rebuilds the site. `make audit` runs it, since it needs Node."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, make_project

from macros.output.editing import FETCHED
from macros.reading.load import read

SERVER = ROOT / "tests/audit/node_modules/decap-server/dist/index.js"
# As `make edit` starts it.
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
EDIT = dict(
    re.findall(r"\b([A-Z_]+)=(\S+)", re.search(r"\t@(.*) node .*decap-server", MAKEFILE)[1])
)
AREA = "data/strategies/lillevig-nabohjaelp/hilsen.yml"


def port_free() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return trial.getsockname()[1]


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    folder = make_project(tmp_path_factory.mktemp("redaktion"))
    (folder / FETCHED).parent.mkdir(exist_ok=True)
    (folder / FETCHED).symlink_to(ROOT / FETCHED)
    return folder


@pytest.fixture(scope="module")
def address(project):
    """Where the site is, with its editor; Decap's own server has the files."""
    port = port_free()
    serve = [sys.executable, "-m", "macros", "serve", "--editor", "--port", str(port)]
    own = {**os.environ, **EDIT, "GIT_REPO_DIRECTORY": str(project)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    files = subprocess.Popen(["node", str(SERVER)], cwd=project, env=own, **quiet)
    site = subprocess.Popen(serve, cwd=project, **quiet)
    try:
        until = time.monotonic() + 120
        while not (project / ".build/site/redaktion/index.html").exists():
            assert site.poll() is None and time.monotonic() < until
            time.sleep(0.5)
        time.sleep(1)
        yield f"http://localhost:{port}/"
    finally:
        for one in (site, files):
            one.terminate()
            one.wait()


@pytest.fixture
def desk(tab, address):
    """A function: collection and entry -> the editor's page with it open."""
    page = tab()
    refused: list[str] = []
    page.on("console", lambda one: refused.append(one.text) if "Security" in one.text else None)
    page.goto(f"{address}redaktion/")
    page.get_by_role("button", name="Log ind").click()
    page.get_by_test_id("municipality").wait_for()

    def open(collection: str, entry: str):
        page.goto(f"{address}redaktion/#/collections/{collection}/{entry}")
        page.get_by_text(re.compile("Skriver til")).wait_for()
        return page

    page.on("dialog", lambda dialog: dialog.accept())
    yield open
    assert refused == []


def holding(page, text: str):
    """The field with that text, what folds around it opened."""
    there = "text => [...document.querySelectorAll('input, textarea')]"
    page.wait_for_function(f"{there}.some((one) => one.value.includes(text))", arg=text)
    fields = page.locator("textarea, input[type=text]").all()
    id = next(f.get_attribute("id") for f in fields if text in f.input_value())
    return unfolded(page.locator(f"#{id}"))


# Presses what folds around a field, from the outside in.
UNFOLD = """async (field) => {
  for (let turn = 0; turn < 8; turn++) {
    let hidden = null;
    for (let one = field; one; one = one.parentElement) {
      if (getComputedStyle(one).display === "none") hidden = one;
    }
    if (!hidden) return;
    let bar = hidden.previousElementSibling;
    while (bar && !bar.querySelector("button")) bar = bar.previousElementSibling;
    bar.querySelector("button").click();
    await new Promise((shown) => setTimeout(shown, 150));
  }
}"""


def unfolded(field):
    field.evaluate(UNFOLD)
    return field


def publish(page) -> None:
    page.get_by_role("button", name="Publicer", exact=True).click()
    page.get_by_role("menuitem", name="Publicer nu").click()
    page.get_by_text(re.compile("ændringer gemt", re.IGNORECASE)).first.wait_for()


def until(what, seconds: float = 30):
    end = time.monotonic() + seconds
    while not (told := what()):
        assert time.monotonic() < end, "nothing came of it"
        time.sleep(0.2)
    return told


def test_a_goals_text_is_changed_and_nothing_else_of_the_file(desk, project, address, tab):
    file = project / AREA
    before = file.read_text(encoding="utf-8")
    old, new = "Naboer hilser om morgenen.", "Naboer hilser om morgenen og om aftenen."
    page = desk("area-lillevig-nabohjaelp", "entries/hilsen")

    holding(page, old).fill(new)
    publish(page)

    after = until(lambda: (now := file.read_text("utf-8")) != before and now)
    assert after == before.replace(old, new)
    shown = project / ".build/site/strategier/lillevig-nabohjaelp/hilsen/index.html"
    until(lambda: new in shown.read_text("utf-8"))


def test_an_activity_is_added_that_check_lets_through(desk, project):
    page = desk("activity", "new")
    page.get_by_label("Navn", exact=True).first.fill("Skak på øen")
    page.locator("[id^=what-field]").fill("Du kan spille skak med naboerne.")
    page.locator("[id^=organiser-field]").click()
    page.get_by_role("option", name="Naboenheden").click()
    page.get_by_role("button", name="Tilføj tid").click()
    page.locator("[id^=repeats-field]").click()
    page.get_by_role("option", name="hver uge").click()
    page.locator("[id^=weekdays-field]").fill("torsdag")
    page.locator("[id^=start-field]").fill("10.30")
    unfolded(page.locator("[id^=date-field]")).fill("2026-11-20")
    page.locator("[id^=by-field]").fill("Naboenheden")
    publish(page)

    made = until(lambda: [f for f in (project / "data/activities").glob("skak-p*-*en.yml")])
    text = made[0].read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../_schema/activity.schema.json\n")
    assert "start: 10.30" in text and "id:" not in text
    site, faults = read(project)
    assert not faults
    (when,) = site.things["activity", made[0].stem].when
    assert (when.start.isoformat(), when.weekdays) == ("10:30:00", ("torsdag",))


def test_a_mistake_is_told_in_our_words_and_the_site_stays(desk, project, tab, address):
    page = desk("activity", "entries/kaffe")
    holding(page, "11.30").fill("09.30")
    publish(page)

    told = page.get_by_role("alert").filter(has_text="sluttiden ligger ikke efter starttiden")
    told.wait_for()
    assert "data/activities/kaffe.yml:" in told.inner_text() and "Ret:" in told.inner_text()
    shown = (project / ".build/site/aktiviteter/kaffe/index.html").read_text("utf-8")
    assert "10–11.30" in shown

    holding(page, "09.30").fill("11.30")
    publish(page)
    told.wait_for(state="hidden")
    assert read(project)[1] == []


def test_a_goals_status_is_recorded_with_its_source(desk, project):
    page = desk("area-lillevig-nabohjaelp", "entries/hilsen")
    goals = page.locator("[id^=goals-field]")
    goals.locator("xpath=.//div[contains(@class, 'SortableListItem')]").first.locator(
        "button"
    ).first.click()
    page.get_by_role("button", name="Tilføj opfølgning").first.click()
    unfolded(page.locator("[id^=date-field]").last).fill("2026-10")
    page.locator("[id^=status-field]").last.click()
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="Tilføj note").last.click()
    page.locator("[id^=text-field]:visible").last.fill("Flere hilser nu.")
    page.locator("[id^=cite-field]:visible").last.fill("lillevig-plan/hilsen")
    publish(page)

    until(lambda: "Flere hilser nu." in (project / AREA).read_text("utf-8"))
    site, faults = read(project)
    assert not faults, [str(one) for one in faults]
    states = [s for g in site.area("lillevig-nabohjaelp/hilsen").goals for s in g.follow_up]
    assert any(one.date.label == "oktober 2026" for one in states)


def test_nobody_else_on_the_network_can_write(address):
    """Decap's server asks for no password. Who listens to all would answer at 127.0.0.2 too."""
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", 8081))
    with socket.socket() as own:
        own.connect(("127.0.0.1", 8081))
