"""Activities -> iCalendar files (RFC 5545) that any calendar can subscribe to.

Each activity's events are written once, as text, and put into every calendar they belong to:
its own, its organiser's, its place's and town's, those of what one can choose by, and the one with
everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from icalendar import Calendar, Event, vRecur
from icalendar.parser import Contentline, Parameters
from icalendar.prop import vInt, vUnknown

from macros.data.activity import DAY_CODES, PLACES_IN_MONTH, WEEKDAYS, Holidays, Schedule
from macros.data.settings import Move
from macros.language.text import slug
from macros.pages.addresses import (
    ACTIVITIES,
    EVERYTHING,
    ORGANISATIONS,
    PLACES,
    STRATEGIES,
    calendar,
)
from macros.pages.views.finder import chosen
from macros.when import wording
from macros.when.entry import Entry
from macros.when.programme import Programme
from macros.when.recurrence import DANISH_TIME, at, days, exceptions, occurrence, rule_days
from macros.work import digest

_FIRST = date(2000, 1, 1)  # that anything can be vouched for
_BYDAY = dict(zip(WEEKDAYS, DAY_CODES, strict=True))
# Danish time since 1996, as directive 2000/84/EC has it; good for every date we can name.
VTIMEZONE = b"""BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace(b"\n", b"\r\n")

_PAGES = {
    "activity": ACTIVITIES,
    "organisation": ORGANISATIONS,
    "place": PLACES,
    "area": STRATEGIES,
}
NO_MORE = "Findes ikke mere"
OFF = "Aflyst: "
_NAME = "Navn"  # in whose place each calendar's own comes
END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True)
class Calendars:
    """The calendars of a programme. name: the site's. site_url: where it stands, or «»."""

    programme: Programme
    name: str
    site_url: str

    def files(self, events: Mapping[str, bytes]) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
        """Every calendar there is: its path, what tells its content from any other, and how to make
        it. events: each listed activity's, by id."""
        site, programme = self.programme.site, self.programme

        def file(path: str, name: str, entries: Sequence[Entry]) -> Iterator[Any]:
            told = "".join([self.name, self.site_url, name, *(entry.digest for entry in entries)])
            yield (
                path,
                f"calendar-{digest.of_bytes(told.encode())}",
                lambda: self.text(name, (events[entry.activity.id] for entry in entries)),
            )

        yield from file(EVERYTHING, self.name, programme.entries)
        every = list(self._of_things())
        there = {calendar(kind, id): (name, entries) for kind, id, name, entries in every}
        for path, (name, entries) in there.items():
            yield from file(path, name, entries)
        for old, new in moved(site.moved):
            if old not in there:  # who subscribed to it gets the new one, or one without events
                yield from file(old, *there.get(new, (NO_MORE, ())))

    def _of_things(self) -> Iterator[tuple[str, str, str, Sequence[Entry]]]:
        """Kind, id, title and entries of everything that has a calendar of its own."""
        site, programme = self.programme.site, self.programme
        for activity in site.activities:
            if activity.when:
                entry = programme.entry(activity)
                own = [] if entry.gone else [entry]
                yield "activity", activity.id, wording.titled(activity), own
        for organisation in site.organisations:
            if entries := programme.of("organisation", organisation.id):
                yield "organisation", organisation.id, organisation.title, entries
        for place in site.places:
            yield "place", place.id, place.title, programme.of("place", place.id)
        for area, entries in programme.areas:
            yield "area", area.id, area.title, entries
        for town, entries in programme.towns:
            yield "town", town.id, f"Aktiviteter i {town.label}", entries
        for municipality, entries in programme.municipalities:
            yield "municipality", municipality.id, f"Aktiviteter i {municipality.title}", entries
        for kind, id, name, entries in chosen(programme):
            yield kind, id, name, entries

    def text(self, name: str, events: Iterable[bytes]) -> bytes:
        """A calendar of that name with those events."""
        return b"".join((self.head(name), *events, END))

    def head(self, name: str) -> bytes:
        """What stands before a calendar's events: the same for all but for the name."""
        before, after = self._head
        return (
            before
            + Contentline.from_parts("X-WR-CALNAME", Parameters(), vUnknown(name)).to_ical()
            + b"\r\n"
            + after
        )

    @cached_property
    def _head(self) -> tuple[bytes, bytes]:
        calendar = Calendar()
        calendar.add("version", "2.0")
        calendar.add("prodid", f"-//{self.name}//Strategiportal//DA")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("x-wr-calname", _NAME)
        calendar.add("x-wr-timezone", "Europe/Copenhagen")
        calendar.add("x-published-ttl", "P1D")
        calendar.add("refresh-interval", timedelta(days=1), parameters={"value": "DURATION"})
        before, _, after = calendar.to_ical().partition(f"X-WR-CALNAME:{_NAME}\r\n".encode())
        return before, after.removesuffix(END) + VTIMEZONE

    def events_text(self, entry: Entry) -> bytes:
        """An activity's events as text."""
        return b"".join(event.to_ical() for event in self.events(entry))

    def events(self, entry: Entry) -> Iterator[Event]:
        """The events of an activity: one for each rule or single date, one for each called off."""
        for number, when in enumerate(entry.activity.when, start=1):
            uid = f"{entry.activity.id}-{number}"
            if when.repeats == "enkelte dage":
                yield from self._single(entry, when, uid)
            else:
                yield from self._ruled(entry, when, uid)

    def _single(self, entry: Entry, when: Schedule, uid: str) -> Iterator[Event]:
        until = entry.activity.expires or date.max
        for day in days(when, self._pauses(when), date.min, until):
            event = self._event(entry, when, day, f"{uid}-{day:%Y%m%d}")
            yield _called_off(event) if day in when.cancelled else event

    def _ruled(self, entry: Entry, when: Schedule, uid: str) -> Iterator[Event]:
        """DTSTART is the rule's first day, whether or not something happens on it."""
        last = min(filter(None, (when.last, entry.activity.expires)), default=None)
        # Exceptions without end cannot be listed without end: two years ahead are.
        horizon = last or date(self.programme.today.year + 2, 12, 31)
        start = when.first or min(entry.activity.known_since, self.programme.today)
        first = next(rule_days(when, start, horizon), None)
        if first is None:
            return
        event = self._event(entry, when, first, uid)
        event.add("rrule", _rrule(when, last))
        missing = exceptions(when, self._pauses(when), first, horizon)
        if missing:
            event.add("exdate", [at(day, when.start) for day in missing])
        yield event
        for day in sorted(set(when.cancelled) - set(missing)):
            if first <= day <= horizon and any(rule_days(when, day, day)):
                changed = self._event(entry, when, day, uid)
                changed.add("recurrence-id", at(day, when.start))
                yield _called_off(changed)

    def _pauses(self, when: Schedule) -> Holidays | None:
        return self.programme.site.holidays.get(when.pauses or "")

    def _event(self, entry: Entry, when: Schedule, day: date, uid: str) -> Event:
        activity, place, one = entry.activity, entry.place, occurrence(when, day)
        event = Event()
        event.add("uid", f"{uid}@{slug(self.name)}")
        known = datetime.combine(activity.known_since, time(), UTC)
        event.add("dtstamp", known)
        event.add("last-modified", known)
        # It grows when an activity is vouched for anew and with each exception that is added: a
        # program that was given the event takes the newer one.
        exceptional = len(when.cancelled) + len(when.not_on) + len(when.dates)
        event.add("sequence", (activity.known_since - _FIRST).days + exceptional)
        if one.start.time() == when.start:
            event.add("dtstart", one.start)
            if one.end:
                event.add("dtend", one.end)
        else:  # in the hour that spring skips: the rule's other times are by the clock
            event.add("dtstart", datetime.combine(day, when.start, DANISH_TIME))
            if one.end:
                event.add("duration", one.end - one.start)
        event.add("summary", wording.titled(activity))
        event.add("description", self._description(entry))
        event.add("status", "CONFIRMED")
        if place:
            where = (activity.room, place.title, wording.address(self.programme.site, place))
            event.add("location", ", ".join(filter(None, where)))
            if place.latitude is not None:
                event.add("geo", (place.latitude, place.longitude))
        if self.site_url:
            event.add("url", urljoin(self.site_url, f"{ACTIVITIES}{activity.id}/"))
        return event

    def _description(self, entry: Entry) -> str:
        activity = entry.activity
        told = [f"{fact.name} {fact.answer}." for fact in wording.facts(activity) if fact.told]
        visit = activity.first_visit
        lines = [
            "Eksempel. Aktiviteten findes ikke." if activity.example else "",
            activity.what,
            *(line.replace("..", ".") for line in told),
            (visit and visit.met_by) or "",
            f"Arrangør: {entry.organiser.title}",
        ]
        return "\n".join(line for line in lines if line)


def _called_off(event: Event) -> Event:
    """A time that was called off, so that it can be seen in every calendar (decision 0023)."""
    event["summary"] = type(event["summary"])(f"{OFF}{event['summary']}")
    event["description"] = type(event["description"])(f"Aflyst.\n{event['description']}")
    event.add("transp", "TRANSPARENT")  # it takes nobody's time
    return event


def moved(moves: Iterable[Move]) -> Iterator[tuple[str, str]]:
    """The calendars of pages that are gone: where each stood, and where the new page's would."""
    for move in moves:
        old, new = (_calendar_of(address) for address in (move.old, move.new))
        if old:
            yield old, new


def _calendar_of(address: str) -> str:
    """Where the calendar of a page stands if it has one, else «»."""
    for kind, above in _PAGES.items():
        id = address.removeprefix(above).removesuffix("/")
        if address.startswith(above) and id.count("/") == (kind == "area"):
            return calendar(kind, id)
    return ""


def ended(text: bytes) -> bytes:
    """A calendar in which everything is called off: a program that has the events takes them for
    cancelled, where one that got nothing would keep them."""
    read = Calendar.from_ical(text)
    for event in read.walk("VEVENT"):
        if event.get("status") != "CANCELLED":
            event["sequence"] = vInt(int(event.get("sequence", 0)) + 1)
            event["status"] = "CANCELLED"
            if not event["summary"].startswith(OFF):
                event["summary"] = type(event["summary"])(f"{OFF}{event['summary']}")
    return read.to_ical()


def by_day(when: Schedule) -> list[str]:
    """The days of a rule in the terms of RFC 5545, BYDAY: «TU», «2TU», «-1FR»."""
    days = [_BYDAY[name] for name in sorted(set(when.weekdays), key=WEEKDAYS.index)]
    return [f"{PLACES_IN_MONTH[when.which]}{day}" for day in days] if when.which else days


def _rrule(when: Schedule, last: date | None) -> vRecur:
    rule = {"freq": "MONTHLY" if when.which else "WEEKLY", "byday": by_day(when)}
    if when.every > 1:
        rule["interval"] = when.every
    if last:  # in UTC, since DTSTART has a time zone (RFC 5545, 3.3.10)
        rule["until"] = at(last, when.start).astimezone(UTC)
    return vRecur(rule)
