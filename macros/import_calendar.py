"""An association's own calendar (`.ics`) -> drafts of activities.

Only what a schedule can say is taken: weekly and monthly rules and single dates. A rule that
runs faster than daily, or otherwise says what no activity does, is left out and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from icalendar import Calendar, Component

from macros.activity import WEEKDAYS
from macros.importing import Draft, ImportStopped, Skipped, Values, line, plain, unique
from macros.recurrence import DANISH_TIME
from macros.site import Site
from macros.text import slug

MAX_EVENTS = 2_000
MAX_DATES = 400
_DAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), WEEKDAYS, strict=True))
_WHICH = {1: "første", 2: "anden", 3: "tredje", 4: "fjerde", -1: "sidste"}
_ADDRESS = re.compile(r"(?P<street>.*?\d+\s*[A-Za-z]?)\s*,\s*(?P<postcode>\d{4})\b")


class _Skip(Exception):
    """Why an event cannot be taken."""


def drafts(
    raw: bytes, site: Site, organiser: str, checked: date
) -> tuple[list[Draft], list[Skipped]]:
    """The activities of a calendar. organiser: the organisation's id. checked: today."""
    if raw.count(b"BEGIN:VEVENT") > MAX_EVENTS:
        raise ImportStopped(
            f"kalenderen har flere end {MAX_EVENTS} begivenheder",
            "eksportér en kortere periode, eller del kalenderen op",
        )
    calendar = _parsed(raw)
    series: dict[str, list[Component]] = {}
    for number, event in enumerate(calendar.walk("VEVENT")):
        series.setdefault(str(event.get("UID") or number), []).append(event)
    if not series:
        raise ImportStopped("kalenderen har ingen begivenheder", "vælg en anden fil")
    found: list[Draft] = []
    skipped: list[Skipped] = []
    ids = {id for kind, id in site.documents if kind == "activity"}
    for events in series.values():
        master = next((event for event in events if "RECURRENCE-ID" not in event), events[0])
        name = line(master.get("SUMMARY")) or "(uden navn)"
        try:
            draft = _draft(master, events, site, organiser, checked)
        except _Skip as why:
            skipped.append(Skipped(name, str(why)))
            continue
        except (ValueError, TypeError, KeyError, OverflowError, AttributeError):
            skipped.append(Skipped(name, "begivenheden kan ikke læses; datoen eller reglen er gal"))
            continue
        same = next((d for d in found if d.values["title"] == draft.values["title"]), None)
        if same and _merged(same, draft):
            continue
        if same:
            draft.id = unique(draft.id, {d.id for d in found} | ids)
        found.append(draft)
    return found, skipped


def _parsed(raw: bytes) -> Calendar:
    try:
        calendar = Calendar.from_ical(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        try:
            calendar = Calendar.from_ical(raw.decode("cp1252"))
        except (UnicodeDecodeError, ValueError):
            calendar = None
    except Exception:  # whatever a broken or hostile file makes the library raise
        calendar = None
    if not isinstance(calendar, Calendar):
        raise ImportStopped(
            "filen er ikke en kalender, siden kan læse",
            "eksportér kalenderen igen som iCalendar (.ics)",
        )
    return calendar


def _draft(
    master: Component, events: list[Component], site: Site, organiser: str, checked: date
) -> Draft:
    title = line(master.get("SUMMARY"))
    if not title:
        raise _Skip("den har ikke noget navn, når koden er fjernet")
    if str(master.get("STATUS", "")).upper() == "CANCELLED":
        raise _Skip("den er aflyst")
    if not re.search(r"\w", title):
        raise _Skip("navnet har ingen bogstaver")
    what, notes = plain(master.get("DESCRIPTION"))
    if not what:
        what, notes = title, [*notes, "beskrivelsen mangler: skriv selv, hvad det er"]
    when, more = _schedules(master, events, checked)
    place, known, told = _place(master, site)
    values: Values = {
        "title": title,
        "what": what,
        "organiser": organiser,
        "place": place.id if place else known,
        "when": when,
        "checked": {"date": checked.isoformat(), "by": site.organisation(organiser).title},
    }
    if told and not values["place"]:
        notes.append(f"stedet «{told}» kunne ikke læses som en adresse; vælg selv et sted")
    draft = Draft("activity", slug(title)[:60].strip("-") or "aktivitet", title, values)
    draft.notes = [*notes, *more]
    draft.needs = [place] if place else []
    return draft


def _merged(same: Draft, other: Draft) -> bool:
    """Whether two events with one name are one activity; then its times are put together."""
    if same.values.get("place") != other.values.get("place"):
        return False
    if len(same.values["when"]) + len(other.values["when"]) > 12:
        first, second = same.values["when"][0], other.values["when"][0]
        alike = {**first, "dates": 0} == {**second, "dates": 0}
        if not alike or first["repeats"] != "enkelte dage":
            return False
    for when in other.values["when"]:
        twin = next(
            (w for w in same.values["when"] if {**w, "dates": 0} == {**when, "dates": 0}), None
        )
        if twin and when["repeats"] == "enkelte dage":
            twin["dates"] = sorted({*twin["dates"], *when["dates"]})[:MAX_DATES]
        elif when not in same.values["when"]:
            same.values["when"].append(when)
    return True


# --- when -----------------------------------------------------------------------------------


def _schedules(
    master: Component, events: list[Component], today: date
) -> tuple[list[Values], list[str]]:
    start, end, notes = _span(master)
    when = _times(start, end)
    rules = master.get("RRULE")
    others = [event for event in events if event is not master]
    if rules is None:
        dates = [start.date(), *(_danish(d).date() for d in _listed(master, "RDATE"))]
        dates = [d for d in dates if d >= today - timedelta(days=1)]
        if not dates:
            raise _Skip(f"den er forbi ({start:%d.%m.%Y})")
        return [{"repeats": "enkelte dage", "dates": _iso(dates), **when}], notes
    if isinstance(rules, list):
        raise _Skip("den har mere end én regel for gentagelse")
    when = {**_rule(rules, start), **when, "first": start.date().isoformat()}
    last = _last(rules, start, when)
    if last:
        if last < today:
            raise _Skip(f"den sluttede {last:%d.%m.%Y}")
        when["last"] = last.isoformat()
    gone = [_danish(d).date() for d in _listed(master, "EXDATE")]
    single = []
    for event in others:
        moved_from = _danish(event["RECURRENCE-ID"].dt).date()
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            when.setdefault("cancelled", []).append(moved_from.isoformat())
            continue
        gone.append(moved_from)
        new_start, new_end, _ = _span(event)
        if new_start.date() >= today:
            own = {"repeats": "enkelte dage", "dates": _iso([new_start.date()])}
            single.append({**own, **_times(new_start, new_end)})
    if gone := [day for day in gone if day >= today - timedelta(days=31)]:
        when["not_on"] = _iso(gone)[:MAX_DATES]
    return [when, *single][:12], notes


def _span(event: Component) -> tuple[datetime, datetime | None, list[str]]:
    if "DTSTART" not in event:
        raise _Skip("den har ingen starttid")
    start = event["DTSTART"].dt
    if not isinstance(start, datetime):
        raise _Skip("den varer hele dagen, så klokkeslættet mangler")
    notes = []
    if start.tzinfo and start.astimezone(DANISH_TIME).utcoffset() != start.utcoffset():
        notes.append("tiden er regnet om til dansk tid")
    begin, end = _danish(start), None
    if "DTEND" in event and isinstance(event["DTEND"].dt, datetime):
        end = _danish(event["DTEND"].dt)
    elif "DURATION" in event:
        end = begin + event["DURATION"].dt
    if end and end.date() != begin.date():
        end, notes = None, [*notes, "den slutter en anden dag, så sluttiden er udeladt"]
    return begin, end, notes


def _danish(moment: Any) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(), DANISH_TIME)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=DANISH_TIME)
    return moment.astimezone(DANISH_TIME)


def _times(start: datetime, end: datetime | None) -> Values:
    found = {"start": f"{start:%H.%M}"}
    if end and end > start:
        found["end"] = f"{end:%H.%M}"
    return found


def _iso(days: list[date]) -> list[str]:
    return [day.isoformat() for day in sorted(set(days))]


def _listed(event: Component, name: str) -> Iterator[Any]:
    found = event.get(name, [])
    for group in found if isinstance(found, list) else [found]:
        for one in group.dts:
            moment = one.dt
            yield moment[0] if isinstance(moment, tuple) else moment


def _rule(rules: Any, start: datetime) -> Values:
    """What the rule says, as a schedule's fields; _Skip when a schedule cannot say it."""
    freq = str(rules.get("FREQ", [""])[0]).upper()
    every = int(rules.get("INTERVAL", [1])[0])
    days = [str(day).upper() for day in rules.get("BYDAY", [])]
    extra = set(rules) - {"FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST", "BYSETPOS"}
    if freq not in ("DAILY", "WEEKLY", "MONTHLY"):
        raise _Skip(f"reglen «{freq or 'tom'}» kan ikke vises; kun hver dag, uge eller måned kan")
    if extra or not 1 <= every <= 52:
        raise _Skip("reglen for gentagelse er for særlig til at kunne vises")
    if freq == "MONTHLY":
        return _monthly(rules, every, days, start)
    if "BYSETPOS" in rules or any(len(day) != 2 for day in days):
        raise _Skip("reglen for gentagelse er for særlig til at kunne vises")
    if freq == "DAILY":
        if every != 1:
            raise _Skip(f"den gentages hver {every}. dag; kun hver dag, uge eller måned kan vises")
        days = days or list(_DAYS)
    names = [_DAYS[day] for day in days] or [WEEKDAYS[start.weekday()]]
    if every > 1 and WEEKDAYS[start.weekday()] not in names:
        raise _Skip("den første dag passer ikke til reglen for gentagelse")
    return {"repeats": "hver uge", "every": every, "weekdays": names}


def _monthly(rules: Any, every: int, days: list[str], start: datetime) -> Values:
    places = {day[:-2] for day in days}
    if "BYSETPOS" in rules and places == {""} and len(days) == 1:
        places = {str(rules["BYSETPOS"][0])}
    if not days:
        raise _Skip("den er på en bestemt dato i måneden; kun ugedage kan vises")
    if len(places) != 1 or (place := places.pop()) == "" or int(place) not in _WHICH:
        raise _Skip("reglen for gentagelse er for særlig til at kunne vises")
    names = [_DAYS[day[-2:]] for day in days]
    return {"repeats": "hver måned", "every": every, "which": _WHICH[int(place)],
            "weekdays": names}  # fmt: skip


def _last(rules: Any, start: datetime, when: Values) -> date | None:
    if until := rules.get("UNTIL"):
        return _danish(until[0]).date()
    if count := rules.get("COUNT"):
        from macros.activity import Schedule
        from macros.recurrence import rule_days

        if not 1 <= (number := int(count[0])) <= 2_000:
            raise _Skip(f"den gentages {number} gange")
        schedule = Schedule.model_validate(when)
        step = 7 if when["repeats"] == "hver uge" else 31
        far = start.date() + timedelta(days=min(step * schedule.every * (number + 5), 25_000))
        held = list(rule_days(schedule, start.date(), far))
        return held[min(number, len(held)) - 1] if held else None
    return None


# --- where ----------------------------------------------------------------------------------


def _place(event: Component, site: Site) -> tuple[Draft | None, str | None, str]:
    """A new place, or the id of a known one, or neither; and what the calendar says."""
    told = line(event.get("LOCATION"))
    if not told:
        return None, None, ""
    for place in site.places:
        if place.title.lower() in told.lower() or (
            place.address and place.address.lower() in told.lower()
        ):
            return None, place.id, told
    match = _ADDRESS.search(told)
    if not match or match["postcode"] not in {town.id for town in site.postcodes}:
        return None, None, told
    name, _, street = match["street"].rpartition(",")
    title = name.strip(" ,") or street.strip()
    values = {"title": title, "address": street.strip(), "postcode": match["postcode"]}
    return Draft("place", unique(title, ()), title, values), None, told
