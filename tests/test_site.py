"""The site's HTML, every page: valid, linked, titled, quiet, traceable."""

import gzip
import itertools
import re

import html5lib
import pytest
from bs4 import BeautifulSoup
from conftest import LILLEVIG, ROOT, every_page, loaded, some

from macros.output import finished


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
    for path in some(site.rglob("*.html")):
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
    links = [tag for page in documents.values() for tag in page.find_all(href=True)]

    assert len(links) > 500
    seen = {name: finished.seen(name, str(page)) for name, page in documents.items()}
    files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    assert list(finished.faults(seen, {}, files)) == []


def test_pages_load_the_stylesheet_and_their_scripts_and_nothing_else(documents):
    for name, page in documents.items():
        assert not page.find_all(["iframe", "object", "embed"]), name
        for picture in page.find_all("img"):
            assert not re.match(r"\w+:|//", picture["src"]), name
        assert not page.find_all(style=True), name
        links = [tag["rel"][0] for tag in page.find_all("link")]
        bare = bool(page.select("main.bare"))  # in a frame on another site
        whole = ["icon", "apple-touch-icon", "manifest", "stylesheet"]
        assert links == (["icon", "stylesheet"] if bare else whole), name
        scripts = page.find_all("script")
        assert all(tag.get("type") in ("module", "application/ld+json") for tag in scripts), name
        loaded = [tag["src"] for tag in scripts if tag.has_attr("src")]
        names = [source.split("assets/")[1].split("?v=")[0] for source in loaded]
        needed = [script for script, marks in SCRIPTS.items() if page.select(marks)][bare:]
        assert names == needed, name


# Script -> what a page has that loads it.
SCRIPTS = {
    "site.js": "body",
    "times.js": "[data-over], [data-geo], [data-subscribe]",
    "finder.js": "[data-finder]",
    "contents.js": "nav.toc:not(.days)",
    "week.js": "[data-week]",
    "mylist.js": "[data-my-list]",
    "forms.js": "form[data-mail]",
    "ics.js": "[data-calendar-file]",
}


def test_a_script_that_imports_another_names_the_very_one_that_pages_load(site):
    finder = (site / "assets/finder.js").read_text(encoding="utf-8")
    page = (site / "aktiviteter/index.html").read_text(encoding="utf-8")

    imported = re.search(r'from "\./(times\.js\?v=\w{8})";', finder)
    assert imported and imported[1] in page


# What a phone fetches before a choice is made, in bytes of gzip; from the design's budgets.
BUDGETS = {
    "index.html": 25_000,
    "strategier/lillevig-boern/index.html": 30_000,
    "strategier/lillevig-boern/legen/index.html": 30_000,
    "hvad-kan-du-goere/forening/index.html": 30_000,
    "ideer/besoegsvenner/index.html": 30_000,
    "aktiviteter/index.html": 30_000,
    "aktiviteter/eksempel-gaatur-for-begyndere/index.html": 22_000,
}


def test_pages_weigh_no_more_than_their_budgets(site):
    def packed(name: str) -> int:
        return len(gzip.compress((site / name).read_bytes(), mtime=0))

    def loads(script: str) -> set[str]:
        """A script, and those it imports."""
        text = (site / f"assets/{script}").read_text(encoding="utf-8")
        imported = re.findall(r'from "\./(\w+\.js)\?v=', text)
        return {script}.union(*map(loads, imported))

    for name, budget in BUDGETS.items():
        html = (site / name).read_text(encoding="utf-8")
        found = re.findall(r'<script type="module" src="[^"]*assets/(\w+\.js)\?v=', html)
        scripts = set().union(*map(loads, found))
        loaded_too = sum(packed(f"assets/{script}") for script in scripts)
        assert loaded_too <= 15_000, name
        assert packed(name) + packed("assets/site.css") + loaded_too <= budget, name
    pieces = [path.relative_to(site).as_posix() for path in (site / "data/finder").iterdir()]
    assert pieces and all(packed(piece) <= 40_000 for piece in pieces)


def test_the_stylesheet_asks_for_nothing_else(site):
    css = (site / "assets/site.css").read_text(encoding="utf-8")

    assert "url(" not in css and "@import" not in css


def test_every_page_names_the_file_to_edit_and_leads_to_help(documents):
    for name, page in documents.items():
        edit = page.find(class_="edit")
        if page.select_one("main.page-listing, main.page-week, main.bare"):
            assert edit is None, name  # made of many files, or without a foot
            continue
        folder = LILLEVIG if name != "404.html" else ROOT
        assert (folder / edit.code.string).is_file(), name
        # For editors: nobody else is shown the name of a file unasked.
        assert edit.a and edit.name == "details" and not edit.has_attr("open"), name


def test_every_goal_and_action_of_the_data_stands_on_its_page(documents):
    goals = actions = 0
    for area in loaded().of_kind("area"):
        text = documents[f"strategier/{area.id}/index.html"].main.get_text(" ", strip=True)
        for goal in area.goals:
            assert goal.title in text
            goals += 1
    for role in loaded().roles:
        page = documents[f"hvad-kan-du-goere/{role.id}/index.html"]
        for action in role.actions:
            assert action.title in page.find(id=action.id).get_text()
            actions += 1

    assert goals >= 5 and actions >= 5


NO_TEXT_OF_THE_STRATEGY = ("kilder", "paa-et-kort", "vaer-med", "hvem-kan-jeg-spoerge")


def test_every_paragraph_of_a_strategy_carries_a_source_or_says_it_is_ours(documents):
    judged = 0
    for name, page in documents.items():
        if not name.startswith("strategier/") or name == "strategier/index.html":
            continue
        if name.endswith("/let/index.html"):  # whose sources stand under each part
            continue
        for section in page.main.find_all("section", attrs={"aria-labelledby": True}):
            if section["aria-labelledby"] in NO_TEXT_OF_THE_STRATEGY:
                continue
            for paragraph in section.find_all("p"):
                quiet = {"gap", "map-level", "when", "note", "status"} & set(
                    paragraph.get("class", [])
                )
                leads_a_list = (
                    paragraph.find_next_sibling() and paragraph.find_next_sibling().name == "ul"
                )
                if not quiet and not leads_a_list and not paragraph.find_parent("figure"):
                    assert paragraph.find(class_=["cite", "ours"]), (name, paragraph.get_text())
                    judged += 1

    assert judged > 100


def test_coverage_has_a_place_for_every_section_of_every_source(documents):
    for source in loaded().sources:
        page = documents[f"kilder/{source.id}/index.html"]
        rows = page.select("ol.coverage > li")
        assert [row["id"] for row in rows] == [section.id for section in source.sections]
        for row in rows:
            assert row.find("a"), (source.id, row["id"])


def test_the_matrix_has_every_idea_and_theme_and_shows_its_empty_cells(documents):
    data, page = loaded(), documents["ideer/index.html"]

    rows = page.select("table.matrix tbody tr")

    assert len(rows) == len(data.ideas)
    for row, idea in zip(rows, data.ideas, strict=True):
        cells = [cell.get_text().lstrip("●–") for cell in row.find_all("td")]
        covers = ["ja" if theme.id in idea.themes else "ikke nævnt" for theme in data.themes]
        assert cells == (covers if idea.themes else ["kun titlen"]), idea.id
    assert {bool(idea.themes) for idea in data.ideas} == {True, False}


def test_an_idea_that_is_only_a_title_says_so(documents):
    told = {
        idea.id: "Kilden nævner kun titlen." in text
        for idea in loaded().ideas
        for text in [documents[f"ideer/{idea.id}/index.html"].main.get_text()]
    }

    assert told == {idea.id: not idea.what for idea in loaded().ideas}
    assert set(told.values()) == {True, False}


def test_a_published_status_shows_with_date_source_and_history(site):
    html = (site / "maal/index.html").read_text(encoding="utf-8")
    goal = BeautifulSoup(html, "html5lib").find(id="maal-lillevig-katalog-moede").parent

    assert "Status: nået, marts 2025" in goal.get_text()
    assert goal.find("p", class_="status").find_next("p").find(class_="cite")
    assert "I gang, 2024" in goal.details.get_text()
    assert "Ingen af kilderne" not in html
    # Only where somebody has looked for it.
    assert html.count("Kilden siger ikke, hvordan det går med målene.") == 1


def test_the_timeline_holds_every_event_in_the_order_of_time(documents):
    events = [event for strategy in loaded().strategies for event in strategy.events]
    titles = [tag.get_text() for tag in documents["tidslinje/index.html"].select(".timeline h2")]

    assert titles == [event.title for event in sorted(events, key=lambda event: event.date)]
    assert len(titles) == sum(len(s.events) for s in loaded().strategies) >= 8


def test_every_term_has_a_page_that_lists_where_it_is_used(documents):
    for term in loaded().terms:
        page = documents[f"ordliste/{term.id}/index.html"]
        assert page.find(id="bruges-her").find_next_sibling("ul").a, term.id

    assert len(loaded().terms) > 15


def test_a_term_is_explained_at_its_first_use_and_once_on_a_page(documents):
    explained = 0
    for name, page in documents.items():
        opened = [button["popovertarget"] for button in page.find_all("button", class_="term")]
        assert len(set(opened)) == len(opened), name
        for target in opened:
            word = page.find(id=target)
            assert word.has_attr("popover") and word.p, (name, target)
            explained += 1

    assert explained > 40


def test_each_level_keeps_its_own_name(documents):
    levels = {strategy.id: strategy.level.singular for strategy in loaded().strategies}
    assert len(set(levels.values())) == 4

    for area in loaded().of_kind("area"):
        told = documents[f"strategier/{area.id}/index.html"].find("p", class_="eyebrow").get_text()
        assert levels[area.strategy].capitalize() in told, area.id


def test_what_is_called_a_fact_of_one_municipality_names_it(documents):
    for municipality in loaded().municipalities:
        for contact in municipality.contacts:
            page = documents["hvad-kan-du-goere/index.html"]
            box = page.find("strong", string=contact.unit).find_parent("div")
            assert municipality.title in box.get_text()


def test_no_page_shows_one_municipalitys_number_under_anothers_name(documents):
    numbers = {
        contact.phone: municipality
        for municipality in loaded().municipalities
        for contact in municipality.contacts
        if contact.phone
    }
    seen = set()
    for name, page in documents.items():
        for block in page.find_all(class_=["contact", "ask"]):
            told = block.get_text(" ").replace("\N{NO-BREAK SPACE}", " ")
            for number, owner in numbers.items():
                if number in told:
                    seen.add(number)
                    assert owner.title in told, (name, number)
                    others = (one.title for one in loaded().municipalities if one != owner)
                    assert not any(other in told for other in others), (name, number)
    assert seen == set(numbers) and len({owner.id for owner in numbers.values()}) > 1


def test_a_number_that_is_no_way_in_is_told_and_cannot_be_pressed(documents):
    page = documents["hvad-kan-du-goere/index.html"]

    assert "00 00 00 59" in page.get_text().replace("\N{NO-BREAK SPACE}", " ")
    assert not page.find("a", href="tel:+4500000059")
    assert page.find("a", href="tel:+4500000000")


def test_a_word_of_a_law_leads_to_the_law_and_to_what_is_new(documents):
    page = documents["ordliste/paragraf-12/index.html"]

    part = page.find(id="loven").parent
    assert part.find("a", href="https://www.retsinformation.dk/eli/lta/2001/1")
    assert "lov nr. 1 af 1. januar 2001" in part.get_text()
    assert "Siden 2025 skal alle hilse." in part.get_text()
