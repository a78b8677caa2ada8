"""One's own municipality: alone on its pages, carried along by links, kept only when asked for."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from conftest import loaded, make_project, on_now
from playwright.sync_api import expect

from macros.data.strategy import EasyPart
from macros.data.values import Passage
from macros.data.whose import easy_in, to_choose_from, whose

SIZES = ("1280", "320")
KEPT = "localStorage.length"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("script", [True, False])
def test_a_citizen_reads_only_their_own_municipalitys_in_two_actions(size, script, tab, address):
    page = tab(size, java_script_enabled=script)
    page.goto(address)

    page.get_by_role("link", name="Storvang Kommune", exact=True).click()
    page.get_by_role("link", name="Jeg er med i en forening").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Jeg er med i en forening i Storvang")
    told = page.get_by_role("main").inner_text()
    assert "Åbn døren" in told and "Naboteamet" in told
    assert "Lillevig" not in told and "00 00 00 00" not in told
    page.get_by_role("link", name="Se alle kommuner").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jeg er med i en forening")


def test_no_page_of_one_municipality_tells_anothers(site):
    """The whole of what is made for one municipality: neither names nor numbers of the others."""
    for own in to_choose_from(loaded()):
        others = [one for one in loaded().municipalities if one.id != own.id]
        pages = [*site.glob(f"hvad-kan-du-goere/*/{own.id}/**/index.html")]
        pages += [*site.glob(f"kommuner/{own.id}/index.html")]
        roles = loaded().roles
        easy = [role for role in roles if easy_in(loaded(), role.easy, own.id)]
        assert len(pages) == 2 * len(roles) + len(easy) + 1
        for path in pages:
            main = BeautifulSoup(path.read_bytes(), "html5lib").main
            for papers in main.select(".papers"):  # a source of the whole country names its own
                papers.decompose()
            told = main.get_text(" ")
            for other in others:
                assert other.short_title not in told, path
                for contact in other.contacts:
                    assert str(contact.phone) not in told.replace("\N{NO-BREAK SPACE}", " "), path


def test_the_choice_goes_with_the_links_and_says_whose_a_page_is(tab, address):
    page = tab()
    page.goto(f"{address}ordliste/?kommune=storvang")

    expect(page.locator(".choice")).to_contain_text("Du har valgt Storvang Kommune.")
    page.get_by_role("banner").get_by_role("link", name="Aktiviteter").click()
    page.wait_for_url("**/aktiviteter/?kommune=storvang")
    page.goto(f"{address}strategier/lillevig-nabohjaelp/?kommune=storvang")
    expect(page.locator(".choice")).to_contain_text("Denne side er fra Lillevig Kommune.")
    page.get_by_role("banner").get_by_role("link", name="Hvad kan du gøre?").click()
    page.wait_for_url("**/kommuner/storvang/")
    page.goto(f"{address}ordliste/?kommune=storvang")
    page.get_by_role("link", name="Se alle kommuner").click()
    page.wait_for_url("**/ordliste/?kommune=alle")
    expect(page.locator(".choice")).to_be_hidden()


def test_it_is_kept_only_when_the_reader_asks_and_forgotten_again(tab, address):
    page = tab()
    page.goto(f"{address}kommuner/storvang/")
    assert page.evaluate(KEPT) == 0

    page.get_by_role("button", name="Husk mit valg på denne enhed").click()
    assert page.evaluate(KEPT) == 1
    page.goto(f"{address}ordliste/")
    expect(page.locator(".choice")).to_contain_text("Du har valgt Storvang Kommune.")
    page.goto(f"{address}hvad-kan-du-goere/forening/storvang/")
    page.get_by_role("link", name="Se alle kommuner").click()
    page.wait_for_url("**/hvad-kan-du-goere/forening/?kommune=alle")
    page.goto(f"{address}ordliste/")
    page.get_by_role("button", name="Glem mit valg på denne enhed").click()

    assert page.evaluate(KEPT) == 0


def test_an_unknown_municipality_in_the_address_changes_nothing(tab, address):
    page = tab()
    page.goto(f"{address}ordliste/?kommune=<script>")

    expect(page.locator(".choice")).to_be_hidden()


def test_the_search_shows_ones_own_and_offers_the_rest(opened, address):
    page = opened()
    page.goto(f"{address}soeg/?q=forening&kommune=storvang")
    page.locator("#hits [data-count]", has_text=re.compile(r"\w")).wait_for()
    kinds = page.locator("#hits .hit-kind").all_inner_texts()
    assert any("Storvang" in kind for kind in kinds)
    assert not any("Lillevig" in kind for kind in kinds)
    page.get_by_role("link", name=re.compile("fra andre kommuner")).click()
    page.wait_for_url("**kommune=alle**")
    page.locator("#hits [data-count]", has_text=re.compile(r"\w")).wait_for()
    assert any("Lillevig" in kind for kind in page.locator("#hits .hit-kind").all_inner_texts())
    page.context.close()


def test_the_finder_narrows_to_ones_own(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/?kommune=storvang")

    expect(page.get_by_label("Hvor bor du?")).to_have_value("storvang")
    expect(page.locator("[data-count]").last).to_contain_text("passer til dine valg")
    # The count comes at once, the cards when they are fetched.
    page.locator("[data-results]:not([aria-busy])").wait_for(state="attached")
    marks = page.locator("[data-results] .whose").all_inner_texts()
    assert marks and set(marks) == {"Storvang"}


def test_a_list_of_ones_own_needs_no_script(site):
    tree = BeautifulSoup(
        (site / "aktiviteter/kommuner/storvang/index.html").read_bytes(), "html5lib"
    )

    own = {a.title for a in loaded().activities if whose(loaded(), a) == "storvang"}
    shown = {link.get_text().replace("\N{SOFT HYPHEN}", "") for link in tree.select(".offer a")}
    assert shown == own & {entry.activity.title for entry in on_now().entries}


def test_with_one_municipality_none_of_it_shows(tmp_path):
    from macros.adapter.build import build

    project = make_project(tmp_path)
    strategy = project / "data/strategies/storvang-sammen.yml"
    text = strategy.read_text(encoding="utf-8")
    strategy.write_text(text.replace("municipality: storvang", "municipality: lillevig"), "utf-8")
    build(project, project / "site")

    assert not (project / "site/kommuner").exists()
    assert not (project / "site/data/kommuner").exists()
    for name in ("", "hvad-kan-du-goere/", "hvad-kan-du-goere/forening/", "aktiviteter/"):
        html = (project / f"site/{name}index.html").read_text(encoding="utf-8")
        assert "Hvor bor du?" not in html and "data-choices" not in html, name


def test_what_is_of_another_municipality_is_hidden_where_all_stand_together(tab, address):
    """On pages about all: help, goals. Without a choice, and without a script, all is there."""
    page = tab()
    page.goto(f"{address}hjaelp-nu/?kommune=storvang")
    expect(page.locator(".choice")).to_contain_text("er skjult her")
    of_one = page.locator("main .contact", has_text="Lillevig Kommune")
    assert of_one.count() and not any(one.is_visible() for one in of_one.all())
    expect(page.locator("main .emergency").get_by_role("link", name="Ring 000")).to_be_visible()
    page.goto(f"{address}maal/?kommune=storvang")
    expect(page.locator(".choice")).to_contain_text("er skjult her")
    told = page.get_by_role("main").inner_text()
    assert "Storvang" in told and "Lillevig Kommune" not in told
    page.get_by_role("link", name="Se alle kommuner").click()
    page.wait_for_url("**kommune=alle**")
    assert page.locator("main [data-of]").count()
    assert not page.locator("main [data-of][hidden]").count()


@pytest.mark.parametrize("script", [True, False])
def test_the_menu_keeps_the_choice_on_a_page_of_one_municipality(script, tab, address):
    page = tab(java_script_enabled=script)
    page.goto(f"{address}hvad-kan-du-goere/forening/storvang/")

    page.get_by_role("banner").get_by_role("link", name="Strategier").click()

    page.wait_for_url("**/kommuner/storvang/#strategierne")


def test_an_easy_text_for_one_municipality_has_only_what_its_documents_say():
    site = loaded()
    role = site.role("forening")
    own = [line for part in easy_in(site, role.easy, "lillevig") for line in part.lines]

    assert any(line.cite for line in own)
    assert not [line for part in easy_in(site, role.easy, "storvang") for line in part.lines]


def test_our_own_words_go_with_the_line_that_they_explain():
    site = loaded()
    here, there = "lillevig-plan/hilsen", "storvang-aftale/foreninger"
    lines = [
        Passage(text="Byen hilser.", cite=(here,)),
        Passage(text="At hilse er at sige goddag.", ours=True),
        Passage(text="Byen åbner.", cite=(there,)),
        Passage(text="At åbne er at lukke op.", ours=True),
    ]

    (part,) = easy_in(site, (EasyPart(title="Hvad?", lines=tuple(lines)),), "storvang")

    assert [line.text for line in part.lines] == ["Byen åbner.", "At åbne er at lukke op."]


def test_ideas_strategies_and_sources_of_another_municipality_are_hidden(tab, address):
    page = tab()
    for path in ("ideer/", "strategier/", "kilder/", ""):
        page.goto(f"{address}{path}?kommune=storvang")
        expect(page.locator(".choice")).to_contain_text("Du har valgt Storvang Kommune.")
        own = page.locator("main [data-of]")
        assert own.count(), path
        for one in own.all():
            assert one.is_visible() == (one.get_attribute("data-of") == "storvang"), path
    page.goto(f"{address}ideer/?kommune=storvang")
    expect(page.locator(".choice")).to_contain_text("Her er ikke noget fra Storvang Kommune")


def test_a_page_for_all_leads_to_the_one_for_ones_own(tab, address):
    page = tab()
    page.goto(f"{address}hvad-kan-du-goere/forening/?kommune=storvang")

    page.get_by_role("link", name="Se kun det fra Storvang Kommune").click()

    page.wait_for_url("**/hvad-kan-du-goere/forening/storvang/")
