"""Lists that others show on their own sites: in a frame, as JSON, as Atom."""

from __future__ import annotations

import json
from datetime import date
from xml.etree import ElementTree

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from conftest import loaded, make_project, on_now

from macros.adapter.build import build
from macros.output import feeds
from macros.pages.pages import edition
from macros.pages.showings import showings, shown

UNIT = "foreninger/naboenheden/"
HOSTS_PAGE = """<!doctype html><html lang="da"><meta charset="utf-8"><title>Foreningen</title>
<main><h1>Vores egen side</h1>{code}</main>"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The edition where it is known where the site will stand."""
    return edition(loaded(), date(2026, 11, 24), "https://lillevig.example/")


@pytest.fixture
def host(address, serve_folder, tmp_path):
    """A page of another origin with a list of ours in it, as the snippet has it."""
    code = f'<iframe src="{address}{UNIT}vis/" title="Aktiviteter" width="100%" height="600">'
    page = HOSTS_PAGE.format(code=f"{code}</iframe>")
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    return serve_folder(tmp_path).replace("127.0.0.1", "localhost")


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_page_of_another_origin_the_list_is_there_and_leads_to_us(scripts, host, tab, address):
    page, told = tab(java_script_enabled=scripts), []
    page.on("console", lambda one: told.append(one.text) if "Security" in one.text else None)
    page.goto(host)
    frame = page.frame_locator("iframe")

    assert frame.get_by_role("heading", level=1).inner_text() == "Aktiviteter hos Naboenheden"
    with page.context.expect_page() as opened:
        frame.get_by_role("link", name="Kaffe på torvet (åbner i en ny fane)").click()
    assert opened.value.url == f"{address}aktiviteter/kaffe/"
    assert page.url == host  # theirs stays where it is
    assert frame.locator("header, footer, nav").count() == 0
    assert told == []


def test_axe_finds_nothing_in_the_frame(host, tab):
    page = tab("320")
    page.goto(host)
    page.frame_locator("iframe").get_by_role("heading", level=1).wait_for()

    assert Axe().run(page).response["violations"] == []


def test_every_organiser_area_and_town_has_one_whether_or_not_anything_is_on():
    every = {one.about for one in showings(loaded())}

    assert {
        UNIT,
        "strategier/lillevig-nabohjaelp/haven/",
        "aktiviteter/byer/9999-lillevig/",
    } < every
    organisers = {one.organiser for one in loaded().activities}
    assert {a for a in every if a.startswith("foreninger/")} == {
        f"foreninger/{id}/" for id in organisers
    }
    empty = [one for one in showings(loaded()) if not shown(on_now(), one)]
    assert empty


def test_an_empty_list_says_so_and_is_not_for_search_engines(site):
    empty = next(one for one in showings(loaded()) if not shown(on_now(), one))
    page = BeautifulSoup((site / f"{empty.id}/index.html").read_bytes(), "html5lib")

    assert "Der er ikke noget på listen lige nu." in page.main.get_text()
    assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"


def test_the_snippet_is_there_when_the_site_has_an_address(tmp_path, monkeypatch, site):
    page = (site / UNIT / "index.html").read_text(encoding="utf-8")
    assert "Koden til jeres side kommer, når siden har fået en adresse." in page

    monkeypatch.setenv("SITE_URL", "https://lillevig.example/")
    project = make_project(tmp_path)
    build(project, project / "site")
    soup = BeautifulSoup((project / "site" / UNIT / "index.html").read_bytes(), "html5lib")
    code = soup.find("textarea", class_="snippet").get_text()
    (frame,) = BeautifulSoup(code, "html5lib").find_all("iframe")
    assert frame["src"] == f"https://lillevig.example/{UNIT}vis/"
    assert frame["title"] == "Aktiviteter hos Naboenheden"
    for link in soup.select(".take a"):
        assert (project / "site" / UNIT / link["href"]).resolve().exists()
    town = "aktiviteter/byer/9999-lillevig/index.html"
    assert 'class="take"' in (project / "site" / town).read_text(encoding="utf-8")


def test_json_and_atom_say_what_the_list_says(whole):
    files = {path: content() for path, _, content in feeds.files(whole)}
    entries = [e for e in on_now().entries if e.activity.organiser == "naboenheden"]
    titles = [e.activity.title for e in entries]

    told = json.loads(files["data/v1/foreninger/naboenheden.json"])
    assert told["numberOfItems"] == len(titles) > 1
    names = [one["name"].removeprefix("Eksempel: ") for one in told["itemListElement"]]
    assert names == titles
    top = ElementTree.fromstring(files["data/v1/foreninger/naboenheden.atom"])
    space = {"a": feeds.ATOM}
    found = [one.text for one in top.findall("a:entry/a:title", space)]
    assert [name.removeprefix("Eksempel: ") for name in found] == titles
    # RFC 4287: a feed and each entry have an id, a title and a time; ids are told apart.
    for one in (top, *top.findall("a:entry", space)):
        for name in ("id", "title", "updated"):
            assert one.find(f"a:{name}", space).text
    ids = [one.text for one in top.iterfind(".//a:id", space)]
    assert len(set(ids)) == len(ids) == len(titles) + 1
    assert all(id.startswith("https://lillevig.example/") for id in ids)


def test_without_an_address_there_is_no_atom():
    paths = {path for path, _, _ in feeds.files(edition(loaded(), date(2026, 11, 24)))}

    assert "data/v1/foreninger/naboenheden.json" in paths
    assert not any(path.endswith(".atom") for path in paths)
