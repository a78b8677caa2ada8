"""When activities are: every rule, against an independent reader of our own calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from schedules import DAYS, schedules

from macros.data.activity import Activity, Holidays, Organisation, Schedule
from macros.data.site import Site
from macros.output.calendars import END, Calendars
from macros.when.programme import Programme
from macros.when.recurrence import (
    DANISH_TIME,
    at,
    occurrence,
    occurrences,
    public_holidays,
    rule_days,
)

PLAN = Holidays.model_validate(
    {
        "id": "ferier",
        "title": "Ferier",
        "spans": [
            {"title": "vinterferie", "first": f"{year}-02-10", "last": f"{year}-02-18"}
            for year in range(2023, 2031)
        ]
        + [{"title": "juleferie", "first": "2026-12-20", "last": "2027-01-03"}],
    }
)
ORGANISER = Organisation(id="o", title="O", kind="forening", about="Os.")


def activity(*when: Schedule, **more) -> Activity:
    checked = {"date": "2023-01-01", "by": "O"}
    return Activity(id="a", title="A", what="A", organiser="o", when=when, checked=checked, **more)


def told(one: Activity, since: date, until: date) -> list[tuple[datetime, datetime | None, bool]]:
    """What the pages show."""
    found = occurrences(one, {PLAN.id: PLAN}, since, until)
    return [(o.start, o.end, o.cancelled) for o in found]


def read_back(one: Activity, since: date, until: date) -> list[tuple]:
    """What another program makes of the calendar we offer."""
    site = Site({("activity", "a"): one, ("organisation", "o"): ORGANISER,
                 ("holidays", "ferier"): PLAN}, {})  # fmt: skip
    calendars = Calendars(Programme(site, date(2026, 11, 24)), "Siden", "")
    entry = calendars.programme.entry(one)
    text = calendars.head("A") + b"".join(e.to_ical() for e in calendars.events(entry)) + END
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(
        since, until + timedelta(days=1)
    )
    return sorted(
        (
            event["DTSTART"].dt.astimezone(DANISH_TIME),
            event["DTEND"].dt.astimezone(DANISH_TIME) if "DTEND" in event else None,
            event["SUMMARY"].startswith("Aflyst: "),
        )
        for event in found
        if event["DTSTART"].dt.astimezone(DANISH_TIME).date() >= since
    )


def key(found: list[tuple]) -> list[tuple]:
    """As instants: two Danish times of one zone compare by what the clock shows."""
    return sorted(
        (start.astimezone(UTC), (end or start).astimezone(UTC), off) for start, end, off in found
    )


def weekly(*days: str, **more) -> Schedule:
    return Schedule(repeats="hver uge", weekdays=days, **{"start": "10", **more})


@settings(
    max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(when=schedules(pauses="ferier"), since=DAYS, length=st.integers(0, 200))
@example(weekly("søndag", start="2.30", first="2026-03-01"), date(2026, 3, 20), 20)
@example(weekly("søndag", start="2.30", first="2026-10-01"), date(2026, 10, 20), 20)
@example(weekly("lørdag", start="1.00", end="4.00", first="2026-10-03"), date(2026, 10, 20), 20)
@example(weekly("torsdag", start="10", first="2024-02-01"), date(2024, 2, 25), 10)
@example(
    weekly("torsdag", "mandag", first="2026-03-02", not_on_public_holidays="ja"),
    date(2026, 3, 30),
    30,
)
def test_every_calendar_gives_the_same_times_as_the_page(when, since, length):
    until = since + timedelta(days=length)
    one = activity(when, expires=date(2028, 2, 29) if length % 2 else None)

    assert key(read_back(one, since, until)) == key(told(one, since, until))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    when=schedules(pauses="ferier"), since=DAYS, first=st.integers(0, 90), second=st.integers(0, 90)
)
def test_a_span_is_the_sum_of_its_parts(when, since, first, second):
    one, middle = activity(when), since + timedelta(days=first)
    end = middle + timedelta(days=second)

    parts = told(one, since, middle) + told(one, middle + timedelta(days=1), end)

    assert parts == told(one, since, end)


@pytest.mark.parametrize(
    ("day", "offset"),
    [("2026-03-28", 1), ("2026-03-29", 2), ("2026-10-24", 2), ("2026-10-25", 1)],
)
def test_ten_oclock_is_ten_oclock_on_both_sides_of_the_change_of_clocks(day, offset):
    found = at(date.fromisoformat(day), time(10))

    assert (found.hour, found.utcoffset()) == (10, timedelta(hours=offset))


def test_an_hour_that_the_clocks_skip_comes_an_hour_later():
    assert at(date(2026, 3, 29), time(2, 30)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("02.30", "03.30", ("03:30", "04:30")),
        ("02.15", "03.00", ("03:15", "04:00")),
        ("01.30", "03.30", ("01:30", "03:30")),
        ("03.00", "04.00", ("03:00", "04:00")),
    ],
)
def test_what_starts_in_the_hour_that_the_clocks_skip_lasts_as_long_as_ever(start, end, shown):
    day = date(2027, 3, 28)

    found = occurrence(weekly("søndag", start=start, end=end), day)

    assert (f"{found.start:%H:%M}", f"{found.end:%H:%M}") == shown
    one = activity(weekly("søndag", start=start, end=end))
    # Of the end, readers of calendars make what they will.
    assert [begins for begins, _, _ in key(read_back(one, day, day))] == [
        found.start.astimezone(UTC)
    ]


def test_every_other_week_is_counted_from_the_first_time():
    when = weekly("tirsdag", "torsdag", every=2, first="2026-09-03")

    found = list(rule_days(when, date(2026, 9, 1), date(2026, 10, 2)))

    assert found == [date(2026, 9, d) for d in (3, 15, 17, 29)] + [date(2026, 10, 1)]


def test_the_last_friday_falls_on_the_leap_day():
    when = Schedule(repeats="hver måned", which="sidste", weekdays=["torsdag"], start="19")

    assert list(rule_days(when, date(2024, 2, 1), date(2024, 2, 29))) == [date(2024, 2, 29)]


def test_public_holidays_are_the_danish_ones():
    assert date(2026, 4, 2) in public_holidays(2026)  # skærtorsdag
    assert date(2026, 12, 26) in public_holidays(2026)
    assert date(2026, 5, 1) not in public_holidays(2026)  # store bededag was the last in 2023
    assert date(2023, 5, 5) in public_holidays(2023)


def test_what_is_called_off_is_told_and_what_is_left_out_is_not():
    when = weekly("tirsdag", cancelled=["2026-12-01"], not_on=["2026-12-08"])

    found = told(activity(when), date(2026, 11, 24), date(2026, 12, 15))

    assert [(start.day, off) for start, _, off in found] == [(24, False), (1, True), (15, False)]


def test_nothing_comes_after_an_activity_has_expired():
    found = told(
        activity(weekly("tirsdag"), expires="2026-12-05"), date(2026, 11, 24), date(2027, 1, 1)
    )

    assert [start.day for start, _, _ in found] == [24, 1]
