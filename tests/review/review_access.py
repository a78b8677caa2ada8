"""Every page of the content in real Chromium: axe finds nothing, and nothing spills on a phone."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from looks import EVERY, LOOK


def test_axe_finds_nothing_on_any_page(tab, address, documents):
    page, axe, found = tab(), Axe(), {}

    for path in documents:
        page.goto(address + path)
        if faults := axe.run(page, options=EVERY).response["violations"]:
            found[path] = [(rule["id"], rule["nodes"][0]["target"]) for rule in faults]

    assert len(documents) > 20
    assert found == {}


def test_no_page_spills_at_320_pixels_or_asks_others_for_anything(tab, address, documents):
    page, asked, wide = tab("320", "dark"), set(), {}
    page.on("request", lambda request: asked.add(request.url))

    for path in documents:
        page.goto(address + path)
        seen = page.evaluate(LOOK)
        if seen["width"] > 0 or seen["cut"] or seen["kept"] != [0, 0, ""]:
            wide[path] = (seen["width"], seen["cut"], seen["kept"])

    assert wide == {}
    assert {url for url in asked if not url.startswith((address, "data:"))} == set()
