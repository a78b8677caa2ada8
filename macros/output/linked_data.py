"""Activities, places and organisations in schema.org's terms (JSON-LD), for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from macros.data import carried
from macros.data.activity import Activity, Organisation, Place, Reach, Schedule
from macros.data.site import Site
from macros.output import calendars
from macros.pages.addresses import ACTIVITIES
from macros.pages.page import Page
from macros.when import wording
from macros.when.entry import FAR_AHEAD, Entry
from macros.when.programme import Programme
from macros.when.recurrence import days, exceptions

Node = dict[str, Any]


def script(programme: Programme, page: Page, above: Iterable[Page], site_url: str) -> Markup:
    """What a page is about and where it stands, as a JSON-LD element; «» for other pages."""
    thing = programme.site.things.get(page.key)
    if isinstance(thing, Activity):
        about = activity(programme, thing, site_url)
    elif isinstance(thing, Place):
        about = place(programme.site, thing)
    elif isinstance(thing, Organisation):
        about = organisation(thing)
    else:
        return Markup()
    graph = [_breadcrumb([*above, page], site_url)]
    if about:
        graph.insert(0, clean(about))
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    # «</script>» in a text must not end the element, nor «<!--» open a comment.
    return Markup('<script type="application/ld+json">{}</script>').format(
        Markup(text.replace("<", "\\u003c"))
    )


def activity(programme: Programme, one: Activity, site_url: str) -> Node | None:
    """An Event with its Schedules; what has no time told is a Service, what is gone nothing."""
    site, entry = programme.site, programme.entry(one)
    if entry.gone:
        return None
    there = place(site, entry.place) if entry.place else None
    where = _where(one, there)
    who = organisation(entry.organiser)
    url = urljoin(site_url, f"{ACTIVITIES}{one.id}/") if site_url else None
    common = {"name": wording.titled(one), "description": one.what, "url": url}
    event = {
        **common,
        "location": where,
        "organizer": who,
        "isAccessibleForFree": one.free,
        "inLanguage": list(one.languages) or "da",
        "eventAttendanceMode": _mode(one, bool(there)),
        "typicalAgeRange": _ages(one),
        **_times(programme, entry, where),
    }
    # A field that `carried` gives a term and that needs no more than its own value.
    plain = {
        field.linked: getattr(one, name)
        for name, field in carried.ACTIVITY.items()
        if field.linked and field.linked not in {*event, *_OF_TIMES}
    }
    if one.when:
        return {"@type": event.pop("@type"), **event, **plain}
    free = {"@type": "Offer", "price": 0, "priceCurrency": "DKK"} if one.free else None
    service = {"@type": "Service", **common, "provider": who, "areaServed": there, "offers": free}
    return {**service, **plain}


def _where(one: Activity, there: Node | None) -> Node | list[Node] | None:
    """Where it is: a place, something one reaches from home, or both."""
    if not one.remote:
        return there
    virtual = clean({"@type": "VirtualLocation", "name": wording.elsewhere(one), "url": one.online})
    return [there, virtual] if there else virtual


def _mode(one: Activity, there: bool) -> str | None:
    if not there and not one.remote:
        return None
    mode = "Mixed" if there and one.remote else "Online" if one.remote else "Offline"
    return f"https://schema.org/{mode}EventAttendanceMode"


_OF_TIMES = ("eventSchedule", "startDate", "endDate")  # `_times` says them, or that they are not to
SOME = 4  # dated events of a series: it goes on, and its rule is told beside


def _times(programme: Programme, entry: Entry, where: Node | list[Node] | None) -> Node:
    """One time is an Event with its date. More are an EventSeries: its rules, without dates of its
    own (schema.org of `eventSchedule`), and the next of its events, dated, since that is what
    Google reads."""
    one = entry.activity
    dated = [
        clean(
            {
                "@type": "Event",
                "name": wording.titled(one),
                "startDate": time.start.isoformat(),
                "endDate": time.end and time.end.isoformat(),
                "eventStatus": "https://schema.org/Event"
                + ("Cancelled" if time.cancelled else "Scheduled"),
                "location": where,
            }
        )
        for time in entry.coming[:SOME]
    ]
    rules = [clean(node) for when in one.when for node in schedules(programme, one, when)]
    if len(dated) == 1 and all(when.repeats == "enkelte dage" for when in one.when):
        (only,) = dated
        return {name: only[name] for name in only if name not in ("name", "location")}
    return {"@type": "EventSeries", "eventSchedule": rules, "subEvent": dated}


def schedules(programme: Programme, one: Activity, when: Schedule) -> Iterator[Node]:
    """A rule as a Schedule; of single dates, one for each that is still to come."""
    times = {
        "@type": "Schedule",
        "startTime": f"{when.start:%H:%M:%S}",
        "endTime": when.end and f"{when.end:%H:%M:%S}",
        "scheduleTimezone": "Europe/Copenhagen",
    }
    last = min(filter(None, (when.last, one.expires)), default=None)
    until = last or programme.today + FAR_AHEAD
    pauses = programme.site.holidays.get(when.pauses or "")
    if when.repeats == "enkelte dage":
        for day in days(when, pauses, programme.today, until):
            if day not in when.cancelled:
                yield {**times, "startDate": day, "endDate": day}
        return
    out = {*exceptions(when, pauses, programme.today, until), *when.cancelled}
    yield {
        **times,
        "startDate": when.first,
        "endDate": last,
        "repeatFrequency": f"P{when.every}{'M' if when.which else 'W'}",
        "byDay": calendars.by_day(when),  # as in RFC 5545: «TU», «2TU», «-1FR»
        "exceptDate": sorted(day for day in out if day >= programme.today),
    }


def place(site: Site, one: Place) -> Node:
    geo = {"@type": "GeoCoordinates", "latitude": one.latitude, "longitude": one.longitude}
    town = site.postcode(one.postcode)
    return clean(
        {
            "@type": "Place",
            "name": wording.titled(one),
            "address": clean(
                {
                    "@type": "PostalAddress",
                    "streetAddress": one.address,
                    "postalCode": town.id,
                    "addressLocality": town.title,
                    "addressCountry": "DK",
                }
            ),
            "geo": geo if one.latitude is not None else None,
        }
    )


def organisation(one: Organisation) -> Node:
    reach = one.contact or Reach()
    return clean(
        {
            "@type": "Organization",
            "name": wording.titled(one),
            "description": one.about,
            "telephone": reach.dial,
            "email": reach.email,
            "url": reach.website,
        }
    )


def _ages(one: Activity) -> str | None:
    if one.age_from is None and one.age_to is None:
        return None
    low, high = (str(age) if age is not None else "" for age in (one.age_from, one.age_to))
    return f"{low}-{high}"


def _breadcrumb(steps: Iterable[Page], site_url: str) -> Node:
    items = []
    for position, step in enumerate(steps, start=1):
        url = urljoin(site_url, step.address) if site_url else None
        items.append(
            clean({"@type": "ListItem", "position": position, "name": step.title, "item": url})
        )
    return {"@type": "BreadcrumbList", "itemListElement": items}


def clean(node: Node) -> Node:
    """Without what nobody has told; dates as text."""
    return {
        key: [str(item) if hasattr(item, "isoformat") else item for item in value]
        if isinstance(value, list)
        else str(value)
        if hasattr(value, "isoformat")
        else value
        for key, value in node.items()
        if value not in (None, "", [], ())
    }
