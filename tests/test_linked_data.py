"""What machines are told of an activity is what readers are told."""

from __future__ import annotations

import json
from datetime import date

from bs4 import BeautifulSoup
from conftest import loaded

from macros.output import linked_data
from macros.reading.load import load
from macros.when.programme import Programme

DAY = date(2026, 11, 24)


def node(site=None, id: str = "kaffe", day: date = DAY):
    site = site or loaded()
    one = site.things["activity", id]
    return linked_data.activity(Programme(site, day), one, "https://lillevig.example/")


def test_an_event_has_its_next_time_its_rule_and_every_exception():
    event = node()

    assert (event["@type"], event["name"]) == ("EventSeries", "Kaffe på torvet")
    assert "startDate" not in event and "endDate" not in event  # they are its events'
    first, _, off, *_ = event["subEvent"]
    assert first["startDate"] == "2026-11-24T10:00:00+01:00"
    assert first["location"] == event["location"]
    assert off["eventStatus"] == "https://schema.org/EventCancelled"
    assert event["location"]["address"]["postalCode"] == "9999"
    assert event["organizer"]["name"] == "Naboenheden"
    rule = event["eventSchedule"][0]
    assert (rule["repeatFrequency"], rule["byDay"]) == ("P1W", ["TU"])
    assert (rule["startTime"], rule["endTime"]) == ("10:00:00", "11:30:00")
    # called off, left out, in the holidays
    assert rule["exceptDate"][:4] == ["2026-12-08", "2026-12-15", "2026-12-22", "2026-12-29"]
    assert rule["exceptDate"][4:] == [
        "2027-06-29",
        *(f"2027-07-{d:02}" for d in (6, 13, 20, 27)),
        "2027-08-03",
    ]


def test_a_monthly_rule_names_its_week_and_an_example_says_so():
    event = node(id="dans-i-regnen")

    assert event["name"] == "Eksempel: Dans i regnen"
    rule = event["eventSchedule"][0]
    assert (rule["repeatFrequency"], rule["byDay"]) == ("P1M", ["-1FR", "-1SA"])


def test_what_is_gone_is_no_event_and_an_end_is_told(project):
    assert node(day=date(2028, 1, 1)) is None

    file = project / "data/activities/kaffe.yml"
    file.write_text(file.read_text(encoding="utf-8") + "expires: 2027-02-01\n", encoding="utf-8")
    assert node(load(project))["eventSchedule"][0]["endDate"] == "2027-02-01"


def test_single_dates_are_told_one_by_one(project):
    file = project / "data/activities/kaffe.yml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("  - repeats"), text.index("groups:")
    dates = "  - repeats: enkelte dage\n    dates: [2026-12-01, 2026-12-09]\n    start: 10.00\n"
    file.write_text(text[:start] + dates + text[end:], encoding="utf-8")

    rules = node(load(project))["eventSchedule"]

    assert [rule["startDate"] for rule in rules] == ["2026-12-01", "2026-12-09"]

    file.write_text(file.read_text(encoding="utf-8").replace(", 2026-12-09]", "]"), "utf-8")
    event = node(load(project))
    assert (event["@type"], event["startDate"]) == ("Event", "2026-12-01T10:00:00+01:00")
    assert "eventSchedule" not in event


def test_a_page_carries_it_where_no_text_can_break_out(site):
    page = BeautifulSoup((site / "aktiviteter/kaffe/index.html").read_bytes(), "html5lib")

    found = json.loads(page.find("script", type="application/ld+json").string)

    assert [one["@type"] for one in found["@graph"]] == ["EventSeries", "BreadcrumbList"]
    steps = found["@graph"][1]["itemListElement"]
    assert [step["name"] for step in steps][-1] == "Kaffe på torvet"


def test_a_script_in_a_title_stays_text():
    site = loaded()
    one = site.things["activity", "kaffe"].model_copy(update={"title": '</script><b>&"<!--'})
    things = {**site.things, ("activity", "kaffe"): one}
    programme = Programme(type(site)(things, site.documents), DAY)
    from macros.pages.pages import pages

    page = pages(programme.site).by_key["activity", "kaffe"]
    html = str(linked_data.script(programme, page, [], ""))

    assert html.count("</script>") == 1 and "<!--" not in html and "<b>" not in html
