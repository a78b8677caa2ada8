"""The calendars as files: RFC 5545, for everything one may want to subscribe to."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

import icalendar
import pytest
import recurring_ical_events
from bs4 import BeautifulSoup
from conftest import loaded, on_now

from macros.output.calendars import Calendars
from macros.pages.addresses import EVERYTHING, calendar
from macros.pages.views.finder import chosen
from macros.reading.load import load
from macros.when.entry import today
from macros.when.programme import Programme
from macros.when.recurrence import DANISH_TIME


@pytest.fixture
def project(built):
    return built


@pytest.fixture(scope="module")
def files(site) -> dict[str, bytes]:
    found = {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted((site / "data/v1").rglob("*.ics"))
    }
    assert len(found) > 40
    return found


def test_there_is_one_for_everything_and_for_each_activity_body_place_and_area(files):
    programme = on_now()
    expected = {EVERYTHING}
    expected |= {calendar("activity", a.id) for a in programme.site.activities if a.when}
    expected |= {calendar("organisation", e.organiser.id) for e in programme.entries}
    expected |= {calendar("place", place.id) for place in programme.site.places}
    expected |= {calendar("area", area.id) for area, _ in programme.areas}
    expected |= {calendar("town", town.id) for town, _ in programme.towns}
    expected |= {calendar("municipality", one.id) for one, _ in programme.municipalities}
    expected |= {calendar(kind, id) for kind, id, _, _ in chosen(programme)}
    assert calendar("flag", "gratis") in expected and calendar("group", "unge") in expected

    assert set(files) == expected


def test_each_is_well_formed(files):
    for name, raw in files.items():
        assert raw.endswith(b"END:VCALENDAR\r\n") and b"\n" not in raw.replace(b"\r\n", b""), name
        assert all(len(line) <= 75 for line in raw.split(b"\r\n")), name
        calendar = icalendar.Calendar.from_ical(raw.decode())
        assert calendar["VERSION"] == "2.0" and calendar["PRODID"] and calendar["X-WR-CALNAME"]
        zones = [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")]
        assert zones == ["Europe/Copenhagen"], name
        uids = [
            (event["UID"], event.get("RECURRENCE-ID") and event["RECURRENCE-ID"].dt)
            for event in calendar.walk("VEVENT")
        ]
        assert len(set(uids)) == len(uids), name
        for event in calendar.walk("VEVENT"):
            assert not event.errors, (name, event.errors)
            assert event["DTSTART"].params["TZID"] == "Europe/Copenhagen"


def test_the_pages_times_are_those_of_the_calendar(site, files):
    compared = 0
    for activity in (entry.activity for entry in on_now().entries):
        if not activity.when:
            continue
        id = activity.id
        page = BeautifulSoup((site / f"aktiviteter/{id}/index.html").read_bytes(), "html5lib")
        shown = {
            datetime.fromisoformat(tag["datetime"]).astimezone(UTC): bool(
                tag.find_parent("li") and tag.find_parent("li").find(class_="off")
            )
            for tag in page.select("ul.times time, .next-time time")
        }
        one = icalendar.Calendar.from_ical(files[calendar("activity", id)].decode())
        day = max(shown).astimezone(DANISH_TIME).date()
        found = recurring_ical_events.of(one).between(today(), day.replace(year=day.year + 1))
        offered = {
            e["DTSTART"].dt.astimezone(UTC): e["SUMMARY"].startswith("Aflyst: ") for e in found
        }
        assert {e["STATUS"] for e in found} <= {"CONFIRMED"}  # Google's hides what is CANCELLED

        assert shown.items() <= offered.items(), id
        compared += len(shown)

    assert compared > 100


def test_an_event_keeps_its_name_between_builds_and_says_when_it_was_checked():
    site = loaded()

    def events(day: date) -> list[icalendar.Event]:
        made = Calendars(Programme(site, day), "Lillevig", "https://lillevig.example/")
        return list(made.events(made.programme.entry(site.things["activity", "kaffe"])))

    now, later = events(date(2026, 11, 24)), events(date(2026, 12, 20))

    assert [str(event["UID"]) for event in now] == ["kaffe-1@lillevig"] * 2
    assert [str(event["UID"]) for event in later] == [str(event["UID"]) for event in now]
    assert {event["DTSTAMP"].dt for event in now + later} == {datetime(2026, 11, 1, tzinfo=UTC)}
    assert now[0]["URL"] == "https://lillevig.example/aktiviteter/kaffe/"
    assert now[0]["LOCATION"] == "Den grønne bænk, Det store torv, Torvet 1, 9999 Lillevig"
    assert now[1]["SUMMARY"] == "Aflyst: Kaffe på torvet"
    assert (now[1]["STATUS"], now[1]["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")
    assert now[1]["DESCRIPTION"].startswith("Aflyst.")


def test_a_program_that_has_an_event_is_told_that_a_newer_one_came():
    site = loaded()
    activity = site.things["activity", "kaffe"]
    (when,) = activity.when
    assert when.cancelled

    def sequence(**changed) -> int:
        other = activity.model_copy(update=changed)
        made = Calendars(Programme(site, date(2026, 11, 24)), "Lillevig", "")
        entry = replace(made.programme.entry(activity), activity=other)
        return next(made.events(entry))["SEQUENCE"]

    later = activity.checked.model_copy(update={"date": date(2026, 11, 20)})
    off = when.model_copy(update={"cancelled": (*when.cancelled, date(2026, 12, 8))})
    tidied = when.model_copy(update={"cancelled": ()})
    assert sequence(when=(off,)) > sequence() > 0
    assert sequence(checked=later) > sequence()
    assert sequence(checked=later, when=(tidied,)) > sequence()


def test_an_example_says_so_in_the_calendar(files):
    examples = {one.id for one in loaded().activities if one.example}
    everything = icalendar.Calendar.from_ical(files[EVERYTHING].decode())
    told = set()

    for event in everything.walk("VEVENT"):
        id = re.match(r"(.+?)(?:-\d+)+@", event["UID"])[1]
        made_up = id in examples
        assert event["SUMMARY"].removeprefix("Aflyst: ").startswith("Eksempel: ") == made_up, id
        assert (
            event["DESCRIPTION"]
            .removeprefix("Aflyst.\n")
            .startswith("Eksempel. Aktiviteten findes ikke.")
            == made_up
        ), id
        told.add(id)

    assert told & examples and told - examples == {"kaffe"}


def test_what_is_not_listed_any_more_has_an_empty_calendar(files):
    for id in ("eksempel-faelles-have", "eksempel-naar-bogstaver-driller"):
        assert b"BEGIN:VEVENT" not in files[calendar("activity", id)], id

    assert b"BEGIN:VEVENT" in files[calendar("activity", "eksempel-skak")]


def test_a_known_address_makes_calendars_that_one_can_subscribe_to(project, monkeypatch):
    from macros.adapter.build import build

    monkeypatch.setenv("SITE_URL", "https://lillevig.example/plan/")
    build(project, project / "site")

    page = (project / "site/aktiviteter/kaffe/index.html").read_text(encoding="utf-8")
    assert 'href="webcal://lillevig.example/plan/data/v1/aktiviteter/kaffe.ics"' in page
    links = re.findall(r'href="(?:\.\./)*(data/v1/[^"]+\.ics)"', page)
    assert links and all((project / "site" / link).is_file() for link in links)


def test_who_subscribed_at_an_address_that_moved_gets_the_new_calendar(project):
    (project / "data/redirects.yml").write_text(
        "moved:\n"
        "  - {old: aktiviteter/gammel-kaffe/, new: aktiviteter/kaffe/}\n"
        "  - {old: aktiviteter/slut/, new: aktiviteter/}\n"
        "  - {old: emner/slut/, new: emner/}\n",
        encoding="utf-8",
    )
    programme = Programme(load(project), today())
    texts = Calendars(programme, "Lillevig", "")
    every = [programme.entry(activity) for activity in programme.site.activities]
    events = {entry.activity.id: texts.events_text(entry) for entry in every}

    found = {path: make for path, _, make in texts.files(events)}

    old, new, gone = (found[calendar("activity", id)]() for id in ("gammel-kaffe", "kaffe", "slut"))
    assert old == new and b"BEGIN:VEVENT" in new
    assert b"BEGIN:VEVENT" not in gone and b"Findes ikke mere" in gone
    assert not [path for path in found if "emner" in path]
