"""The site in real Chromium: everyone's way through it, by mouse, by keyboard, on a phone."""

from __future__ import annotations

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import loaded
from test_walk import EVERY

SIZES = ("1280", "320")


@pytest.mark.parametrize("size", SIZES)
def test_by_mouse_from_the_door_to_the_action_to_the_focus_area(size, tab, address):
    page = tab(size)
    page.goto(address)

    page.get_by_role("link", name="Jeg er med i en forening").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Jeg er med i en forening"
    action = page.locator("#aaben-doer")
    assert action.get_by_role("heading").inner_text() == "Åbn døren"
    action.get_by_role("link", name="Mødesteder").click()

    assert page.url == f"{address}strategier/storvang-sammen/moedesteder/"
    assert page.get_by_role("heading", level=1).inner_text() == "Steder at mødes"


@pytest.mark.parametrize("size", SIZES)
def test_by_keyboard_alone_from_the_door_to_the_action_to_the_focus_area(size, tab, address):
    page = tab(size)
    page.goto(address)

    walk_to(page, "Jeg er med i en forening")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hvad-kan-du-goere/forening/")
    walk_to(page, "Mødesteder")
    page.keyboard.press("Enter")
    page.wait_for_url("**/moedesteder/")

    assert page.get_by_role("heading", level=1).inner_text() == "Steder at mødes"


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
    link = page.get_by_role("navigation", name="Menu").get_by_role("link", name="Ordliste")
    assert link.count() == 0

    walk_to(page, "Menu")
    page.keyboard.press("Enter")
    walk_to(page, "Ordliste")
    page.keyboard.press("Enter")

    page.wait_for_url("**/ordliste/")


@pytest.mark.parametrize("scripts", [True, False], ids=["js", "no-js"])
@pytest.mark.parametrize("size", SIZES)
def test_a_term_is_explained_in_place_by_touch_and_by_keyboard(size, scripts, tab, address):
    page = tab(size, java_script_enabled=scripts)
    page.goto(f"{address}strategier/storvang-sammen/")
    word = page.get_by_role("button", name="Nabomodel 2.0").first
    note = page.locator("#ord-nabomodel-2-0")
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
    page.goto(f"{address}strategier/storvang-sammen/")
    page.get_by_role("button", name="Nabomodel 2.0").first.click()

    result = Axe().run(page, options=EVERY)

    assert result.response["passes"]
    assert result.violations_count == 0, result.generate_report()


def test_without_javascript_everything_is_there(tab, address):
    page = tab("320", java_script_enabled=False)
    page.goto(address)

    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("link", name="Strategier", exact=True).click()

    assert page.get_by_role("heading", level=1).inner_text() == "Strategier"


def test_a_source_mark_leads_to_its_place_in_the_source(tab, address):
    page = tab()
    page.goto(f"{address}hvad-kan-du-goere/beboer/")

    page.locator("#hils .cite").click()

    assert page.url.endswith("/kilder/lillevig-plan/#hilsen")
    row = page.locator("#hilsen")
    assert "Område A: Hilsen" in row.inner_text() and "2–3" in row.inner_text()


def test_the_site_works_in_a_folder_too(site, serve_folder, tmp_path, tab):
    shutil.copytree(site, tmp_path / "en/mappe")
    base = serve_folder(tmp_path) + "en/mappe/"
    page, failed = tab(), []
    page.on("response", lambda response: response.ok or failed.append(response.url))

    page.goto(base)
    page.get_by_role("link", name="Jeg er med i en forening").click()
    page.get_by_role("link", name="Mødesteder").first.click()

    assert page.url == f"{base}strategier/storvang-sammen/moedesteder/"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.page-head')).borderTopWidth")
        == "6px"
    )
    assert failed == []


def test_the_map_names_vision_areas_goals_and_roles_as_text(tab, address):
    page = tab("320")
    page.goto(f"{address}strategier/storvang-sammen/")

    tree = page.locator("figure.map").aria_snapshot().replace("\N{NO-BREAK SPACE}", " ")

    data = loaded()
    strategy = data.strategy("storvang-sammen")
    areas = data.areas(strategy.id)
    assert strategy.aim.headline in tree
    for area in areas:
        assert area.short_title in tree
        for goal in area.goals:
            assert goal.title in tree
    own = {area.id for area in areas}
    asked = {
        f"{role.title}: {action.title}": not own.isdisjoint(action.areas)
        for role in data.roles
        for action in role.actions
    }
    assert set(asked.values()) == {True, False}
    assert {action: action in tree for action in asked} == asked


def test_print_shows_the_text_and_leaves_out_the_menu(tab, address):
    page = tab()
    page.goto(f"{address}hvad-kan-du-goere/forening/")
    page.emulate_media(media="print")

    assert not page.get_by_role("navigation", name="Hovedmenu").first.is_visible()
    assert page.get_by_text("Åbn døren").first.is_visible()


def test_the_shortcut_can_be_turned_off_and_nothing_else_is_ever_kept(tab, address):
    page = tab()
    page.goto(f"{address}om/tilgaengelighed/")
    button = page.get_by_role("button", name="Slå genvejen / fra")
    kept = "() => [localStorage.length, sessionStorage.length, document.cookie]"
    assert page.evaluate(kept) == [0, 0, ""]

    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    page.goto(address)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "q-top"
    assert page.evaluate(kept) == [1, 0, ""]

    page.goto(f"{address}om/tilgaengelighed/")
    button.click()
    assert page.evaluate(kept) == [0, 0, ""]
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q-top"


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-24T08:00:00+01:00", 0),
        ("2026-11-26T23:00:00+01:00", 0),
        ("2026-11-28T08:00:00+01:00", 1),
    ],
)
def test_times_that_nobody_has_renewed_for_days_are_not_to_be_trusted(tab, address, now, told):
    page = tab(now=now)
    for path in ("aktiviteter/kaffe/", "aktiviteter/"):
        page.goto(address + path)
        notice = page.locator(".stale")

        assert notice.count() == told, path
        if told:
            assert "Hjemmesiden er ikke opdateret siden 24. november 2026." in notice.inner_text()
    page.goto(f"{address}om/")
    assert page.locator(".stale").count() == 0
