"""Open Referral UK (HSDS-UK 3) JSON -> drafts: services become activities.

The terms left of the colon below are the standard's; see docs.openreferraluk.org, «service».
"""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from macros.activity import LATITUDES, LONGITUDES, WEEKDAYS
from macros.importing import Draft, ImportStopped, Skipped, Values, line, plain, unique
from macros.site import Site
from macros.text import slug

MAX_SERVICES = 2_000
_DAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), WEEKDAYS, strict=True))
# What a service can hold that an activity has no room for.
_NOT_TAKEN = {
    "accreditations": "godkendelser",
    "alert": "besked",
    "eligibility_description": "betingelser",
    "funding": "finansiering",
    "languages": "sprog",
    "service_areas": "område",
    "attributes": "emneord",
    "cost_options": "priser",
}


def drafts(raw: bytes, site: Site, today: date) -> tuple[list[Draft], list[Skipped]]:
    """The services of a file: one service, a list of them, or a page of an API's answer."""
    found, skipped = [], []
    taken = {id for kind, id in site.documents if kind == "activity"}
    for service in _services(raw):
        name = line(service.get("name")) if isinstance(service, dict) else ""
        if not isinstance(service, dict) or not re.search(r"\w", name):
            skipped.append(Skipped(name or "(uden navn)", "den har ikke noget navn"))
            continue
        if service.get("status") not in (None, "active"):
            skipped.append(Skipped(name, f"den er ikke i gang («{line(service['status'])}»)"))
            continue
        try:
            draft = _draft(service, name, site, today)
        except (AttributeError, KeyError, TypeError, ValueError):
            skipped.append(Skipped(name, "den følger ikke Open Referral UK og kan ikke læses"))
            continue
        if isinstance(draft, Skipped):
            skipped.append(draft)
            continue
        draft.id = unique(draft.id, {d.id for d in found}) if draft.id not in taken else draft.id
        found.append(draft)
    return found, skipped


def _services(raw: bytes) -> list[Any]:
    try:
        whole = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise ImportStopped(
            "filen er ikke gyldig JSON i UTF-8", "hent den igen fra systemet, den kommer fra"
        ) from None
    if isinstance(whole, dict):
        whole = next((whole[k] for k in ("contents", "content", "services") if k in whole), [whole])
    if not isinstance(whole, list) or not whole:
        raise ImportStopped("filen har ingen tilbud (services)", "vælg en anden fil")
    if len(whole) > MAX_SERVICES:
        raise ImportStopped(f"filen har flere end {MAX_SERVICES} tilbud", "del den op")
    return whole


def _draft(service: dict[str, Any], name: str, site: Site, today: date) -> Draft | Skipped:
    organiser, needs = _organisation(service.get("organization"), site)
    if organiser is None:
        return Skipped(name, "den har ingen organisation")
    what, notes = plain(service.get("description"))
    place, told = _place(service, site)
    when, more = _schedules(service.get("schedules") or [], today)
    checked = _day(service.get("assured_date") or service.get("last_modified"))
    if checked is None:
        notes.append("ingen har tjekket den (assured_date): datoen i dag er brugt")
    elif (today - checked).days > 365:
        notes.append(f"den er sidst tjekket {checked:%d.%m.%Y}: vises ikke, før nogen tjekker den")
    values: Values = {
        "title": name,
        "what": what or name,
        "organiser": organiser,
        "place": place.id if place else told or None,
        "when": when,
        "age_from": service.get("minimum_age"),
        "age_to": service.get("maximum_age"),
        "price": line(service.get("fees") or service.get("fees_description")),
        "sign_up_note": plain(service.get("application_process"))[0],
        "contact": _reach(service),
        "checked": {"date": (checked or today).isoformat(), "by": _by(service)},
    }
    notes += more
    if place is None and not told and service.get("service_at_locations"):
        notes.append("stedet er udeladt: det har ikke et dansk postnummer, siden kender")
    left = [danish for key, danish in _NOT_TAKEN.items() if service.get(key)]
    if left:
        notes.append(f"der er ikke plads til: {', '.join(left)}")
    draft = Draft("activity", slug(name)[:60].strip("-"), name, values, notes)
    draft.needs = [*needs, *([place] if place else [])]
    return draft


def _by(service: dict[str, Any]) -> str:
    return line((service.get("organization") or {}).get("name")) or "Kilden"


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _reach(thing: dict[str, Any]) -> Values:
    """Telephone, e-mail and website, as far as they are such."""
    phones = thing.get("phones") or [{}]
    digits = re.sub(r"^(\+45|0045)|\D", "", str(phones[0].get("number", "")))
    email = str(thing.get("email") or "")
    website = str(thing.get("url") or thing.get("website") or "")
    found = {
        "phone": digits if len(digits) == 8 else None,
        "email": email if re.fullmatch(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", email) else None,
        "website": website if re.fullmatch(r"https?://[^\s\"'<>]+", website) else None,
    }
    return {name: value for name, value in found.items() if value}


def _organisation(found: Any, site: Site) -> tuple[str | None, list[Draft]]:
    name = line((found or {}).get("name"))
    if not name:
        return None, []
    for known in site.organisations:
        if known.title.lower() == name.lower():
            return known.id, []
    about = plain(found.get("description"))[0] or name
    values = {"title": name, "kind": "forening", "about": about, "contact": _reach(found)}
    ids = {id for kind, id in site.documents if kind == "organisation"}
    draft = Draft("organisation", unique(name, ids), name, values)
    return draft.id, [draft]


def _place(service: dict[str, Any], site: Site) -> tuple[Draft | None, str]:
    """A new place, or none; and the id of a place that is known already."""
    for at in service.get("service_at_locations") or []:
        location = at.get("location") or {}
        name = line(location.get("name"))
        for address in location.get("addresses") or []:
            postcode = str(address.get("postal_code") or "").strip()
            if postcode not in {town.id for town in site.postcodes} or not name:
                continue
            for known in site.places:
                if (known.title.lower(), known.postcode) == (name.lower(), postcode):
                    return None, known.id
            values: Values = {
                "title": name,
                "address": line(address.get("address_1")),
                "postcode": postcode,
                **_position(location),
                "access_note": " ".join(
                    plain(one.get("description"))[0] for one in location.get("accessibility") or []
                ),
            }
            ids = {id for kind, id in site.documents if kind == "place"}
            return Draft("place", unique(name, ids), name, values), ""
    return None, ""


def _position(location: dict[str, Any]) -> Values:
    try:
        lat, lon = float(location["latitude"]), float(location["longitude"])
    except (KeyError, TypeError, ValueError):
        return {}
    inside = LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]
    return {"latitude": str(lat), "longitude": str(lon)} if inside else {}


def _schedules(schedules: list[Any], today: date) -> tuple[list[Values], list[str]]:
    found, notes = [], []
    for schedule in schedules[:12]:
        days = [day for day in str(schedule.get("byday") or "").split(",") if day in _DAYS]
        ends = _day(schedule.get("valid_to") or schedule.get("until"))
        opens = str(schedule.get("opens_at") or "")[:5].replace(":", ".")
        every = int(schedule.get("interval") or 1)
        if str(schedule.get("freq")).upper() != "WEEKLY" or schedule.get("bymonthday"):
            notes.append("en tid er udeladt: reglen er ikke en ugedag hver uge")
        elif not days or not opens:
            notes.append("en tid er udeladt: ugedag eller klokkeslæt mangler")
        elif ends and ends < today:
            notes.append(f"en tid er udeladt: den sluttede {ends:%d.%m.%Y}")
        else:
            starts = _day(schedule.get("dtstart") or schedule.get("valid_from"))
            closes = str(schedule.get("closes_at") or "")[:5].replace(":", ".")
            found.append(
                {
                    "repeats": "hver uge",
                    "every": every,
                    "weekdays": [_DAYS[day] for day in days],
                    "start": opens,
                    **({"end": closes} if closes > opens else {}),
                    **({"first": starts.isoformat()} if starts and starts.year >= 1990 else {}),
                    **({"last": ends.isoformat()} if ends else {}),
                }
            )
    return found, notes
