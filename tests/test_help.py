"""Help in earnest need: on every page, and in the search before anything is ranked."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from conftest import loaded, make_project
from looks import asked

from macros.data.help import Help
from macros.reading.load import load
from macros.rules.help import to_confirm


@pytest.fixture
def project(built):
    return built


@pytest.fixture(scope="module")
def search(opened, address):
    """A function: what is typed -> the text of the results on the page of the search."""
    page = opened()
    yield lambda text: asked(page, address, text).inner_text()
    page.context.close()


def test_every_page_leads_to_help_and_the_page_itself_says_so(site):
    pages = [path for path in site.rglob("index.html") if "refresh" not in path.read_text("utf-8")]

    assert len(pages) > 100
    for path in pages:
        tree = BeautifulSoup(path.read_bytes(), "html5lib")
        link = tree.select_one(".help-now a")
        if path.parent.name in ("print", "vis"):
            continue
        assert link.get("aria-current") == ("page" if path.parent.name == "hjaelp-nu" else None)


def test_the_page_says_who_for_whom_when_and_from_where(site):
    tree = BeautifulSoup((site / "hjaelp-nu/index.html").read_bytes(), "html5lib")

    first = tree.find(id="livsfare").parent
    assert first.find("a", href="tel:000") and "Hele døgnet." in first.get_text()
    assert first.find("a", class_="cite")
    other = tree.find(id="fare").parent
    assert "Vagten, Lillevig Kommune" in other.get_text()
    assert other.find("a", href="tel:+4500000061")
    assert "fandt det ikke" in tree.find(id="sove").parent.get_text()


@pytest.mark.parametrize(
    "typed",
    ["selvmord", "Selvmrd?", "han slår mig", "slår hende", "jeg vil ikke leve mere", "OVERFALT"],
)
def test_need_in_earnest_shows_help_and_nothing_else(search, typed):
    told = search(typed)

    assert "Nogen er i fare" in told and "Ring 000" in told and "Du er ikke alene." in told
    assert "Passer bedst" not in told and "Mente du" not in told and "Eksempel" not in told


def test_who_wants_to_can_read_on_below_the_box(tab, address):
    page = tab()
    page.goto(f"{address}soeg/?q=nabo+slår+mig")
    box = page.locator(".hits-help")

    box.get_by_role("button", name="Vis også andet om »nabo slår mig«").click()

    page.locator(".hits-group").first.wait_for()
    blocks = page.locator(".hits-page [data-hits] > *")
    order = [block.get_attribute("class") for block in blocks.all()]
    assert order[:2] == ["hits-help", "hits-group"] and box.count() == 1
    assert "Ring 000" in box.inner_text() and not box.get_by_role("button").count()
    assert page.evaluate("document.activeElement.closest('.hits-group') !== null")

    page.locator("#q").fill("han slår mig")
    page.locator(".hits-group").first.wait_for(state="detached")
    assert box.get_by_role("button").count() == 1


@pytest.mark.parametrize("typed", ["slå et ord op", "nabo", "leve", "mig", "fald"])
def test_words_that_only_sound_like_need_are_searched_for(search, typed):
    assert "Nogen er i fare" not in search(typed)


def test_where_no_help_was_found_it_says_so(search):
    told = search("ingen steder at sove i nat")

    assert "Ingen steder at sove" in told and "fandt det ikke" in told


def test_the_box_stands_in_the_panel_too_and_is_reached_by_keyboard(tab, address):
    page = tab()
    page.goto(address)
    page.locator("#q-top").fill("selvmord")
    page.locator("#hits-top .hits-help").wait_for()

    page.keyboard.press("ArrowDown")

    assert "Ring 000" in page.evaluate("document.activeElement.textContent")


def test_without_scripts_the_link_to_help_is_there(tab, address):
    page = tab(java_script_enabled=False)
    page.goto(f"{address}soeg/?q=selvmord")

    page.get_by_role("banner").get_by_role("link", name="Hjælp nu").click()
    assert page.url == f"{address}hjaelp-nu/"


def test_a_site_without_help_has_no_link_to_it(tmp_path):
    from macros.adapter.build import build

    project = make_project(tmp_path)
    for name in ("data/help", "data/needs"):
        for file in (project / name).iterdir():
            file.unlink()
    (project / "docs/hjaelp-nu/index.md").unlink()
    (project / "data/sources/lillevig-alarm.yml").unlink()

    build(project, project / "site")

    assert "hjaelp-nu" not in (project / "site/index.html").read_text(encoding="utf-8")


def test_a_number_that_is_no_way_in_is_told_and_cannot_be_called(project):
    from macros.adapter.build import build

    def page() -> str:
        build(project, project / "site")
        return (project / "site/foreninger/naboenheden/index.html").read_text(encoding="utf-8")

    call, number = 'href="tel:+4500000000"', "00\xa000\xa000\xa000"
    assert call in page()
    file = project / "data/municipalities/lillevig.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("phone: 00 00 00 00", "phone: 00 00 00 00\n    way_in: nej"), "utf-8"
    )

    assert call not in page() and f"Nummeret i kilden er {number}." in page()


@pytest.mark.parametrize(
    ("confirmed", "why"),
    [("", "er ikke bekræftet af kommunen"), ("confirmed: 2026-01-01\n", "er ikke bekræftet længe")],
)
def test_a_number_that_nobody_confirmed_lately_is_remarked_on(project, confirmed, why):
    file = project / "data/help/alarm.yml"
    text = file.read_text(encoding="utf-8").replace("confirmed: 2026-11-01\n", confirmed)
    file.write_text(text, encoding="utf-8")

    (remark,) = to_confirm(load(project))

    assert remark.path == "data/help/alarm.yml" and why in remark.what


def test_short_numbers_are_dialled_as_they_are():
    short = Help(id="x", title="x", phone="11 2", about="x", order=1, cite=("a/b",))
    long = Help(id="x", title="x", phone="12345678", about="x", order=1, cite=("a/b",))

    assert (short.phone, short.dial) == ("112", "112")
    assert (long.phone, long.dial) == ("12 34 56 78", "+4512345678")


def test_everything_is_confirmed_in_the_fictional_municipality():
    assert list(to_confirm(loaded())) == []
    assert date(2026, 11, 1) == loaded().things["help", "alarm"].confirmed
