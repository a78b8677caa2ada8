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

from macros.data.activity import (
    DAY_CODES,
    MAX_DATES,
    MAX_SCHEDULES,
    PLACES_IN_MONTH,
    WEEKDAYS,
    Schedule,
)
from macros.data.site import Site
from macros.importing.clean import line, plain
from macros.importing.draft import Draft, ImportStopped, Skipped, Values
from macros.importing.places import Places
from macros.language.text import slug
from macros.when.recurrence import DANISH_TIME, rule_days

MAX_EVENTS = 1_000
_DAYS = dict(zip(DAY_CODES, WEEKDAYS, strict=True))
_WHICH = {place: name for name, place in PLACES_IN_MONTH.items()}
_OFF = re.compile(r"\baflyst\b", re.IGNORECASE)
_ON_A_DATE = "den er på en bestemt dato i måneden; kun ugedage kan vises"
_SPECIAL = "reglen for gentagelse er for særlig til at kunne vises"


class _Skip(Exception):
    """Why an event cannot be taken."""


def drafts(
    raw: bytes, site: Site, organiser: str, checked: date
) -> tuple[list[Draft], list[Skipped]]:
    """The activities of a calendar. organiser: the organisation's id. checked: today."""
    if len(re.findall(rb"(?i)^\s*begin:vevent", raw, re.MULTILINE)) > MAX_EVENTS:
        raise ImportStopped(
            f"kalenderen har flere end {MAX_EVENTS} begivenheder",
            "eksportér en kortere periode, eller del kalenderen op",
        )
    series = _series(_parsed(raw))
    if not series:
        raise ImportStopped("kalenderen har ingen begivenheder", "vælg en anden fil")
    taken: list[Draft] = []
    skipped: list[Skipped] = []
    places = Places(site)
    for events in series:
        name = line(_text(events[0], "SUMMARY")) or "(uden navn)"
        try:
            draft = _draft(events, site, places, organiser, checked)
        except _Skip as why:
            skipped.append(Skipped(name, str(why)))
            continue
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            skipped.append(Skipped(name, "begivenheden kan ikke læses; datoen eller reglen er gal"))
            continue
        _keep(draft, taken, skipped)
    return taken, skipped


def _series(calendar: Calendar) -> list[list[Component]]:
    """Each event with the changes to single times of it (RECURRENCE-ID) behind it."""
    masters: list[list[Component]] = []
    by_uid: dict[str, list[Component]] = {}
    changes: dict[str, list[Component]] = {}
    for event in calendar.walk("VEVENT"):
        uid = str(event.get("UID", ""))
        if "RECURRENCE-ID" in event:
            changes.setdefault(uid, []).append(event)
        else:
            masters.append([event])
            by_uid.setdefault(uid, masters[-1])
    for uid, changed in changes.items():
        if uid in by_uid:
            by_uid[uid] += changed
        else:  # an excerpt of a series: its times stand alone
            masters += [[event] for event in changed]
    return masters


def _text(event: Component, name: str) -> str | None:
    """A field's text; of one that stands twice, the first."""
    value = event.get(name)
    value = value[0] if isinstance(value, list) else value
    return None if value is None else str(value)


def _keep(draft: Draft, taken: list[Draft], skipped: list[Skipped]) -> None:
    """Put a draft to the others: with one of its name at the same place, as one activity."""
    same = next((other for other in taken if other.values["title"] == draft.values["title"]), None)
    if same is None or not _merged(same, draft):
        if same:
            skipped.append(
                Skipped(draft.name, "en anden begivenhed i filen hedder det samme; giv den et navn")
            )
        else:
            taken.append(draft)


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
    events: list[Component], site: Site, places: Places, organiser: str, checked: date
) -> Draft:
    master = events[0]
    title = line(_text(master, "SUMMARY"))
    if not re.search(r"\w", title):
        raise _Skip("den har ikke noget navn, når koden er fjernet")
    if (_text(master, "STATUS") or "").upper() == "CANCELLED":
        raise _Skip("den er aflyst")
    if (_text(master, "CLASS") or "PUBLIC").upper() != "PUBLIC":
        raise _Skip("den er privat i kalenderen (CLASS)")
    what, notes = plain(_text(master, "DESCRIPTION"))
    if not what:
        what, notes = title, [*notes, "beskrivelsen mangler: skriv selv, hvad det er"]
    when, more = _schedules(events, checked)
    # Apple writes the place's name and its address on lines of their own.
    where = ", ".join(filter(None, map(str.strip, (_text(master, "LOCATION") or "").splitlines())))
    place, known, told = places.find(line(where))
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
    if same.values["place"] != other.values["place"]:
        return False
    whole = [dict(when) for when in same.values["when"]]
    for when in other.values["when"]:
        twin = next((w for w in whole if {**w, "dates": 0} == {**when, "dates": 0}), None)
        if twin and when["repeats"] == "enkelte dage":
            twin["dates"] = sorted({*twin["dates"], *when["dates"]})
        elif when not in whole:
            whole.append(when)
    if len(whole) > MAX_SCHEDULES or any(len(when.get("dates", ())) > MAX_DATES for when in whole):
        return False
    same.values["when"] = whole
    return True


# --- when -----------------------------------------------------------------------------------


def _schedules(events: list[Component], today: date) -> tuple[list[Values], list[str]]:
    """The times of an event and of its changed times, and what was left out."""
    master, *changes = events
    start, end, notes = _span(master)
    times = _times(start, end)
    gone = [_danish(moment).date() for moment in _listed(master, "EXDATE")]
    extra = [_danish(moment) for moment in _listed(master, "RDATE")]
    rules = master.get("RRULE")
    if isinstance(rules, list):
        raise _Skip("den har mere end én regel for gentagelse")
    schedules = []
    if rules is None:
        extra.insert(0, start)
    else:
        schedules.append(_series_of(rules, master, start, times, today))
    calm = schedules[0] if schedules else {}
    for change in changes:
        if "RANGE" in change["RECURRENCE-ID"].params:
            raise _Skip("den er ændret fra en bestemt dag og frem; eksportér den som to")
        moved = _danish(change["RECURRENCE-ID"].dt).date()
        off = (_text(change, "STATUS") or "").upper() == "CANCELLED"
        if off or _OFF.search(_text(change, "SUMMARY") or ""):
            if moved >= today:
                calm.setdefault("cancelled", []).append(moved.isoformat())
            continue
        gone.append(moved)
        new_start, new_end, _ = _span(change)
        schedules.append({"repeats": "enkelte dage", "dates": _iso([new_start.date()]),
                      **_times(new_start, new_end)})  # fmt: skip
        if line(_text(change, "SUMMARY")) != line(_text(master, "SUMMARY")):
            notes.append(f"{new_start:%d.%m.%Y} hedder noget andet i kalenderen")
    for moment in extra:
        if moment.date() not in gone:
            own = times if moment.time() == start.time() else _times(moment, None)
            schedules.append({"repeats": "enkelte dage", "dates": _iso([moment.date()]), **own})
    if rules is not None and (out := [day for day in gone if day >= today]):
        calm["not_on"] = _iso(out)
    ahead = [when for when in schedules if max(when.get("dates", ["9"])) >= today.isoformat()]
    if not ahead:
        raise _Skip(f"den er forbi ({start:%d.%m.%Y})")
    tidy = _gathered(ahead)
    sizes = [len(when.get(name, ())) for when in tidy for name in ("dates", "not_on", "cancelled")]
    if len(tidy) > MAX_SCHEDULES or max(sizes) > MAX_DATES:
        raise _Skip("den har for mange ændringer til at kunne vises")
    if rules is not None:
        _drop_strays(calm)
    return tidy, notes


def _gathered(schedules: list[Values]) -> list[Values]:
    """Single dates at the same time of day as one schedule."""
    tidy: list[Values] = []
    for when in schedules:
        twin = next((w for w in tidy if {**w, "dates": 0} == {**when, "dates": 0}), None)
        if twin and "dates" in when:
            twin["dates"] = sorted({*twin["dates"], *when["dates"]})
        else:
            tidy.append(when)
    return tidy


def _drop_strays(when: Values) -> None:
    """Drop exceptions on days that the rule does not give; calendars keep such."""
    schedule = Schedule.model_validate({**when, "not_on": [], "cancelled": []})
    for name in ("not_on", "cancelled"):
        days = [date.fromisoformat(day) for day in when.pop(name, [])]
        if kept := [day for day in days if any(rule_days(schedule, day, day))]:
            when[name] = _iso(kept)


def _series_of(
    rules: Any, master: Component, start: datetime, times: Values, today: date
) -> Values:
    """A rule as a schedule."""
    _same_clock(master["DTSTART"].dt, start)
    when = {**_rule(rules, start), **times, "first": start.date().isoformat()}
    last = _last(rules, start, when)
    if last:
        if last < today:
            raise _Skip(f"den sluttede {last:%d.%m.%Y}")
        when["last"] = last.isoformat()
    return when


def _same_clock(told: Any, start: datetime) -> None:
    """A rule in another zone must mean the same Danish time and weekday in every week of it: some
    change their clocks a few weeks before or after us."""
    if told.tzinfo is None:
        return
    for weeks in range(2 * 53):
        later = _danish(told + timedelta(weeks=weeks))
        if (later.time(), later.weekday()) != (start.time(), start.weekday()):
            raise _Skip(
                "den gentages i en anden tidszone, så den flytter sig i dansk tid; "
                "eksportér den med dansk tid"
            )
    if told.date() != start.date():
        raise _Skip("den gentages i en tidszone, hvor det er en anden dag; eksportér i dansk tid")


def _span(event: Component) -> tuple[datetime, datetime | None, list[str]]:
    if "DTSTART" not in event:
        raise _Skip("den har ingen starttid")
    start = event["DTSTART"].dt
    if not isinstance(start, datetime):
        raise _Skip("den varer hele dagen, så klokkeslættet mangler")
    notes = []
    zone = event["DTSTART"].params.get("TZID")
    if zone and start.tzinfo is None:
        notes.append(f"tidszonen «{line(str(zone))}» kendes ikke; tiden er læst som dansk tid")
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
    hours = {"start": f"{start:%H.%M}"}
    if end and end > start:
        hours["end"] = f"{end:%H.%M}"
    return hours


def _iso(days: list[date]) -> list[str]:
    return [day.isoformat() for day in sorted(set(days))]


def _listed(event: Component, name: str) -> Iterator[Any]:
    groups = event.get(name, [])
    for group in groups if isinstance(groups, list) else [groups]:
        for one in group.dts:
            moment = one.dt
            yield moment[0] if isinstance(moment, tuple) else moment


def _rule(rules: Any, start: datetime) -> Values:
    """What the rule says, as a schedule's fields; _Skip when a schedule cannot say it."""
    if any(len(rules.get(name, [0])) != 1 for name in ("FREQ", "INTERVAL", "COUNT", "UNTIL")):
        raise _Skip(_SPECIAL)
    freq = str(rules.get("FREQ", [""])[0]).upper()
    every = int(rules.get("INTERVAL", [1])[0])
    days = [str(day).upper() for day in rules.get("BYDAY", [])]
    extra = set(rules) - {"FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST", "BYSETPOS"}
    if freq not in ("DAILY", "WEEKLY", "MONTHLY"):
        raise _Skip(f"reglen «{freq or 'tom'}» kan ikke vises; kun hver dag, uge eller måned kan")
    if extra == {"BYMONTHDAY"}:
        raise _Skip(_ON_A_DATE)
    if extra or not 1 <= every <= 52:
        raise _Skip(_SPECIAL)
    if freq == "MONTHLY":
        return _monthly(rules, every, days)
    if "BYSETPOS" in rules or any(day not in _DAYS for day in days):
        raise _Skip(_SPECIAL)
    if freq == "DAILY":
        if every != 1:
            raise _Skip(f"den gentages hver {every}. dag; kun hver dag, uge eller måned kan vises")
        days = days or list(_DAYS)
    names = list(dict.fromkeys(_DAYS[day] for day in days)) or [WEEKDAYS[start.weekday()]]
    starts_monday = str(rules.get("WKST", ["MO"])[0]).upper() == "MO"
    if every > 1 and len(names) > 1 and not starts_monday:
        raise _Skip(
            "den regner ugen fra en anden dag end mandag, så hver anden uge kan ikke tælles"
        )
    if WEEKDAYS[start.weekday()] not in names:
        raise _Skip("den første dag passer ikke til reglen for gentagelse")
    return {"repeats": "hver uge", "every": every, "weekdays": names}


def _monthly(rules: Any, every: int, days: list[str]) -> Values:
    if not days:
        raise _Skip(_ON_A_DATE)
    places = {day[:-2] for day in days}
    if "BYSETPOS" in rules:
        positions = [str(position) for position in rules["BYSETPOS"]]
        if len(positions) != 1 or len(days) != 1 or places != {""}:
            raise _Skip(_SPECIAL)
        places = set(positions)
    place = places.pop() if len(places) == 1 else ""
    if not re.fullmatch(r"[+-]?\d", place) or int(place) not in _WHICH:
        raise _Skip(_SPECIAL)
    names = list(dict.fromkeys(_DAYS[day[-2:]] for day in days))
    which = _WHICH[int(place)]
    return {"repeats": "hver måned", "every": every, "which": which, "weekdays": names}


def _last(rules: Any, start: datetime, when: Values) -> date | None:
    """The last day of a rule; None when it has no end (or one that is meant for none)."""
    if until := rules.get("UNTIL"):
        end = until[0]
        if end.year > 2100:
            return None
        if not isinstance(end, datetime):
            return end
        moment = _danish(end)
        early = moment.time() < start.time()  # it ends before that day's time
        return moment.date() - timedelta(days=early)
    if count := rules.get("COUNT"):
        if not 1 <= (number := int(count[0])) <= 2_000:
            raise _Skip(f"den gentages {number} gange")
        schedule = Schedule.model_validate(when)
        step = 7 if when["repeats"] == "hver uge" else 31
        far = start.date() + timedelta(days=min(step * schedule.every * (number + 5), 25_000))
        held = list(rule_days(schedule, start.date(), far))
        return held[min(number, len(held)) - 1] if held else None
    return None
