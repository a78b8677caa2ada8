"""Another municipality's site: its own content alone, and one that has only begun."""

from __future__ import annotations

import re
import shutil

import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, some

from macros.adapter.build import build
from macros.reading.load import read

# Whose content lies in this repository: the product names none of them.
OURS = {
    name
    for file in (ROOT / "data/municipalities").glob("*.yml")
    for name in re.findall(r"^short_title: (\S+)", file.read_text(encoding="utf-8"), re.MULTILINE)
}


def test_the_site_of_lillevig_names_nobody_else(site):
    assert OURS
    ours = re.compile("|".join(OURS))
    for path in some(site.rglob("*")):
        if path.suffix in (".html", ".json", ".ics", ".webmanifest", ".txt", ".js", ".css"):
            found = ours.search(path.read_text(encoding="utf-8"))
            assert not found, (path, found)


PAGES = ("index.md", "strategier/index.md", "hvad-kan-du-goere/index.md", "kilder/index.md")
# What a municipality may not have yet: folders of data/ and the overview that would be empty.
LACKS = {
    "activities": "aktiviteter",
    "ideas": "ideer",
    "topics": "emner",
    "terms": "ordliste",
    "organisations": "foreninger",
    "places": "steder",
}


@pytest.fixture
def begun(project):
    """One strategy with its source, one role, and the hand-written pages that someone copied."""
    data = project / "data"
    for folder in (*LACKS, "themes", "everyday", "holidays", "postcodes"):
        shutil.rmtree(data / folder)
    for path in (
        *data.glob("strategies/*katalog*"),
        *data.glob("strategies/*boern*"),
        *data.glob("strategies/storvang*"),
        *data.glob("sources/*boern*"),
        *data.glob("sources/storvang*"),
        data / "roles/forening.yml",
        data / "municipalities/storvang.yml",
    ):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    settings = data / "site.yml"
    text = settings.read_text(encoding="utf-8").replace("Lillevig og Storvang", "Lillevig")
    settings.write_text(text, encoding="utf-8")
    return project


def built(project) -> dict[str, BeautifulSoup]:
    assert [str(fault) for fault in read(project)[1]] == []
    build(project, project / "site")  # which judges every link
    return {
        path.relative_to(project / "site").as_posix(): BeautifulSoup(
            path.read_text(encoding="utf-8"), "html5lib"
        )
        for path in (project / "site").rglob("*.html")
    }


def menus(page) -> set[str]:
    return {
        link["href"].strip("/")
        for part in page.find_all(["nav", "footer"])
        for link in part.find_all("a")
        if not link["href"].startswith("#")
    }


def test_a_site_that_has_only_begun_has_no_way_to_nothing(begun):
    pages = built(begun)

    for folder in LACKS.values():
        assert folder not in menus(pages["index.html"])
        text = pages[f"{folder}/index.html"].main.get_text()
        assert "Her er ikke noget at vise endnu." in text, folder
    assert "strategier" in menus(pages["index.html"])
    made = [name for name in pages if name.startswith(("strategier", "hvad-kan", "kilder"))]
    assert len(made) > 8
    for name in made:
        assert "Storvang" not in pages[name].main.get_text(), name


def test_every_hand_written_page_but_the_front_may_be_missing(begun):
    for path in some(sorted((begun / "docs").rglob("*"), reverse=True)):
        if path.is_file() and path.relative_to(begun / "docs").as_posix() != "index.md":
            path.unlink()

    pages = built(begun)

    assert "strategier/lillevig-nabohjaelp/index.html" in pages
    front = pages["index.html"]
    assert not front.find("form", class_="search") and not front.select("nav li a")


def test_the_whole_of_lillevig_needs_no_hand_written_page_either(project):
    for path in some((project / "docs").rglob("*.md")):
        if path.relative_to(project / "docs").as_posix() != "index.md":
            path.unlink()

    assert len(built(project)) > 80


@pytest.mark.parametrize("folder", ["roles", "strategies", "sources", "municipalities"])
def test_what_everything_rests_on_is_missed_by_check_and_not_by_the_program(folder, project):
    shutil.rmtree(project / "data" / folder)

    faults = read(project)[1]

    assert faults and all(fault.cure for fault in faults)
