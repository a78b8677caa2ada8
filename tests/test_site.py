"""The real site's HTML, every page: valid, linked, titled, quiet, traceable."""

import gzip
import hashlib
import itertools
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import html5lib
import pytest
from bs4 import BeautifulSoup
from conftest import ROOT, every_page

from macros import readability, views
from macros.load import load
from macros.text import lix


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
    listed = {f"{page.address}index.html" for page in every_page()}

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
            if parts.scheme in ("tel", "data", "mailto", "geo") or name == "404.html":
                continue
            if tag.get("rel") == ["external"]:
                continue
            assert not parts.scheme and not parts.netloc, (name, tag["href"])
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            target = (target / "index.html" if target.is_dir() else target).resolve()
            assert target.is_file(), (name, tag["href"])
            if parts.fragment and target.suffix == ".html":
                there = documents[target.relative_to(site.resolve()).as_posix()]
                assert there.find(id=unquote(parts.fragment)), (name, tag["href"])
            followed += 1

    assert followed > 500


def test_pages_load_the_stylesheet_and_their_scripts_and_nothing_else(documents):
    for name, page in documents.items():
        assert not page.find_all(["iframe", "img", "object", "embed"]), name
        assert not page.find_all(style=True), name
        links = [tag["rel"][0] for tag in page.find_all("link")]
        assert links == ["icon", "apple-touch-icon", "manifest", "stylesheet"], name
        scripts = page.find_all("script")
        assert all(tag.get("type") in ("module", "application/ld+json") for tag in scripts), name
        loaded = [tag["src"] for tag in scripts if tag.has_attr("src")]
        names = [source.split("assets/")[1].split("?v=")[0] for source in loaded]
        scripted = page.select("[data-over], form[data-mail], [data-finder], [data-geo]")
        assert names == ["site.js", "activities.js"] if scripted else ["site.js"], name


# What a phone fetches before a choice is made, in bytes of gzip; from the design's budgets.
BUDGETS = {
    "index.html": 35_000,
    "strategier/kalundborg-voksne/index.html": 35_000,
    "hvad-kan-du-goere/borger/index.html": 35_000,
    "aktiviteter/index.html": 45_000,
    "aktiviteter/eksempel-gaatur-for-begyndere/index.html": 25_000,
}


def test_pages_weigh_no_more_than_their_budgets(site):
    def packed(name: str) -> int:
        return len(gzip.compress((site / name).read_bytes(), mtime=0))

    scripts = packed("assets/site.js") + packed("assets/activities.js")
    assert scripts <= 15_000
    shared = packed("assets/site.css") + scripts
    for name, budget in BUDGETS.items():
        assert packed(name) + shared <= budget, name
    pieces = [path.relative_to(site).as_posix() for path in (site / "data/v1/finder").iterdir()]
    assert pieces and all(packed(piece) <= 40_000 for piece in pieces)


def test_the_stylesheet_asks_for_nothing_else(site):
    css = (site / "assets/site.css").read_text(encoding="utf-8")

    assert "url(" not in css and "@import" not in css


def test_every_page_names_the_file_to_edit_and_leads_to_help(documents):
    for name, page in documents.items():
        edit = page.find("p", class_="edit")
        if page.main.find_parent().find("main", class_="page-listing"):
            assert edit is None, name  # made of many files
            continue
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
            if section["aria-labelledby"] in ("kilder", "paa-et-kort", "vaer-med"):
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
        rows = page.select("ol.coverage > li")
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


def prose(tag) -> list[str]:
    """The running text of a piece of HTML: no marks, no names of links, no lists of titles."""
    found = []
    for piece in tag.find_all(["p", "li"]):
        if piece.find(["p", "li"]) or piece.find_parent(["nav", "footer"]):
            continue
        quiet = ["coverage", "sources", "offer", "tags", "times", "next", "subscribe", "ways"]
        if piece.find_parent(class_=quiet) or "offer" in piece.get("class", []):
            continue
        if set(piece.get("class", [])) & {"eyebrow", "official", "word-title", "word-foot", "when"}:
            continue
        copy = BeautifulSoup(str(piece), "html5lib")
        for quiet in copy.find_all(class_=["cite", "ours", "unseen", "number", "who"]):
            quiet.extract()
        text = copy.get_text().strip()
        if text and not (piece.a and piece.a.get_text().strip() == text):
            found.append(text)
    return found


@pytest.fixture(scope="module")
def names():
    return readability._names(load(ROOT))


@pytest.mark.parametrize("folder", ["", "hvad-kan-du-goere/", "hvad-kan-du-goere/borger/"])
def test_front_and_role_pages_are_easy_as_they_stand(folder, documents, names):
    texts = [names.sub("navn", text) for text in prose(documents[f"{folder}index.html"].main)]

    assert texts
    assert lix(texts) <= readability.EASY


def test_every_kort_fortalt_is_easy_and_every_page_is_plain(documents, names):
    measured = 0
    for name, page in documents.items():
        for short in page.find_all(class_="short"):
            assert lix([names.sub("navn", t) for t in prose(short)]) <= readability.EASY, name
            measured += 1
        # An overview of titles and a single definition are too short to be measured as prose.
        if len(texts := [names.sub("navn", t) for t in prose(page.main)]) >= 5:
            assert lix(texts) <= readability.PLAIN, (name, lix(texts))

    assert measured >= 30


def test_the_matrix_has_every_idea_and_theme_and_shows_its_empty_cells(documents):
    data, page = load(ROOT), documents["ideer/index.html"]

    rows = page.select("table.matrix tbody tr")

    assert len(rows) == len(data.ideas) == 12
    for row, idea in zip(rows, data.ideas, strict=True):
        cells = [cell.get_text().lstrip("●–") for cell in row.find_all("td")]
        covers = ["ja" if theme.id in idea.themes else "ikke nævnt" for theme in data.themes]
        assert cells == (covers if idea.themes else ["kun titlen"]), idea.id


def test_ideas_seven_and_twelve_are_shown_as_titles_only(documents):
    for idea in load(ROOT).ideas:
        text = documents[f"ideer/{idea.id}/index.html"].main.get_text()
        assert ("Kilden nævner kun titlen." in text) == (idea.number in (7, 12)), idea.id


def test_the_goals_say_plainly_that_no_status_is_published(documents):
    data, page = load(ROOT), documents["maal/index.html"]
    goals = [goal for s in data.strategies for g in views.goal_groups(data, s) for goal in g.goals]

    assert "Ingen af kilderne fortæller, hvordan det går med målene." in page.get_text()
    assert len(page.find_all(class_="goal")) == len(goals) >= 15


def test_a_published_status_shows_with_date_source_and_history(golden_site):
    html = (golden_site / "maal/index.html").read_text(encoding="utf-8")
    goal = BeautifulSoup(html, "html5lib").find(id="maal-lillevig-katalog-moede").parent

    assert "Status: nået, marts 2025" in goal.get_text()
    assert goal.find("p", class_="status").find_next("p").find(class_="cite")
    assert "I gang, 2024" in goal.details.get_text()
    assert "Ingen af kilderne" not in html
    assert "Ingen status er offentliggjort." in html


def test_the_timeline_holds_every_event_in_the_order_of_time(documents):
    data = load(ROOT)
    titles = [tag.get_text() for tag in documents["tidslinje/index.html"].select(".timeline h2")]

    assert titles == [dated.event.title for dated in views.all_events(data)]
    assert len(titles) == sum(len(strategy.events) for strategy in data.strategies) >= 20


def test_every_term_has_a_page_that_lists_where_it_is_used(documents):
    terms = load(ROOT).terms
    for term in terms:
        page = documents[f"ordliste/{term.id}/index.html"]
        assert page.find(id="bruges-her").find_next_sibling("ul").a, term.id

    assert len(terms) > 100


def test_a_term_is_explained_at_its_first_use_and_once_on_a_page(documents):
    explained = 0
    for name, page in documents.items():
        opened = [button["popovertarget"] for button in page.find_all("button", class_="term")]
        assert len(set(opened)) == len(opened), name
        for target in opened:
            word = page.find(id=target)
            assert word.has_attr("popover") and word.p, (name, target)
            explained += 1

    assert explained > 300


def test_each_level_keeps_its_own_name(documents):
    expected = {
        "kalundborg-voksne": "Fokusområde",
        "kalundborg-idekatalog": "Hovedindsats",
        "kalundborg-boern-unge": "Område",
        "hjoerring-forebyggelse": "Spor",
    }
    for area in load(ROOT).of_kind("area"):
        page = documents[f"strategier/{area.id}/index.html"]
        assert expected[area.strategy] in page.find("p", class_="eyebrow").get_text()


def test_the_named_caseworker_of_a_source_is_nowhere(documents):
    # The name's hashes, so that it does not stand here either.
    names = {"b980f5e8", "02463754"}
    for name, page in documents.items():
        words = set(re.findall(r"\w+", page.get_text()))
        assert not {hashlib.sha256(w.encode()).hexdigest()[:8] for w in words} & names, name
