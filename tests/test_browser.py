"""The real site in real Chromium: everyone's way through it, and nothing in the way."""

from __future__ import annotations

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import ROOT, every_page

from macros.load import load

SIZES = ("1280", "320")
SCHEMES = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


# Hand-written pages that are text alone, as others are.
PLAIN = ("om/", "om/foreninger/", "om/privatliv/", "om/redaktion/", "was/")


def one_of_each_kind(written: bool = True) -> list[str]:
    """An address for every template and every hand-written page, or those that are not PLAIN."""
    seen: dict[str, str] = {}
    for page in every_page():
        seen.setdefault(page.address if page.kind == "doc" else page.kind, page.address)
    return [*(path for path in seen.values() if written or path not in PLAIN), "404.html"]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_any_template(size, scheme, tab, address):
    page, axe, found = tab(size, scheme), Axe(), {}
    # A hand-written page's text is judged in two of the four; every template in each.
    every = (size, scheme) in (("1280", "light"), ("320", "dark"))

    for path in one_of_each_kind(written=every):
        page.goto(address + path)
        result = axe.run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert result.response["passes"], path
        if result.violations_count:
            found[path] = [
                (rule["id"], [node["target"] for node in rule["nodes"]][:3])
                for rule in result.response["violations"]
            ]

    assert found == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_spills_at_320_pixels(scheme, tab, address):
    page = tab("320", scheme)

    for path in one_of_each_kind():
        page.goto(address + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, (path, width)


@pytest.mark.parametrize("size", SIZES)
def test_by_mouse_from_the_door_to_the_action_to_the_focus_area(size, tab, address):
    page = tab(size)
    page.goto(address)

    page.get_by_role("link", name="Jeg er borger").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Jeg er borger"
    action = page.locator("#soeg-stoette")
    assert action.get_by_role("heading").inner_text() == "Søg råd og støtte"
    action.get_by_role("link", name="Tidlig støtte").click()

    assert page.url == f"{address}strategier/kalundborg-voksne/fremskudte-indsatser/"
    assert page.get_by_role("heading", level=1).inner_text() == "Fremskudte indsatser"


@pytest.mark.parametrize("size", SIZES)
def test_by_keyboard_alone_from_the_door_to_the_action_to_the_focus_area(size, tab, address):
    page = tab(size)
    page.goto(address)

    walk_to(page, "Jeg er borger")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hvad-kan-du-goere/borger/")
    walk_to(page, "Tidlig støtte")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fremskudte-indsatser/")

    assert page.get_by_role("heading", level=1).inner_text() == "Fremskudte indsatser"


def walk_to(page, text: str, steps: int = 60) -> None:
    """Press Tab until what has focus holds the text; each stop must be seen to have focus."""
    for _ in range(steps):
        page.keyboard.press("Tab")
        focus = page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
            const r = e.getBoundingClientRect();
            return { text: e.textContent, outline: s.outlineStyle,
                     seen: r.bottom > 0 && r.top < innerHeight && r.right > 0 }; }"""
        )
        assert focus["outline"] != "none" and focus["seen"], focus
        if text in focus["text"]:
            return
    raise AssertionError(f"«{text}» kan ikke nås med Tab")


def test_the_first_tab_leads_past_the_menu(tab, address):
    page = tab()
    page.goto(f"{address}om/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Gå til indholdet"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "indhold"


def test_the_menu_on_a_phone_opens_and_leads_by_keyboard(tab, address):
    page = tab("320")
    page.goto(address)
    link = page.get_by_role("navigation", name="Menu").get_by_role("link", name="Kilder")
    assert link.count() == 0

    walk_to(page, "Menu")
    page.keyboard.press("Enter")
    walk_to(page, "Kilder")
    page.keyboard.press("Enter")

    page.wait_for_url("**/kilder/")


@pytest.mark.parametrize("scripts", [True, False], ids=["js", "no-js"])
@pytest.mark.parametrize("size", SIZES)
def test_a_term_is_explained_in_place_by_touch_and_by_keyboard(size, scripts, tab, address):
    page = tab(size, java_script_enabled=scripts)
    page.goto(f"{address}strategier/kalundborg-voksne/samarbejdspraksis/")
    word = page.get_by_role("button", name="VUM 2.0").first
    note = page.locator("#ord-vum-2-0")
    assert not note.is_visible()

    word.click()
    assert note.is_visible()
    note.get_by_role("button", name="Luk").click()
    assert not note.is_visible()

    word.focus()
    page.keyboard.press("Enter")
    assert note.is_visible()
    assert note.get_by_role("link", name="ordlisten").is_visible()
    page.keyboard.press("Escape")
    assert not note.is_visible()


def test_axe_finds_nothing_in_an_open_explanation(tab, address):
    page = tab("320", "dark")
    page.goto(f"{address}strategier/kalundborg-voksne/samarbejdspraksis/")
    page.get_by_role("button", name="VUM 2.0").first.click()

    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})

    assert result.violations_count == 0, result.generate_report()


def test_without_javascript_everything_is_there(tab, address):
    page = tab("320", java_script_enabled=False)
    page.goto(address)

    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Strategier", exact=True).click()

    assert page.get_by_role("heading", level=1).inner_text() == "Strategier"


def test_a_source_mark_leads_to_its_place_in_the_source(tab, address):
    page = tab()
    page.goto(f"{address}hvad-kan-du-goere/borger/")

    page.locator("#bidrag .cite").click()

    assert page.url.endswith("/kilder/kalundborg-strategi-2024/#goer-borger")
    row = page.locator("#goer-borger")
    assert "Hvis du er borger" in row.inner_text() and "21" in row.inner_text()


def test_no_request_leaves_the_site_and_nothing_is_stored(tab, address):
    page, asked = tab(), set()
    page.on("request", lambda request: asked.add(request.url))

    visited = [entry.address for entry in every_page()]
    for path in visited:
        page.goto(address + path)
        kept = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
        assert kept == [0, 0, ""], path

    assert len(visited) > 15
    assert {url for url in asked if not url.startswith((address, "data:"))} == set()
    assert page.context.cookies() == []


def test_the_site_works_in_a_folder_too(site, serve_folder, tmp_path, tab):
    shutil.copytree(site, tmp_path / "en/mappe")
    base = serve_folder(tmp_path) + "en/mappe/"
    page, failed = tab(), []
    page.on("response", lambda response: response.ok or failed.append(response.url))

    page.goto(base)
    page.get_by_role("link", name="Jeg er medarbejder").click()
    page.get_by_role("link", name="Samarbejde på tværs").first.click()

    assert page.url == f"{base}strategier/kalundborg-voksne/samarbejdspraksis/"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.page-head')).borderTopWidth")
        == "6px"
    )
    assert failed == []


def test_the_map_names_vision_areas_goals_and_roles_as_text(tab, address):
    page = tab("320")
    page.goto(f"{address}strategier/kalundborg-voksne/")

    tree = page.locator("figure.map").aria_snapshot()

    data = load(ROOT)
    strategy = data.strategy("kalundborg-voksne")
    assert strategy.aim.headline in tree.replace("\N{NO-BREAK SPACE}", " ")
    for area in data.areas(strategy.id):
        assert area.short_title in tree
        for goal in area.goals:
            assert goal.title in tree
    for role in data.roles:
        for action in role.actions:
            assert f"{role.title}: {action.title}" in tree


def test_print_shows_the_text_and_leaves_out_the_menu(tab, address):
    page = tab()
    page.goto(f"{address}hvad-kan-du-goere/borger/")
    page.emulate_media(media="print")

    assert not page.get_by_role("navigation", name="Hovedmenu").first.is_visible()
    assert page.get_by_text("Søg råd og støtte").first.is_visible()
