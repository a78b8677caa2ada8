"""The week: every time of the next seven days, for the board in the hall, and without a script."""

from __future__ import annotations

import io
from datetime import timedelta

import pikepdf
import pytest
from bs4 import BeautifulSoup
from conftest import every_page, loaded, on_now
from playwright.sync_api import expect

from macros.pages import weeks
from macros.pages.pages import edition
from macros.pages.views.week import view
from macros.pages.weeks import DAYS, week_of


def tree(site, path: str) -> BeautifulSoup:
    return BeautifulSoup((site / path / "index.html").read_bytes(), "html5lib")


def test_it_has_every_time_of_seven_days_and_no_other(site):
    programme = on_now()
    until = programme.today + timedelta(days=DAYS)
    expected = {
        (one.start.isoformat(timespec="minutes"), entry.activity.id)
        for entry in programme.entries
        for one in entry.coming
        if programme.today <= one.day < until
    }
    shown = {
        (hour.time["datetime"], hour["data-offer"])
        for hour in tree(site, "aktiviteter/uge").select(".hours > li")
    }

    assert shown == expected and len(shown) > 20
    off = tree(site, "aktiviteter/uge").select(".hours .off")
    assert len(off) == sum(
        one.cancelled for e in programme.entries for one in e.coming if one.day < until
    )


def test_each_town_and_municipality_has_its_own(site):
    programme = on_now()
    for town, entries in programme.towns:
        shown = {
            h["data-offer"]
            for h in tree(site, f"aktiviteter/{week_of(town)}").select(".hours > li")
        }
        assert shown <= {entry.activity.id for entry in entries}
    for one, entries in programme.municipalities:
        page = tree(site, f"aktiviteter/uge/{one.id}")
        shown = {hour["data-offer"] for hour in page.select(".hours > li")}
        assert (
            shown <= {entry.activity.id for entry in entries} and page.body["data-chosen"] == one.id
        )


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("size", ["1280", "320"])
def test_thursdays_programme_in_two_actions(script, size, tab, address):
    page = tab(size, java_script_enabled=script)
    page.goto(address)

    page.get_by_role("link", name="Se ugens program").click()
    page.get_by_role("link", name="Torsdag", exact=True).click()

    page.wait_for_url("**/aktiviteter/uge/#torsdag")
    heading = page.get_by_role("heading", name="Torsdag 26. november")
    expect(heading).to_be_in_viewport()


def test_a_towns_week_is_one_sheet(tab, address):
    page = tab()
    for town, _ in on_now().towns:
        page.goto(f"{address}aktiviteter/{week_of(town)}/")
        assert len(pikepdf.open(io.BytesIO(page.pdf(format="A4"))).pages) == 1, town.title


def test_it_can_be_narrowed_and_the_choice_stands_in_the_address(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/uge/")
    hours = page.locator(".hours > li:visible")
    every = hours.count()

    page.get_by_label("Det, der er gratis").check()

    page.wait_for_url("**?gratis=ja")
    free = hours.count()
    assert 0 < free < every
    expect(page.locator(".week-choices [role=status]")).to_contain_text(f"{free} gange")
    page.reload()
    assert hours.count() == free


def test_what_goes_on_now_is_told_where_its_end_is_known(tab, address):
    day = on_now().today
    times = [
        one
        for entry in on_now().entries
        for one in entry.held
        if one.day == day and one.end and one.end > one.start
    ]
    inside = times[0].start + (times[0].end - times[0].start) / 2
    expected = sum(one.start <= inside < one.end for one in times)
    page = tab(now=inside.isoformat())

    page.goto(f"{address}aktiviteter/uge/")

    expect(page.locator(".hours").get_by_text("I gang nu")).to_have_count(expected)


def test_with_very_many_it_is_told_in_numbers(monkeypatch):
    monkeypatch.setattr(weeks, "MOST", 3)
    whole, *others = weeks.weeks(on_now())

    assert whole.told_in_numbers and whole.towns
    assert not any(one.told_in_numbers for one in others)
    held = sum(sum(counts) for _, counts in whole.towns)
    assert held > 20
    # Its links lead to the day on the town's own page.
    shown = view(edition(loaded()), next(p for p in every_page() if p.id == "uge"))
    assert shown.numbers and any(day.towns for day in shown.days)
    for day in shown.days:
        assert all(link.address.endswith(f"/#{day.id}") for link, _ in day.towns)


@pytest.mark.parametrize(
    "path",
    [
        "aktiviteter/uge/",
        "aktiviteter/",
        "",
        "foreninger/eksempel-familieforeningen-regnjakken/vis/",
    ],
)
def test_what_has_passed_is_gone_before_anything_is_seen(path, tab, address):
    """Three days after the build: nothing that a reader sees moves by itself."""
    page = tab("320", now="2026-11-27T18:00:00")
    page.add_init_script(
        """self.moved = 0;
        new PerformanceObserver((list) => {
          for (const one of list.getEntries()) moved += one.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )

    assert page.goto(f"{address}{path}").ok
    page.wait_for_timeout(500)

    assert page.evaluate("moved") < 0.01


def test_a_day_whose_hours_have_passed_says_so(tab, address):
    page = tab(now="2026-11-24T23:30:00+01:00")

    page.goto(f"{address}aktiviteter/uge/")

    today = page.locator(".week-day").first
    expect(today).to_contain_text("Der er ikke mere på listen den dag.")
    assert today.locator("li").count() == 0


@pytest.mark.parametrize(
    ("size", "media"), [("1280", "screen"), ("320", "screen"), ("1280", "print")]
)
def test_no_time_stands_on_top_of_a_title(size, media, tab, address):
    page = tab(size)
    if media == "print":
        page.set_viewport_size({"width": 690, "height": 900})  # what an A4 has room for
    page.emulate_media(media=media)
    page.goto(f"{address}aktiviteter/uge/")

    over = page.evaluate(
        """() => [...document.querySelectorAll(".hours > li")].filter((hour) => {
          const range = document.createRange();
          range.selectNodeContents(hour.querySelector("time"));
          const time = range.getBoundingClientRect();
          const title = hour.querySelector("a").getBoundingClientRect();
          return time.right > title.left && time.bottom > title.top + 1;
        }).map((hour) => hour.textContent)"""
    )

    assert over == []
