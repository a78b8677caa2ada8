"""Activities, places and organisations in schema.org's terms (JSON-LD), for machines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from macros import calendars
from macros.activity import Activity, Organisation, Place, Reach, Schedule
from macros.pages import ACTIVITIES, Page
from macros.programme import Programme
from macros.site import Site

_DAYS = {
    "mandag": "Monday",
    "tirsdag": "Tuesday",
    "onsdag": "Wednesday",
    "torsdag": "Thursday",
    "fredag": "Friday",
    "lørdag": "Saturday",
    "søndag": "Sunday",
}
_WHICH = {"første": 1, "anden": 2, "tredje": 3, "fjerde": 4, "sidste": -1}
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
    graph = [_clean(about), _breadcrumb([*above, page], site_url)]
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    # «</script>» in a text must not end the element, nor «<!--» open a comment.
    return Markup('<script type="application/ld+json">{}</script>').format(
        Markup(text.replace("<", "\\u003c"))
    )


def activity(programme: Programme, one: Activity, site_url: str) -> Node:
    """An Event with its Schedule; what has no time told is a Service."""
    site = programme.site
    where = place(site, site.place(one.place)) if one.place else None
    who = organisation(site.organisation(one.organiser))
    url = urljoin(site_url, f"{ACTIVITIES}{one.id}/") if site_url else None
    common = {"name": calendars.titled(one), "description": one.what, "url": url}
    if not one.when:
        return {"@type": "Service", **common, "provider": who, "isAccessibleForFree": one.free}
    entry = programme.entry(one)
    soon = entry.next
    return {
        "@type": "Event",
        **common,
        "location": where,
        "organizer": who,
        "isAccessibleForFree": one.free,
        "inLanguage": "da",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled",
        "startDate": soon and soon.start.isoformat(),
        "endDate": soon and soon.end and soon.end.isoformat(),
        "typicalAgeRange": _ages(one),
        "eventSchedule": [_clean(schedule(when)) for when in one.when],
    }


def schedule(when: Schedule) -> Node:
    """A rule as a Schedule; single dates are listed as its by-dates would be."""
    nodes: Node = {
        "@type": "Schedule",
        "startTime": f"{when.start:%H:%M:%S}",
        "endTime": when.end and f"{when.end:%H:%M:%S}",
        "scheduleTimezone": "Europe/Copenhagen",
        "startDate": (min(when.dates) if when.dates else when.first),
        "endDate": (max(when.dates) if when.dates else when.last),
        "exceptDate": sorted({*when.not_on, *when.cancelled}),
    }
    if when.repeats == "enkelte dage":
        return {**nodes, "repeatCount": len(when.dates)}
    nodes["byDay"] = [f"https://schema.org/{_DAYS[name]}" for name in when.weekdays]
    if when.which:
        week = {"byMonthWeek": _WHICH[when.which]}
        return {**nodes, "repeatFrequency": f"P{when.every}M", **week}
    return {**nodes, "repeatFrequency": f"P{when.every}W"}


def place(site: Site, one: Place) -> Node:
    geo = {"@type": "GeoCoordinates", "latitude": one.latitude, "longitude": one.longitude}
    town = site.postcode(one.postcode)
    return _clean(
        {
            "@type": "Place",
            "name": one.title,
            "address": _clean(
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
    return _clean(
        {
            "@type": "Organization",
            "name": one.title,
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
            _clean({"@type": "ListItem", "position": position, "name": step.title, "item": url})
        )
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _clean(node: Node) -> Node:
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
