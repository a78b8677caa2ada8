"""One's own list: in the address alone, on one sheet, in one calendar, true a month later."""

from __future__ import annotations

import io
import re

import icalendar
import pikepdf
import pytest
import segno
from axe_playwright_python.sync_playwright import Axe
from conftest import on_now
from looks import EVERY, LOOK
from playwright.sync_api import expect

LIST = "aktiviteter/min-liste/"
SIZES = ("1280", "320")


def picked() -> list[str]:
    """Three that have times to come."""
    return [entry.activity.id for entry in on_now().entries if entry.coming][:3]


@pytest.mark.parametrize("size", SIZES)
def test_three_offers_are_on_one_sheet_in_six_actions(size, tab, address):
    page = tab(size)
    page.goto(f"{address}aktiviteter/")
    buttons = page.locator("[data-results] .pick")
    for at in range(3):
        buttons.nth(at).click()
        expect(buttons.nth(at)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".list-bar")).to_contain_text("3 på din liste")
    page.get_by_role("link", name="Se min liste").click()

    expect(page.locator("[data-told]")).to_contain_text("3 aktiviteter")
    offers = page.locator("[data-sheet] > li")
    for offer in offers.all():
        expect(offer).to_contain_text("Næste gang")
        expect(offer).to_contain_text("Hvor")
        # On a phone nobody can scan what the phone shows.
        codes = offer.get_by_role("img", name=re.compile("QR-kode")).count()
        assert codes == (size == "1280")
    # Nothing is kept but in the address.
    kept = "[localStorage.length, sessionStorage.length, document.cookie]"
    assert page.evaluate(kept) == [0, 0, ""]
    if size == "1280":
        sheet = pikepdf.open(io.BytesIO(page.pdf(format="A4")))
        assert len(sheet.pages) == 1


def test_by_keyboard_too_and_it_goes_along_to_every_page(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/")
    button = page.locator("[data-results] .pick").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".list-bar")).to_contain_text("1 på din liste")
    page.get_by_label("Gratis").first.check()
    page.wait_for_url("**gratis=ja**liste=**")
    link = page.get_by_role("banner").get_by_role("link", name="Ordliste")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ordliste/?liste=**")
    expect(page.locator(".list-bar")).to_contain_text("1 på din liste")


def test_from_the_week_a_list_the_activity_and_the_search(tab, address):
    first = picked()[0]
    for place in (f"aktiviteter/{first}/", "aktiviteter/uge/", "aktiviteter/dage/tirsdag/"):
        page = tab()
        page.goto(f"{address}{place}")
        page.locator("main .pick").first.click()
        expect(page.locator(".list-bar")).to_contain_text("1 på din liste")
    page = tab()
    page.goto(f"{address}soeg/?q=kaffe")
    page.locator("#hits .pick").first.click()
    page.wait_for_url("**q=kaffe&liste=kaffe**")


def test_an_old_list_says_what_has_changed_and_what_is_gone(tab, address):
    page = tab(now="2026-12-24T09:00:00+01:00")
    page.goto(f"{address}aktiviteter/kaffe/")
    sign = page.locator(".activity").get_attribute("data-sign")
    assert re.fullmatch("[0-9a-f]{9}", sign)
    other = ("000" if sign[:3] != "000" else "111") + sign[3:]

    page.goto(f"{address}{LIST}?liste=kaffe_{other}.findes-ikke")
    expect(page.locator("[data-sheet] > li")).to_have_count(2)
    kaffe, gone = page.locator("[data-sheet] > li").all()
    expect(kaffe).to_contain_text("Ændret: tiden er ikke som dengang")
    assert "stedet" not in kaffe.locator(".changed").inner_text()
    expect(gone).to_contain_text("Aktiviteten er ikke på siden mere.")
    assert "findes" not in gone.inner_text()  # anyone may write an address
    expect(page.locator("[data-told]")).to_contain_text("1 er ikke på siden mere.")

    page.goto(f"{address}{LIST}?liste=kaffe_{sign}")
    expect(page.locator("[data-sheet] > li")).to_contain_text("Kaffe på torvet")
    assert page.locator(".changed").count() == 0


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=alert(1)>",
        "../../om",
        "kaffe_<svg onload=alert(1)>",
        "javascript:alert(1)",
        "." * 5000,
        "%00",
        "kaffe%2F..%2F..%2Fom",
    ],
)
def test_what_is_no_list_shows_nothing(hostile, tab, address):
    page = tab()
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    page.goto(f"{address}{LIST}?liste={hostile}")

    expect(page.locator("[data-told]")).to_contain_text("Din liste er tom")
    expect(page.get_by_role("link", name="Find en aktivitet")).to_be_visible()
    expect(page.get_by_role("link", name="Find flere aktiviteter")).to_be_hidden()
    assert page.locator("[data-sheet] > li").count() == 0


def test_twenty_and_no_more(tab, address):
    page = tab()
    ids = ".".join(f"nummer-{at}" for at in range(30))
    page.goto(f"{address}{LIST}?liste={ids}")

    expect(page.locator("[data-sheet] > li")).to_have_count(20)


def test_its_calendar_holds_every_event_of_its_activities(tab, address, site):
    page, ids = tab(), picked()
    page.goto(f"{address}{LIST}?liste={'.'.join(ids)}")
    expect(page.locator("[data-sheet] > li")).to_have_count(len(ids))
    with page.expect_download() as taken:
        page.get_by_role("button", name="Hent kalenderen").click()
    text = taken.value.path().read_bytes()

    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    one = icalendar.Calendar.from_ical(text)
    expected = [
        event
        for id in ids
        for event in icalendar.Calendar.from_ical(
            (site / f"data/v1/aktiviteter/{id}.ics").read_bytes()
        ).walk("VEVENT")
    ]
    assert list(one.walk("VEVENT")) == expected
    assert [str(zone["TZID"]) for zone in one.walk("VTIMEZONE")] == ["Europe/Copenhagen"]


def test_the_next_time_can_be_taken_alone(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/kaffe/")
    shown = page.locator(".next-time time").first
    starts, ends = shown.get_attribute("datetime"), shown.get_attribute("data-ends")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Næste gang til kalenderen").click()

    (event,) = icalendar.Calendar.from_ical(taken.value.path().read_bytes()).walk("VEVENT")
    assert "RRULE" not in event and "EXDATE" not in event
    assert event["DTSTART"].dt.isoformat(timespec="minutes") == starts
    assert event["DTEND"].dt.isoformat(timespec="minutes") == ends
    assert event["SUMMARY"] == "Kaffe på torvet"
    assert not event["UID"].startswith("kaffe-")  # beside the series, not in its place


@pytest.mark.parametrize("length", [17, 106, 154, 321, 858])
def test_its_codes_are_those_of_the_standard(length, tab, address):
    """As segno makes them, at the lengths that fill a version, where nothing is left to choice."""
    page = tab()
    page.goto(f"{address}{LIST}")
    script = page.evaluate("new URL(document.body.dataset.picks, location.href).href")
    text = "x" * length
    made = segno.make(text, error="l", mode="byte", micro=False, boost_error=False)

    rows = page.evaluate(
        """async ([script, text, mask]) => {
            const { modules } = await import(script.replace("list.js", "qr.js"));
            return modules(text, mask);
        }""",
        [script, text, made.mask],
    )

    assert rows == [list(map(int, row)) for row in made.matrix]


def test_without_a_script_it_says_so_and_shows_no_buttons(tab, address):
    page = tab(java_script_enabled=False)
    page.goto(f"{address}{LIST}?liste=kaffe")

    expect(page.get_by_text("kræver JavaScript")).to_be_visible()
    assert not page.get_by_role("button", name="Print listen").is_visible()


@pytest.mark.parametrize(("size", "scheme"), [("1280", "light"), ("320", "dark")])
def test_a_full_list_spills_nothing_and_axe_finds_nothing(size, scheme, tab, address):
    page = tab(size, scheme)
    page.goto(f"{address}{LIST}?liste={'.'.join([*picked(), 'findes-ikke'])}")
    expect(page.locator("[data-sheet] > li")).to_have_count(4)

    looked = page.evaluate(LOOK)
    found = Axe().run(page, options=EVERY).response["violations"]

    assert (looked["width"], looked["small"], looked["cut"]) == (0, [], [])
    assert [one["id"] for one in found] == []


@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_an_activity_becomes_a_poster_of_one_page(paper, tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/kaffe/")
    page.get_by_role("link", name="Lav et opslag til at hænge op").click()
    page.get_by_text("Opslaget er klar.").wait_for()

    raw = page.pdf(format=paper)
    assert len(re.findall(rb"/Type\s*/Page\b", raw)) == 1
    page.emulate_media(media="print")
    sheet = page.locator(".sheet")
    for told in ("Kaffe på torvet", "Du kan drikke kaffe med naboerne.", "Torvet 1", "00 00 00 09"):
        assert told in sheet.inner_text()
    assert sheet.locator("svg.qr, .qr").is_visible()
    assert not page.get_by_role("heading", name="Min liste").is_visible()
