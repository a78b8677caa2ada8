"""Everyone can use the site: every template in real Chromium, by the criteria of WCAG 2.2 AA."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from test_browser import RULES, one_of_each_kind

SEARCHES = ("soeg/?q=ensomhed", "soeg/?q=xqzwvk")
# WCAG 1.4.12: what readers may set without losing anything.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""


# What a narrow window arranges otherwise.
NARROWED = ("", "aktiviteter/", "aktiviteter/foreslaa/", "soeg/", "hvad-kan-du-goere/borger/")


def faults(page, path: str) -> list:
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert result.response["passes"], path
    return [
        (path, rule["id"], [node["target"] for node in rule["nodes"]][:3])
        for rule in result.response["violations"]
    ]


def test_axe_finds_nothing_with_forced_colours(tab, address):
    page, found = tab(forced_colors="active"), []

    for path in (*one_of_each_kind(written=False), *SEARCHES):
        page.goto(address + path)
        found += faults(page, path)

    assert found == []


def test_axe_finds_nothing_without_javascript(tab, address):
    page, found = tab(), []
    # Axe is a script itself, so the browser runs scripts, and none of ours arrives.
    page.route("**/*.js*", lambda route: route.abort())

    for path in one_of_each_kind(written=False):
        page.goto(address + path)
        found += faults(page, path)

    assert found == []


@pytest.mark.parametrize("path", SEARCHES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["1280", "400%"])
def test_axe_finds_nothing_in_results(path, scheme, size, tab, address):
    page = tab(size, scheme)
    page.goto(address + path)
    page.wait_for_function("() => document.querySelector('#hits [data-count]').textContent")

    assert faults(page, path) == []


def test_axe_finds_nothing_in_the_panel_of_results(tab, address):
    page = tab()
    page.goto(address)
    page.fill("#q-top", "ensomhed")
    page.locator("#hits-top li").first.wait_for()

    assert faults(page, "#hits-top") == []


def test_nothing_is_lost_at_400_per_cent_or_with_wider_spacing(tab, address):
    page, spilt = tab("400%"), []

    for path in (*one_of_each_kind(), *SEARCHES):
        for style in ("", SPACING):
            page.goto(address + path)
            if path in SEARCHES:
                page.wait_for_function(
                    "() => document.querySelector('#hits [data-count]').textContent"
                )
            if style:
                page.add_style_tag(content=style)
            spilt += [
                (path, bool(style), what)
                for what in page.evaluate(
                    """() => [
                      ...(document.documentElement.scrollWidth > innerWidth ? ["page"] : []),
                      ...[...document.querySelectorAll("main *, header *, footer *")]
                        .filter((e) => {
                        const s = getComputedStyle(e), r = e.getBoundingClientRect();
                        return r.width > 2 && s.overflow === "hidden" && e.textContent.trim() &&
                          (e.scrollWidth > e.clientWidth + 2 ||
                           e.scrollHeight > e.clientHeight + 2);
                      }).map((e) => e.outerHTML.slice(0, 80))]"""
                )
            ]

    assert spilt == []


TARGETS = """() => [...document.querySelectorAll(
    "a[href], button, summary, input, select, textarea")]
  .filter((e) => e.checkVisibility() && !e.closest(".skip, .unseen"))
  .filter((e) => {
    const r = e.getBoundingClientRect();
    if (Math.min(r.width, r.height) >= 24) return false;
    // WCAG 2.5.8 leaves out what stands in a sentence, as long as its line is.
    const block = e.closest("p, li, dd, dt, td, figcaption, h1, h2, h3, h4, address, label");
    if (getComputedStyle(e).display === "inline" && block &&
        block.textContent.trim() !== e.textContent.trim()) return false;
    // And what has room: a circle of 24 px around its middle meets no other target.
    const x = r.x + r.width / 2, y = r.y + r.height / 2;
    return [...document.querySelectorAll("a[href], button, summary, input, select")].some((o) => {
      if (o === e || e.contains(o) || !o.checkVisibility()) return false;
      const q = o.getBoundingClientRect();
      const dx = Math.max(q.left - x, 0, x - q.right), dy = Math.max(q.top - y, 0, y - q.bottom);
      return Math.hypot(dx, dy) < 12;
    });
  }).map((e) => e.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("size", ["1280", "400%"])
def test_targets_are_large_enough_or_stand_alone(size, tab, address):
    page, small = tab(size), {}

    for path in one_of_each_kind():
        page.goto(address + path)
        if found := page.evaluate(TARGETS):
            small[path] = found[:3]

    assert small == {}


STOPS = """() => [...document.querySelectorAll(
    "a[href], button, summary, input:not([type=hidden]), select, textarea")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled).length"""
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  e.dataset.walked = Number(e.dataset.walked ?? 0) + 1;
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  // A link in two lines, or with words for screen readers alone, has several boxes.
  const free = [...e.getClientRects()].some((box) => {
    const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max(box.y + Math.min(box.height / 2, 20), 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return !top || e.contains(top) || top.contains(e) || e.labels?.[0]?.contains(top);
  });
  return { what: e.outerHTML.slice(0, 90), times: Number(e.dataset.walked),
    place: [...document.querySelectorAll("*")].indexOf(e),
    seen: s.outlineStyle !== "none" && r.bottom > 0 && r.top < innerHeight,
    free };
}"""


@pytest.mark.parametrize("size", ["1280", "320"])
def test_tab_reaches_everything_in_order_with_focus_in_sight_and_no_trap(size, tab, address):
    page = tab(size)

    for path in one_of_each_kind(written=False) if size == "1280" else NARROWED:
        page.goto(address + path)
        stops = page.evaluate(STOPS)
        places = []
        for _ in range(stops + 60):
            page.keyboard.press("Tab")
            at = page.evaluate(FOCUS)
            if places and at and at["place"] == places[-1]:
                continue  # a date has parts of its own
            if at is None or at["times"] > 1:
                break
            assert at["seen"] and at["free"], (path, at)
            places.append(at["place"])
        else:
            raise AssertionError(f"{path}: no end")
        assert places == sorted(places), path
        missed = page.evaluate(
            """() => [...document.querySelectorAll("a[href], button, summary, select, textarea, "
                + "input:not([type=hidden]):not([type=radio])")]
              .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled)
              .filter((e) => !e.dataset.walked).map((e) => e.outerHTML.slice(0, 90))"""
        )
        assert missed == [], path


def test_links_of_one_name_lead_to_one_place(tab, address):
    page, twice = tab(), {}

    for path in one_of_each_kind():
        page.goto(address + path)
        links = page.evaluate(
            """() => [...document.querySelectorAll("a[href]")].filter((e) => e.checkVisibility())
              .map((e) => [(e.getAttribute("aria-label") ?? e.innerText).trim().toLowerCase(),
                           e.href])"""
        )
        seen: dict[str, set[str]] = {}
        for name, href in links:
            seen.setdefault(name, set()).add(href)
        if several := {name: hrefs for name, hrefs in seen.items() if len(hrefs) > 1}:
            twice[path] = several

    assert twice == {}


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


def test_nothing_moves_for_those_who_want_it_still(tab, address):
    page = tab(reduced_motion="reduce")

    for path in one_of_each_kind():
        page.goto(address + path)
        moving = page.evaluate("document.getAnimations().length")
        smooth = page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
        assert (moving, smooth) == (0, "auto"), path


# --- read aloud -----------------------------------------------------------------------------------

VOICE = """
  window.said = [];
  const voices = [{ lang: "en-US", localService: true, name: "E" },
                  { lang: "da-DK", localService: true, name: "D" }];
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
  };
  const fake = {
    getVoices: () => voices, cancel() { this.now = null; },
    speak(one) { this.now = one; said.push([one.text, one.lang, one.voice?.lang]); },
    finish() { this.now?.dispatchEvent(new Event("end")); },
  };
  Object.defineProperty(window, "speechSynthesis", { value: fake });
"""


def test_a_page_is_read_aloud_sentence_by_sentence_with_pause_and_stop(tab, address):
    page = tab()
    page.add_init_script(VOICE)
    page.goto(f"{address}hvad-kan-du-goere/borger/")
    page.get_by_role("button", name="Læs op").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => said.length === 1")
    assert page.evaluate("said[0]") == ["Hvad kan du gøre?", "da-DK", "da-DK"]
    page.evaluate("speechSynthesis.finish()")
    assert page.evaluate("[...CSS.highlights.get('read')][0].toString()") == "Jeg er borger"

    page.evaluate("speechSynthesis.finish()")
    assert page.evaluate("said.at(-1)[0]").startswith("Her kan du se")
    page.get_by_role("button", name="Pause").click()
    assert page.evaluate("speechSynthesis.now") is None
    page.get_by_role("button", name="Fortsæt").click()
    assert page.evaluate("said.at(-1)[0] === said.at(-2)[0]")

    page.get_by_role("button", name="Stop").click()
    assert page.evaluate("CSS.highlights.has('read')") is False
    assert page.get_by_role("button", name="Læs op").evaluate("e => e === document.activeElement")
    assert page.get_by_text("Oplæsningen er stoppet.").is_visible()


def test_escape_stops_the_reading(tab, address):
    page = tab()
    page.add_init_script(VOICE)
    page.goto(f"{address}ideer/besoegsvenner/")
    page.get_by_role("button", name="Læs op").click()
    page.wait_for_function("() => said.length === 1")

    page.keyboard.press("Escape")

    assert page.get_by_role("button", name="Læs op").is_visible()
    assert page.evaluate("speechSynthesis.now") is None


def test_the_whole_text_is_read_once_and_no_mark_or_menu(tab, address):
    page = tab()
    page.add_init_script(VOICE)
    page.goto(f"{address}strategier/kalundborg-voksne/faellesskaber/")
    page.get_by_role("button", name="Læs op").click()
    page.wait_for_function("() => said.length === 1")
    for _ in range(400):
        page.evaluate("speechSynthesis.finish()")
        if page.get_by_text("Oplæsningen er færdig.").count():
            break
    said = [text for text, _, _ in page.evaluate("said")]

    assert "Det mindsker ensomhed." in said and said.count("Det mindsker ensomhed.") == 1
    assert not any("Strategi s." in text or "Redaktionen" in text for text in said)
    assert max(map(len, said)) <= 260


def test_without_a_voice_there_is_no_button(tab, address):
    page = tab()
    page.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis")
    page.goto(f"{address}hvad-kan-du-goere/borger/")
    page.wait_for_load_state("networkidle")

    assert page.get_by_role("button", name="Læs op").count() == 0
