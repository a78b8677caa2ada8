"""Finding something to join in real Chromium, by mouse, by keyboard, on a phone, without script."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import on_now, sweep
from playwright.sync_api import expect
from test_browser import SIZES, walk_to
from test_walk import EVERY

from macros.pages.views.finder import ON_PAGE

QUERY = "?dag=tirsdag&naer=0410&gratis=ja&uden-henvisning=ja"


def titles(page) -> list[str]:
    return [text.strip() for text in page.locator("[data-results] h3 a").all_inner_texts()]


def drawer(page, size: str) -> None:
    """On a phone the choices lie in a drawer."""
    page.wait_for_load_state("networkidle")  # the script has come
    if size == "320":
        page.get_by_role("button", name="Alle valg").click()


def settled(page, text: str) -> None:
    whole = re.compile(rf"(?<!\d){re.escape(text)}")  # «4 passer» is not in «14 passer»
    page.locator("[data-count]").filter(has_text=whole).wait_for()
    page.locator("[data-results]:not([aria-busy])").wait_for(state="attached")


@pytest.mark.parametrize("size", SIZES)
def test_by_mouse_to_something_free_without_referral_on_a_tuesday_nearby(size, tab, address):
    page = tab(size)
    page.goto(address)
    page.get_by_role("link", name="Find en aktivitet").click()

    drawer(page, size)
    page.get_by_label("Hvornår?").select_option("tirsdag")
    page.get_by_label("Nær by eller postnummer").fill("0410")
    page.get_by_role("checkbox", name="Gratis").check()
    page.get_by_role("checkbox", name="Uden henvisning").check()
    settled(page, "4 passer til dine valg. Det nærmeste står først.")
    assert "ca. 1 km" in page.locator("[data-results] li").first.inner_text().replace("\xa0", " ")
    page.get_by_role("link", name="Gåtur for begyndere").click()

    page.wait_for_url("**/aktiviteter/eksempel-gaatur-for-begyndere/")
    first = page.get_by_role("region", name="Første gang")
    assert "En frivillig i gul vest tager imod dig ved bænken." in first.inner_text()
    assert page.get_by_role("link", name="Ring 00 00 00 01").first.get_attribute("href") == (
        "tel:+4500000001"
    )


@pytest.mark.parametrize("size", SIZES)
def test_by_keyboard_alone_to_the_same(size, tab, address):
    page = tab(size)
    page.goto(f"{address}aktiviteter/")

    if size == "320":
        walk_to(page, "Alle valg")
        page.keyboard.press("Enter")
    walk_to_field(page, "dag")
    page.keyboard.type("Tirs")
    walk_to_field(page, "naer")
    page.keyboard.type("0410")
    walk_to_field(page, "gratis")
    page.keyboard.press("Space")
    walk_to_field(page, "uden-henvisning")
    page.keyboard.press("Space")
    settled(page, "4 passer til dine valg.")
    walk_to(page, "Gåtur for begyndere")
    page.keyboard.press("Enter")

    page.wait_for_url("**/aktiviteter/eksempel-gaatur-for-begyndere/")
    assert page.get_by_role("region", name="Første gang").is_visible()


def walk_to_field(page, name: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"«{name}» kan ikke nås med Tab")


@pytest.mark.parametrize("size", SIZES)
def test_without_javascript_to_the_same(size, tab, address):
    page = tab(size, java_script_enabled=False)
    page.goto(address)
    page.get_by_role("link", name="Find en aktivitet").click()
    page.get_by_label("Hvornår?").wait_for(state="hidden")

    page.get_by_role("link", name="efter dag", exact=True).first.click()
    page.get_by_role("link", name="Tirsdag", exact=True).click()
    near = page.get_by_role("region", name="0410 Nordby")
    card = near.get_by_role("listitem").filter(has_text="Gåtur for begyndere").first
    assert "Gratis · Kom bare" in card.inner_text()
    card.get_by_role("link").click()

    assert "gode sko" in page.get_by_role("region", name="Første gang").inner_text()


def test_the_choices_stand_in_the_address_and_one_step_back_leaves(tab, address):
    page = tab()
    page.goto(f"{address}om/")
    page.goto(f"{address}aktiviteter/")

    page.get_by_role("checkbox", name="Gratis").check()
    settled(page, "passer til dine valg")
    page.get_by_label("Hvornår?").select_option("tirsdag")
    settled(page, "4 passer til dine valg")
    assert page.url.endswith("/aktiviteter/?dag=tirsdag&gratis=ja")

    page.go_back()
    assert page.url == f"{address}om/"
    page.go_forward()
    settled(page, "4 passer til dine valg")
    assert page.get_by_label("Hvornår?").input_value() == "tirsdag"
    assert page.get_by_role("checkbox", name="Gratis").is_checked()


def test_what_was_chosen_before_the_script_came_is_kept(tab, address):
    page, held = tab(), []
    page.route("**/finder.js*", lambda route: held.append(route))
    page.goto(f"{address}aktiviteter/", wait_until="commit")
    page.get_by_label("Hvornår?").select_option("tirsdag")
    page.get_by_role("checkbox", name="Gratis").check()
    assert "i alt" in page.locator(".count").inner_text()

    for route in held:
        route.continue_()

    settled(page, "passer til dine valg")
    assert page.get_by_label("Hvornår?").input_value() == "tirsdag"
    assert page.url.endswith("/aktiviteter/?dag=tirsdag&gratis=ja")


def test_a_shared_address_shows_what_was_chosen_and_coming_back_from_a_page_keeps_it(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/{QUERY}")
    settled(page, "4 passer")
    found = titles(page)

    page.get_by_role("link", name=found[1]).click()
    page.go_back()

    settled(page, "4 passer")
    assert titles(page) == found
    assert page.get_by_label("Nær by eller postnummer").input_value() == "0410"


# Chooses every option and every box, one at a time, and gives what was promised and what came.
CHOOSE_EACH = """async () => {
  const told = document.querySelector("[data-finder] [data-count]");
  const list = document.querySelector("[data-finder] [data-results]");
  const choose = (field, change) => new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${field.name} tells nothing`)), 5000);
    new MutationObserver((_, watch) => {
      if (list.hasAttribute("aria-busy")) return;
      watch.disconnect();
      clearTimeout(late);
      const none = told.textContent.startsWith("Ingen passer til alle");
      const found = [none ? 0 : parseInt(told.textContent), list.children.length];
      // The other choices' numbers come after what one sees.
      requestAnimationFrame(() => setTimeout(() => setTimeout(() => resolve(found))));
    }).observe(list, { attributes: true, attributeFilter: ["aria-busy"] });
    change();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  const promised = (label) => Number(/\\((\\d+)\\)$/.exec(label.textContent)[1]);
  const found = {};
  for (const select of document.querySelectorAll("form select")) {
    const before = select.value;
    for (const option of select.querySelectorAll("option[data-name]")) {
      const wanted = promised(option);
      const came = await choose(select, () => { select.value = option.value; });
      await choose(select, () => { select.value = before; });
      found[`${select.name}=${option.value}`] = [wanted, ...came];
    }
  }
  for (const box of document.querySelectorAll("form input[type=checkbox]:not(:checked)")) {
    const wanted = promised(box.parentElement.querySelector("[data-name]"));
    const came = await choose(box, () => { box.checked = true; });
    await choose(box, () => { box.checked = false; });
    found[`${box.name}=ja`] = [wanted, ...came];
  }
  return found;
}"""


@pytest.mark.sweep
def test_every_count_is_what_the_choice_then_gives(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/?gratis=ja")
    settled(page, "20 passer")

    found = page.evaluate(CHOOSE_EACH)

    assert len(found) > 40 and len({wanted for wanted, _, _ in found.values()}) > 8
    wrong = {
        choice: counts
        for choice, counts in found.items()
        if counts != [counts[0], counts[0], min(counts[0], 20)]
    }
    assert wrong == {}


def test_the_script_and_the_site_count_alike(tab, address):
    """The finder's numbers before any choice are made in Python, after it in JavaScript."""
    page = tab()
    page.goto(f"{address}aktiviteter/")
    before = page.locator("form option, form label span").all_inner_texts()

    page.get_by_role("checkbox", name="Gratis").check()
    settled(page, "passer")
    page.get_by_role("button", name="Ryd valg").click()
    settled(page, "i alt")

    page.wait_for_timeout(200)  # these numbers come a moment after the cards
    assert page.locator("form option, form label span").all_inner_texts() == before


def test_the_nearest_comes_first_and_an_unknown_postcode_is_told(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/?naer=0410&km=40")
    settled(page, "Det nærmeste står først")
    cards = page.locator("[data-results] > li").evaluate_all(
        """cards => cards.map((card) => [!card.querySelector(".offer-when time"),
          Number(/ca\\.\\s(\\d+)\\skm/.exec(card.textContent)[1])])"""
    )
    assert cards == sorted(cards)  # what has no time stands last, the nearest first too
    assert {timeless for timeless, _ in cards} == {True, False}
    far = {km for _, km in cards}
    assert len(far) > 4 and min(far) == 1 and 20 < max(far) <= 40

    page.get_by_label("Nær by eller postnummer").fill("0450")
    page.get_by_role("alert").filter(has_text="Vi ved ikke, hvor 0450 ligger.").wait_for()
    page.get_by_label("Nær by eller postnummer").fill("skak")
    page.get_by_role("link", name="Søg efter »skak« på hele siden").click()
    page.wait_for_url("**/soeg/?q=skak")
    page.locator("#hits").get_by_role("link", name="Skak").first.wait_for()


@pytest.mark.parametrize(
    ("query", "days"),
    [
        ("dag=soendag", {"søndag"}),
        ("dag=torsdag&tid=formiddag", {"torsdag"}),
        ("dag=hverdage", {"mandag", "tirsdag", "onsdag", "torsdag", "fredag"}),
    ],
)
def test_a_card_shows_the_time_that_was_asked_for_and_the_soonest_comes_first(
    query, days, tab, address
):
    page = tab()
    page.goto(f"{address}aktiviteter/?{query}")
    settled(page, "passer")

    shown = page.locator(".offer-when time:visible")
    assert {text.split()[0].lower() for text in shown.all_inner_texts()} == days
    starts = shown.evaluate_all("times => times.map(t => t.dateTime)")
    assert starts == sorted(starts) and starts


def test_a_card_tells_what_was_called_off(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/")

    card = page.locator("[data-results] > li").filter(has_text="Gåtur for begyndere")
    assert card.locator(".offer-off").inner_text() == "Aflyst: tirsdag 8. december"


def test_when_nothing_is_found_it_says_so_and_leads_on(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/?til=boern&dag=mandag&by=0450&koerestol=ja")
    settled(page, "Ingen passer til alle dine valg.")

    page.get_by_role("button", name="Ryd alle valg").click()
    settled(page, "i alt")


def test_when_one_choice_stands_in_the_way_one_press_takes_it_back(tab, address):
    page = tab()
    first = on_now().entries[0]
    town = next(t for t, found in on_now().towns if first not in found)
    free = [e for e in on_now().entries if e.activity.free and e.postcode == town]
    assert free
    page.goto(f"{address}aktiviteter/?by={town.id}&gratis=ja&dag=soendag&tid=aften")
    settled(page, "Ingen passer til alle dine valg.")

    way = page.get_by_role("button", name="På en anden dag eller et andet tidspunkt")
    assert way.inner_text().endswith(f"({len(free)})")
    way.click()

    settled(page, f"{len(free)} passer til dine valg.")
    assert "dag=" not in page.url and f"by={town.id}" in page.url


def test_a_remembered_municipality_is_the_finders_choice_too(tab, address):
    page = tab()
    page.goto(f"{address}kommuner/storvang/")
    page.get_by_role("button", name="Husk mit valg på denne enhed").click()
    page.goto(f"{address}aktiviteter/")

    page.wait_for_url("**/aktiviteter/?kommune=storvang")
    assert page.get_by_label("Hvor bor du?").input_value() == "storvang"


def test_more_results_come_on_demand_with_focus_on_the_first_new_one(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/")
    total = len(on_now().entries)
    page.get_by_role("checkbox", name="Gratis").check()
    page.get_by_role("checkbox", name="Gratis").uncheck()
    settled(page, f"{total} i alt")
    expect(page.locator("[data-results] > li")).to_have_count(ON_PAGE)

    page.get_by_role("button", name="Vis flere").click()
    expect(page.locator("[data-results] > li")).to_have_count(total)
    assert page.evaluate("document.activeElement.closest('li')?.matches('li:nth-child(21)')")


@pytest.mark.parametrize("size", SIZES)
def test_the_untouched_finder_leads_to_every_entry(size, tab, address):
    page = tab(size)
    page.goto(f"{address}aktiviteter/")

    while (more := page.get_by_role("button", name="Vis flere")).is_visible():
        before = len(titles(page))
        more.click()
        page.locator(f"[data-results] > li:nth-child({before + 1})").wait_for()

    shown = [title.replace("\N{SOFT HYPHEN}", "") for title in titles(page)]
    assert sorted(shown) == sorted(entry.activity.title for entry in on_now().entries)


@pytest.mark.parametrize(("typed", "postcode"), [("Nordby", "0410"), ("nordb", "0410")])
def test_a_town_may_be_named_and_near_means_within_forty_kilometres(typed, postcode, tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/")

    page.get_by_label("Nær by eller postnummer").fill(typed)
    note = page.locator("[data-note]")
    note.filter(has_text=f"fra midten af {postcode} Nordby. Vi viser højst 40 km væk.").wait_for()
    near = page.locator("[data-count]").last.inner_text()
    page.get_by_text("Flere valg").click()
    page.get_by_label("Hvor langt derfra?").select_option("alle")
    page.wait_for_url("**km=alle**")
    note.filter(has_not_text="højst 40 km").wait_for()
    assert int(page.locator("[data-count]").last.inner_text().split()[0]) > int(near.split()[0])


@pytest.mark.parametrize("size", SIZES)
def test_a_quick_choice_is_one_press_and_taken_back_by_another(size, tab, address):
    page = tab(size)
    page.goto(f"{address}aktiviteter/")
    quick = page.get_by_role("button", name="Gratis", exact=True)

    quick.click()
    settled(page, "20 passer til dine valg.")
    expect(quick).to_have_attribute("aria-pressed", "true")
    assert page.url.endswith("?gratis=ja")
    quick.click()
    settled(page, f"{len(on_now().entries)} i alt")
    expect(quick).to_have_attribute("aria-pressed", "false")

    page.get_by_role("button", name="Nær mig").click()
    assert page.evaluate("document.activeElement.name") == "naer"


def test_on_a_phone_the_results_come_before_the_choices(tab, address):
    page = tab("320")
    page.goto(f"{address}aktiviteter/")

    assert page.locator("[data-results] > li").first.bounding_box()["y"] < 1000
    page.get_by_role("button", name="Alle valg").click()
    page.get_by_role("button", name=re.compile(r"Vis \d+ aktiviteter")).click()
    expect(page.get_by_label("Hvornår?")).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "resultater"


def test_results_are_announced(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/")

    page.get_by_label("Hvornår?").select_option("tirsdag")

    page.get_by_role("status").filter(has_text="passer til dine valg").wait_for()


def test_a_parameter_that_others_add_does_not_trap_the_back_button(tab, address):
    page = tab()
    page.goto(f"{address}om/")
    page.goto(f"{address}aktiviteter/?fbclid=abc&gratis=ja")
    settled(page, "passer til dine valg")
    assert page.url.endswith("?fbclid=abc&gratis=ja")

    page.go_back()

    assert page.url == f"{address}om/"


def test_a_jump_on_the_page_fetches_nothing(tab, address):
    page, asked = tab(), []
    page.goto(f"{address}aktiviteter/")
    page.on("request", lambda request: asked.append(request.url))

    page.get_by_role("link", name="efter dag", exact=True).click()
    page.wait_for_url("**#vej-1")

    assert not [url for url in asked if "/data/" in url]


@pytest.mark.parametrize("strange", ["constructor", "1000", "99999"])
def test_a_postcode_that_is_none_is_told_at_the_field(strange, tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/?naer={strange}")

    page.get_by_role("alert").filter(has_text=f"Vi ved ikke, hvor {strange} ligger.").wait_for()
    assert page.get_by_label("Nær by eller postnummer").get_attribute("aria-invalid") == "true"


def test_when_the_data_cannot_be_fetched_the_page_says_what_to_do(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/")
    page.route("**/finder/**", lambda route: route.abort())

    page.get_by_role("checkbox", name="Gratis").check()

    settled(page, "Listen kan ikke hentes lige nu.")


@pytest.mark.parametrize(
    ("size", "scheme"),
    [("1280", "light"), sweep("1280", "dark"), sweep("320", "light"), sweep("320", "dark")],
)
def test_axe_finds_nothing_in_a_used_finder(size, scheme, tab, address):
    page = tab(size, scheme)
    page.goto(f"{address}aktiviteter/{QUERY}&by=0410")
    settled(page, "2 passer")

    result = Axe().run(page, options=EVERY)

    assert result.response["passes"]
    assert result.violations_count == 0, result.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= int(size)


# --- times that pass between builds ------------------------------------------------------------


def test_a_time_that_has_passed_since_the_build_vanishes(tab, address):
    path = "aktiviteter/eksempel-gaatur-for-begyndere/"
    page = tab(now="2026-11-24T11:14:00+01:00")
    page.goto(address + path)
    assert page.locator(".next-time").inner_text() == "Tirsdag 24. november kl. 10–11.15"

    page = tab(now="2026-11-24T11:16:00+01:00")
    page.goto(address + path)

    assert page.locator(".next-time").inner_text().startswith("Tirsdag 1. december")
    assert page.locator(".times li").first.inner_text().startswith("Tirsdag 1. december")


def test_long_after_the_build_no_time_is_shown_and_the_page_says_so(tab, address):
    page = tab(now="2028-01-01T12:00:00+01:00")
    page.goto(f"{address}aktiviteter/eksempel-gaatur-for-begyndere/")

    assert page.locator(".next-time").inner_text() == "Ingen datoer lige nu. Spørg arrangøren."
    assert page.locator("time:visible").count() == 0


def test_lists_keep_the_soonest_first_when_a_time_has_passed(tab, address):
    page = tab(now="2026-11-24T12:00:00+01:00")
    page.goto(f"{address}aktiviteter/")

    starts = page.eval_on_selector_all(
        "[data-results] > li",
        "cards => cards.map(c => c.querySelector('.offer-when time')?.dateTime ?? '9')",
    )
    assert starts == sorted(starts)
    assert starts[0] == "2026-11-24T11:00+01:00"  # the walk at ten is over, this is not


def test_an_iphone_gets_a_link_that_its_own_map_knows(tab, address):
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 15_0 like Mac OS X)"
    page = tab("320", user_agent=phone, has_touch=True, is_mobile=True)
    page.goto(f"{address}steder/eksempel-det-gule-hus/")

    link = page.get_by_role("link", name="Find vej i telefonens kort")
    assert link.get_attribute("href").startswith("maps:?q=Det%20Gule%20Hus%2C%20Eksempelvej%201")


def test_what_is_chosen_stands_over_the_results_and_can_be_taken_back(tab, address):
    page = tab("320")
    page.goto(f"{address}aktiviteter/")
    drawer(page, "320")
    page.get_by_label("Hvornår?").select_option("tirsdag")
    page.get_by_label("Nær by eller postnummer").fill("0410")
    page.get_by_label("Gratis").check()
    page.locator("[data-show]").click()
    settled(page, "passer til dine valg")

    chosen = page.locator("[data-chosen-tags] button")
    assert chosen.all_inner_texts() == ["Tirsdag", "Nær 0410", "Gratis"]
    expect(page.get_by_role("button", name="Alle valg (3)")).to_be_visible()
    assert page.locator("#resultater").bounding_box()["y"] < 100
    first = page.locator("[data-results] h3").first.bounding_box()
    assert first["y"] < page.viewport_size["height"]
    page.get_by_role("button", name="Fjern valget: Nær 0410").click()
    settled(page, "passer til dine valg")
    assert chosen.all_inner_texts() == ["Tirsdag", "Gratis"]
    assert page.url.endswith("?dag=tirsdag&gratis=ja")


def test_a_place_that_nobody_knows_keeps_the_choices_open_at_the_field(tab, address):
    page = tab("320")
    page.goto(f"{address}aktiviteter/")
    drawer(page, "320")
    field = page.get_by_label("Nær by eller postnummer")
    field.fill("xyzby")
    settled(page, "uanset hvor de er")
    page.locator("[data-show]").click()

    assert field.evaluate("e => e === document.activeElement")
    expect(
        page.get_by_role("alert").filter(has_text="Vi ved ikke, hvor xyzby ligger")
    ).to_be_visible()
