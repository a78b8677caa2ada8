"""Every kind of page in real Chromium, walked once for each size and colour scheme.

A walk gathers what it sees of each page; the tests read it, each by one criterion of WCAG 2.2 AA
or of the site's own promises.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import every_page, one_of_each_kind, sweep
from looks import EVERY, LOOK, SEEN

# Name of a walk -> its window, what is set in the browser, what axe judges.
WALKS = {
    "1280 light": ("1280", {"color_scheme": "light"}, EVERY),
    "1280 dark": ("1280", {"color_scheme": "dark"}, SEEN),
    "forced colours": ("1280", {"color_scheme": "light", "forced_colors": "active"}, SEEN),
    "320 dark": ("320", {"color_scheme": "dark"}, EVERY),
    "320 light": ("320", {"color_scheme": "light"}, None),  # its colours are those of the first
}
QUICK = ("1280 light", "320 light")


def walks(*names: str) -> list:
    """As parameters of a test; those that are not quick belong to the long tests."""
    return [name if name in QUICK else sweep(name) for name in names]


# WCAG 1.4.12: what readers may set without losing anything.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important; } p { margin-bottom: 2em !important; }"""


@pytest.fixture(scope="module")
def walked(opened, address):
    """A function: name of a walk -> what was seen on it, by the page's path."""
    done: dict[str, dict[str, dict]] = {}

    def walk(name: str) -> dict[str, dict]:
        if name not in done:
            size, media, rules = WALKS[name]
            page, axe, asked = opened(size), Axe(), set()
            page.on("request", lambda request: asked.add(request.url))
            page.emulate_media(**media)
            done[name] = {}
            for path in one_of_each_kind():
                asked.clear()
                page.goto(address + path)
                seen = page.evaluate(LOOK)
                seen["asked"] = sorted(asked)
                if rules:
                    judged = axe.run(page, options=rules).response
                    seen["judged"] = len(judged["passes"]) + len(judged["inapplicable"])
                    seen["faults"] = [
                        (rule["id"], [node["target"] for node in rule["nodes"]][:3])
                        for rule in judged["violations"]
                    ]
                done[name][path] = seen
            page.context.close()
        return done[name]

    return walk


def found(seen: dict[str, dict], what: str, none: object = ()) -> dict[str, object]:
    """The pages on which something was seen, and what."""
    assert len(seen) > 30
    return {path: page[what] for path, page in seen.items() if page[what] != none and page[what]}


@pytest.mark.parametrize("walk", walks(*(name for name, how in WALKS.items() if how[2])))
def test_axe_finds_nothing(walk, walked):
    seen = walked(walk)

    assert all(page["judged"] for page in seen.values())
    assert found(seen, "faults") == {}


@pytest.mark.parametrize("walk", walks(*WALKS))
def test_nothing_is_wider_than_its_window_or_cut_off(walk, walked):
    seen = walked(walk)

    assert {path: page["width"] for path, page in seen.items() if page["width"] > 0} == {}
    assert found(seen, "cut") == {}


@pytest.mark.parametrize("walk", walks("1280 light", "320 light"))
def test_targets_are_large_enough_or_stand_alone(walk, walked):
    assert found(walked(walk), "small") == {}


@pytest.mark.sweep
def test_no_source_stands_behind_the_box_beside_it(tab, address):
    page, sources = tab(), 0
    for path in [one.address for one in every_page() if one.kind == "activity"]:
        page.goto(address + path)
        marks, behind = page.evaluate(
            """() => {
              const box = document.querySelector(".activity > .next");
              const left = box ? box.getBoundingClientRect().left : Infinity;
              const marks = [...document.querySelectorAll(".activity > :not(.next) .cite")];
              return [marks.length, marks.filter((one) =>
                one.getBoundingClientRect().right > left).length];
            }"""
        )
        sources += marks
        assert behind == 0, path
    assert sources


def test_links_of_one_name_lead_to_one_place(walked):
    assert found(walked("1280 light"), "twice") == {}


def test_nothing_is_stored_and_no_request_leaves_the_site(walked, address):
    for seen in (walked("1280 light"), walked("320 light")):
        for path, page in seen.items():
            assert page["kept"] == [0, 0, ""], path
            assert page["asked"], path
            assert not [url for url in page["asked"] if not url.startswith((address, "data:"))]


def test_nothing_moves_by_itself_for_anyone(walked):
    for path, page in walked("1280 light").items():
        assert (page["moving"], page["smooth"]) == (0, "auto"), path


@pytest.mark.sweep
def test_nothing_is_lost_at_400_per_cent_or_with_wider_spacing(tab, address):
    page, spilt = tab("400%", bypass_csp=True), {}

    for path in one_of_each_kind():
        page.goto(address + path)
        for style in ("", SPACING):
            if style:
                page.add_style_tag(content=style)
            seen = page.evaluate(LOOK)
            if seen["width"] > 0 or seen["cut"] or (not style and seen["small"]):
                spilt[path, bool(style)] = (seen["width"], seen["cut"], seen["small"])

    assert spilt == {}


@pytest.mark.sweep
def test_axe_finds_nothing_where_our_scripts_do_not_arrive(tab, address):
    page, axe, seen = tab(), Axe(), {}
    # Axe is a script itself, so the browser runs scripts, and none of ours arrives.
    page.route("**/*.js*", lambda route: route.abort())
    scripted = [one.address for one in every_page() if one.address in SCRIPTED]

    for path in scripted:
        page.goto(address + path)
        if faults := axe.run(page, options=EVERY).response["violations"]:
            seen[path] = [rule["id"] for rule in faults]

    assert len(scripted) == len(SCRIPTED)
    assert seen == {}


# Where a script changes what stands on the page.
SCRIPTED = {
    "",
    "soeg/",
    "aktiviteter/",
    "aktiviteter/foreslaa/",
    "aktiviteter/sig-til/",
    "aktiviteter/kaffe/",
    "om/tilgaengelighed/",
    "strategier/lillevig-nabohjaelp/",
}


# --- by keyboard ----------------------------------------------------------------------------------

STOPS = """() => {
  [...document.querySelectorAll("*")].forEach((e, at) => { e.placeInPage = at; });
  return [...document.querySelectorAll(
      "a[href], button, summary, input:not([type=hidden]), select, textarea")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled).length;
}"""
FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  e.walked = (e.walked ?? 0) + 1;
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  // A link in two lines, or with words for screen readers alone, has several boxes.
  const free = [...e.getClientRects()].some((box) => {
    const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max(box.y + Math.min(box.height / 2, 20), 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    return !top || e.contains(top) || top.contains(e) || e.labels?.[0]?.contains(top);
  });
  return { what: e.outerHTML.slice(0, 90), times: e.walked, place: e.placeInPage,
    seen: s.outlineStyle !== "none" && r.bottom > 0 && r.top < innerHeight, free };
}"""
MISSED = """() => [...document.querySelectorAll("a[href], button, summary, select, textarea, "
    + "input:not([type=hidden]):not([type=radio])")]
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled && !e.walked)
  .map((e) => e.outerHTML.slice(0, 90))"""
# What a narrow window arranges otherwise.
NARROWED = ("", "aktiviteter/", "aktiviteter/foreslaa/", "soeg/", "hvad-kan-du-goere/beboer/")


@pytest.mark.parametrize("size", [sweep("1280"), "320"])
def test_tab_reaches_everything_in_order_with_focus_in_sight_and_no_trap(size, tab, address):
    page = tab(size)

    for path in one_of_each_kind(written=False) if size == "1280" else NARROWED:
        page.goto(address + path)
        if page.locator("body[data-chosen]").count():  # a script puts one more in its place
            page.get_by_role("button", name="Husk mit valg").wait_for()
        places = []
        for _ in range(page.evaluate(STOPS) + 60):
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
        assert places and places == sorted(places), path
        assert page.evaluate(MISSED) == [], path
