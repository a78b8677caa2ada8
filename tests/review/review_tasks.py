"""The users' tasks around activities, on the real content, in as few actions as they may take."""

from __future__ import annotations

import io

import icalendar
import pikepdf
import pytest
from playwright.sync_api import expect

SIZES = ("1280", "320")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("script", [True, False])
def test_a_citizen_in_a_town_to_something_free_this_week_and_into_the_calendar(
    size, script, facts, tab, address
):
    """Five actions at most; what happens the first time stands on the way."""
    page = tab(size, java_script_enabled=script)
    page.goto(address)

    page.get_by_role("link", name="Se ugens program").click()
    page.get_by_role("link", name=facts["town"]).click()
    free = page.locator(".hours > li", has_text="Gratis").first
    free.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Første gang")).to_be_attached()
    expect(page.locator(".next")).to_contain_text(facts["town"])
    with page.expect_download() as taken:
        if script:
            page.get_by_role("button", name="Næste gang til kalenderen").click()
        else:
            page.get_by_role("link", name="Alle tider til kalenderen").click()

    calendar = icalendar.Calendar.from_ical(taken.value.path().read_bytes())
    events = calendar.walk("VEVENT")
    assert (len(events) == 1 and "RRULE" not in events[0]) if script else events


@pytest.mark.parametrize("size", SIZES)
def test_an_employee_hands_over_three_offers_on_one_sheet(size, tab, address):
    """Six actions: the finder, three ticks, the list, the print."""
    page = tab(size)
    page.goto(f"{address}hvad-kan-du-goere/medarbejder/")
    page.get_by_role("main").get_by_role("link", name="Find en aktivitet").first.click()
    for at in range(3):
        page.locator("[data-results] .pick").nth(at).click()
    page.get_by_role("link", name="Se min liste").click()
    expect(page.locator("[data-sheet] > li")).to_have_count(3)
    expect(page.get_by_role("button", name="Print listen")).to_be_visible()

    assert len(pikepdf.open(io.BytesIO(page.pdf(format="A4"))).pages) == 1


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("script", [True, False])
def test_thursdays_programme_in_two(size, script, tab, address):
    page = tab(size, java_script_enabled=script)
    page.goto(address)

    page.get_by_role("link", name="Se ugens program").click()
    page.get_by_role("link", name="Torsdag", exact=True).click()

    page.wait_for_url("**/uge/#torsdag")
    expect(page.locator("#torsdag")).to_be_in_viewport()


def test_each_towns_week_is_one_sheet(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/uge/")
    towns = page.locator("section", has=page.locator("#byer")).get_by_role("link")
    addresses = [town.get_attribute("href") for town in towns.all()]
    assert len(addresses) > 4
    for town in addresses:
        page.goto(f"{address}aktiviteter/uge/{town}")
        assert len(pikepdf.open(io.BytesIO(page.pdf(format="A4"))).pages) == 1, town
