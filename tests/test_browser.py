"""The site in real Chromium: everyone's way through it, by mouse, by keyboard, on a phone."""

from __future__ import annotations

import io
import shutil

import pikepdf
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
    page.on("response", lambda one: one.status < 400 or failed.append(one.url))

    page.goto(base)
    page.get_by_role("link", name="Jeg er med i en forening").click()
    page.get_by_role("link", name="Mødesteder").first.click()

    page.wait_for_url(f"{base}strategier/storvang-sammen/moedesteder/")
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


LONG = "strategier/lillevig-nabohjaelp/"


@pytest.fixture
def folded(tab, address):
    """A long page on a phone, and its parts that are closed."""
    page = tab("320")
    page.goto(f"{address}{LONG}")
    return page, page.locator("[data-fold]:has([aria-expanded=false])")


def test_on_a_phone_the_parts_of_a_long_page_fold_and_open(folded):
    page, closed = folded
    parts = page.locator("[data-fold]").count()
    assert parts == closed.count() > 3
    short = page.evaluate("document.documentElement.scrollHeight")

    button = page.get_by_role("button", name="Kilder", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true" and closed.count() == parts - 1
    page.get_by_role("button", name="Åbn alle afsnit").click()
    assert closed.count() == 0
    assert page.evaluate("document.documentElement.scrollHeight") > 1.3 * short
    page.get_by_role("button", name="Luk alle afsnit").click()
    assert closed.count() == parts


def test_whatever_leads_into_a_folded_part_opens_it(folded, address):
    page, closed = folded
    every = closed.count()
    page.get_by_role("button", name="På siden", exact=True).click()
    page.locator(".toc").get_by_role("link", name="Tidslinje").click()
    assert closed.count() == every - 2
    heading = page.get_by_role("heading", name="Tidslinje", exact=True)
    assert 0 <= heading.bounding_box()["y"] < 400

    page.goto(f"{address}#")
    page.goto(f"{address}{LONG}#kilder")
    assert closed.count() == every - 1
    assert 0 <= page.get_by_role("heading", name="Kilder", exact=True).bounding_box()["y"] < 700


def test_what_is_folded_is_printed_and_read_aloud(folded):
    page, closed = folded
    hidden = page.locator("[data-fold] .sources").first
    assert not hidden.is_visible()
    page.emulate_media(media="print")
    assert (
        hidden.is_visible()
        and page.locator(".fold").first.evaluate("e => getComputedStyle(e, '::after').content")
        == "none"
    )
    page.emulate_media(media="screen")
    page.evaluate("document.dispatchEvent(new Event('whole'))")  # as `read.js` does
    assert closed.count() == 0


@pytest.mark.parametrize("how", ["wide", "no script"])
def test_nothing_is_folded_on_a_wide_window_or_without_a_script(how, tab, address):
    page = tab("1280" if how == "wide" else "320", java_script_enabled=how == "wide")
    page.goto(f"{address}{LONG}")

    assert page.locator(".fold").count() == 0
    assert page.get_by_role("heading", name="Kilder", exact=True).is_visible()
    assert page.locator("[data-fold] .sources").first.is_visible()


def test_axe_finds_nothing_in_folded_parts(folded):
    page, _ = folded
    assert Axe().run(page).response["violations"] == []


def test_a_second_tap_at_the_same_place_closes_the_menu(tab, address):
    page = tab("320")
    page.goto(f"{address}om/")
    place = page.locator(".menu-narrow summary").bounding_box()
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2

    page.mouse.click(x, y)
    assert page.get_by_role("navigation", name="Menu").is_visible()
    page.mouse.click(x, y)

    menu = page.get_by_role("navigation", name="Menu")
    assert not menu.is_visible()
    assert page.url == f"{address}om/"
    page.mouse.click(x, y)
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    page.mouse.click(x, y)
    assert menu.is_visible()
    page.get_by_role("contentinfo").get_by_role("link").first.focus()
    assert not menu.is_visible()


def test_an_activity_is_printed_on_one_page_and_numbers_to_call_in_black(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/eksempel-strik-og-snak/")
    sheet = pikepdf.open(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    assert len(sheet.pages) == 1

    page.goto(f"{address}hjaelp-nu/")
    page.emulate_media(media="print")
    for call in page.locator(".call").all():
        assert call.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
