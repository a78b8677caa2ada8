"""The real site's HTML, every page: valid, linked, titled, quiet, traceable."""

import itertools
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT

from macros.load import load
from macros.pages import pages


@pytest.fixture(scope="module")
def documents(site):
    found = {
        path.relative_to(site).as_posix(): BeautifulSoup(
            path.read_text(encoding="utf-8"), "html5lib"
        )
        for path in sorted(site.rglob("*.html"))
    }
    assert len(found) > 15
    return found


def test_each_page_of_the_list_is_there_and_no_other(site):
    listed = {f"{page.address}index.html" for page in pages(load(ROOT)).all}

    built = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}

    assert built == listed | {"404.html"}


def test_html_parses_without_error(site):
    for path in site.rglob("*.html"):
        html5lib.HTMLParser(strict=True).parse(path.read_text(encoding="utf-8"))


def test_every_page_is_danish_and_has_one_h1_and_no_gap_in_its_headings(documents):
    for name, page in documents.items():
        assert page.html["lang"] == "da"
        levels = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h[1-6]$"))]
        assert levels.count(1) == 1 and levels[0] == 1, name
        for before, after in itertools.pairwise(levels):
            assert after <= before + 1, (name, levels)


def test_titles_are_unique_and_descriptions_there(documents):
    titles = [page.title.string for page in documents.values()]

    assert len(set(titles)) == len(titles)
    for name, page in documents.items():
        assert page.find("meta", attrs={"name": "description"})["content"], name


def test_ids_are_unique_and_all_references_to_ids_hold(documents):
    for name, page in documents.items():
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert len(set(ids)) == len(ids), name
        for attribute in ("aria-labelledby", "aria-describedby", "for"):
            for tag in page.find_all(attrs={attribute: True}):
                assert set(str(tag[attribute]).split()) <= set(ids), (name, tag)


def test_every_link_leads_to_a_page_and_a_place_on_it(site, documents):
    followed = 0
    for name, page in documents.items():
        for tag in page.find_all(href=True):
            parts = urlsplit(tag["href"])
            if parts.scheme in ("tel", "data", "mailto") or name == "404.html":
                continue
            assert not parts.scheme and not parts.netloc, (name, tag["href"])
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            target = (target / "index.html" if target.is_dir() else target).resolve()
            assert target.is_file(), (name, tag["href"])
            if parts.fragment:
                there = documents[target.relative_to(site.resolve()).as_posix()]
                assert there.find(id=unquote(parts.fragment)), (name, tag["href"])
            followed += 1

    assert followed > 500


def test_pages_load_nothing_but_the_stylesheet_and_run_nothing(documents):
    for name, page in documents.items():
        assert not page.find_all(["script", "iframe", "img", "object", "embed"]), name
        assert not page.find_all(style=True), name
        links = [
            tag["rel"][0] for tag in page.find_all("link") if not tag["href"].startswith("data:")
        ]
        assert links == ["stylesheet"], name


def test_the_stylesheet_asks_for_nothing_else(site):
    css = (site / "assets/site.css").read_text(encoding="utf-8")

    assert "url(" not in css and "@import" not in css


def test_every_page_names_the_file_to_edit_and_leads_to_help(documents):
    for name, page in documents.items():
        edit = page.find("p", class_="edit")
        assert (ROOT / edit.code.string).is_file(), name
        assert edit.a, name


def test_every_goal_and_action_of_the_data_stands_on_its_page(documents):
    data = load(ROOT)
    stood = 0
    for area in data.of_kind("area"):
        text = documents[f"strategier/{area.id}/index.html"].main.get_text(" ", strip=True)
        for goal in area.goals:
            assert goal.title in text
            stood += 1
    for role in data.roles:
        page = documents[f"hvad-kan-du-goere/{role.id}/index.html"]
        for action in role.actions:
            assert action.title in page.find(id=action.id).get_text()
            stood += 1

    assert stood >= 14


def test_every_paragraph_of_a_strategy_carries_a_source_or_says_it_is_ours(documents):
    for name, page in documents.items():
        if not name.startswith("strategier/kalundborg"):
            continue
        for section in page.main.find_all("section", attrs={"aria-labelledby": True}):
            if section["aria-labelledby"] in ("kilder", "paa-et-kort"):
                continue
            for paragraph in section.find_all("p"):
                quiet = {"gap", "map-level", "when", "note"} & set(paragraph.get("class", []))
                leads_a_list = (
                    paragraph.find_next_sibling() and paragraph.find_next_sibling().name == "ul"
                )
                if not quiet and not leads_a_list and not paragraph.find_parent("figure"):
                    assert paragraph.find(class_=["cite", "ours"]), (name, paragraph.get_text())


def test_coverage_has_a_place_for_every_section_of_every_source(documents):
    for source in load(ROOT).sources:
        page = documents[f"kilder/{source.id}/index.html"]
        rows = page.select("ul.coverage > li")
        assert [row["id"] for row in rows] == [section.id for section in source.sections]
        for row in rows:
            assert row.find("a"), (source.id, row["id"])


def test_danish_sections_are_counted_in_the_source_texts():
    """Evidence where the sources are at hand: their headings stand in our lists of sections."""
    folder = ROOT.parent / "shared/sources"
    text = next(folder.glob("001_*.txt"), None) if folder.is_dir() else None
    headings = [
        "Baggrunden for Forebyggelsesstrategien",
        "Visionen har en tydelig retning",
        "Samskabelse om forebyggelse bliver normen",
        "Helhedsorienterede indsatser",
        "Vi står overfor et paradigmeskifte",
        "Borgerperspektiv og selvbestemmelse",
        "Systematisk refleksiv praksis",
        "Tværfaglighed og samarbejde",
        "Kompetenceudvikling og ledelsesopbakning",
        "Store gevinster for borgeren",
    ]
    source = load(ROOT).source("kalundborg-strategi-2024")
    titles = " ".join(section.title for section in source.sections)
    for heading in headings:
        assert heading in titles
        if text:
            flat = " ".join(Path(text).read_text(encoding="utf-8").split())
            assert heading in flat
