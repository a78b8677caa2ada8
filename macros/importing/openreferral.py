"""Open Referral UK (HSDS-UK 3) JSON -> drafts: services become activities.

The terms left of the colon below are the standard's; see docs.openreferraluk.org, «service».
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from babel import Locale

from macros.data.activity import DAY_CODES, LATITUDES, LONGITUDES, MAX_SCHEDULES, WEEKDAYS
from macros.data.site import Site
from macros.data.values import is_email
from macros.importing.clean import line, plain
from macros.importing.draft import Draft, ImportStopped, Skipped, Values, unique

MAX_SERVICES = 1_000
_DAYS = dict(zip(DAY_CODES, WEEKDAYS, strict=True))
# What a service can hold that an activity has no room for.
_NOT_TAKEN = {
    "accreditations": "godkendelser",
    "alert": "besked",
    "eligibility_description": "betingelser",
    "funding": "finansiering",
    "service_areas": "område",
    "attributes": "emneord",
    "cost_options": "priser",
}


def drafts(
    raw: bytes, site: Site, organiser: str, today: date
) -> tuple[list[Draft], list[Skipped]]:
    """The services of a file: one service, a list of them, or a page of an API's answer.

    Each knows who is behind it, so `organiser` is not asked.
    """
    taken: list[Draft] = []
    skipped: list[Skipped] = []
    new = _New(site)
    for service in _services(raw):
        name = "(uden navn)"
        try:
            name = line(service["name"]) or name
            taken.append(_draft(service, name, new, today))
        except _Skip as why:
            skipped.append(Skipped(name, str(why)))
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            skipped.append(Skipped(name, "den følger ikke Open Referral UK og kan ikke læses"))
    return taken, skipped


class _Skip(Exception):
    """Why a service cannot be taken."""


def _services(raw: bytes) -> list[Any]:
    try:
        whole = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise ImportStopped(
            "filen er ikke gyldig JSON i UTF-8", "hent den igen fra systemet, den kommer fra"
        ) from None
    listed = list(_listed(whole))
    if not listed:
        raise ImportStopped("filen har ingen tilbud (services)", "vælg en anden fil")
    if len(listed) > MAX_SERVICES:
        raise ImportStopped(f"filen har flere end {MAX_SERVICES} tilbud", "del den op")
    told = [one for one in listed if isinstance(one, dict)]
    if told and not any("organization" in one for one in told):
        names = ", ".join(list(dict.fromkeys(key for one in told[:20] for key in one))[:6])
        raise ImportStopped(
            "filen er ikke tilbud efter Open Referral UK: «organization» mangler "
            f"(den har {names})",
            "bed om tilbuddene med deres organisation (services i Open Referral UK 3)",
        )
    return listed


def _listed(whole: Any) -> Iterator[Any]:
    """The services of a file's whole content: an organisation's own services know it by name."""
    if isinstance(whole, list):
        for one in whole:
            yield from _listed(one) if isinstance(one, dict) and "services" in one else [one]
        return
    if not isinstance(whole, dict):
        return
    for key in ("contents", "content"):
        if key in whole:
            yield from _listed(whole[key])
            return
    if "services" not in whole:
        yield whole
        return
    own = {key: value for key, value in whole.items() if key != "services"}
    for one in whole["services"] if isinstance(whole["services"], list) else []:
        yield {"organization": own, **one} if isinstance(one, dict) and own.get("name") else one


def _draft(service: dict[str, Any], name: str, new: _New, today: date) -> Draft:
    if not re.search(r"\w", name):
        raise _Skip("den har ikke noget navn")
    if service.get("status") not in (None, "active"):
        raise _Skip(f"den er ikke i gang («{line(service['status'])}»)")
    organiser, needs = new.organisation(service.get("organization"))
    what, notes = plain(service.get("description"))
    place, known = new.place(service)
    when, more = _schedules(service.get("schedules") or [], today)
    checked = _day(service.get("assured_date") or service.get("last_modified"))
    if checked is None:
        notes.append("ingen har tjekket den (assured_date): datoen i dag er brugt")
    elif (today - checked).days > 365:
        notes.append(f"den er sidst tjekket {checked:%d.%m.%Y}: vises ikke, før nogen tjekker den")
    contact, dropped = _reach(service)
    values: Values = {
        "title": name,
        "what": what or name,
        "organiser": organiser,
        "place": place.id if place else known,
        "when": when,
        "age_from": _age(service.get("minimum_age")),
        "age_to": _age(service.get("maximum_age")),
        "languages": _languages(service),
        "forms": _forms(service, bool(place or known)),
        "price": line(service.get("fees") or service.get("fees_description")),
        "sign_up_note": plain(service.get("application_process"))[0],
        "contact": contact,
        "checked": {"date": (checked or today).isoformat(), "by": _by(service)},
    }
    notes += [*dropped, *more]
    if not values["place"] and not values["forms"] and service.get("service_at_locations"):
        notes.append("stedet er udeladt: det har ikke et dansk postnummer, siden kender")
    left = [danish for key, danish in _NOT_TAKEN.items() if service.get(key)]
    if left:
        notes.append(f"der er ikke plads til: {', '.join(left)}")
    draft = Draft("activity", new.activity_id(name), name, values, notes)
    draft.needs = [*needs, *([place] if place else [])]
    return draft


def _languages(service: dict[str, Any]) -> list[str]:
    """The languages spoken, in Danish; by their name, or their code (ISO 639)."""
    known = Locale("da").languages
    told = service.get("languages") or []
    names = (line(one.get("name")) or known.get(str(one.get("code") or "").lower()) for one in told)
    return list(dict.fromkeys(filter(None, names)))


def _forms(service: dict[str, Any], there: bool) -> list[str]:
    """How one takes part: nothing is said of what only takes place somewhere."""
    locations = [at.get("location") or {} for at in service.get("service_at_locations") or []]
    if not any(location.get("location_type") == "virtual" for location in locations):
        return []
    return ["på stedet", "online"] if there else ["online"]


def _age(value: object) -> int | None:
    whole = isinstance(value, (int, float)) and not isinstance(value, bool) and value == value // 1
    return int(value) if whole and 0 <= value <= 120 else None  # type: ignore[arg-type]


def _by(service: dict[str, Any]) -> str:
    return line((service.get("organization") or {}).get("name")) or "Kilden"


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)[:10])
    except ValueError:
        return None


def _reach(thing: dict[str, Any]) -> tuple[Values, list[str]]:
    """Telephone, e-mail and website, as far as they are such; and what was dropped."""
    phones = thing.get("phones") or []
    phones = [phones] if isinstance(phones, dict) else phones
    number = str(phones[0].get("number") or "") if phones else ""
    digits = re.sub(r"^(45|0045)(?=\d{8}$)", "", re.sub(r"\D", "", number))
    email, website = (str(thing.get(name) or "") for name in ("email", "url"))
    website = website or str(thing.get("website") or "")
    values = {
        "phone": digits if len(digits) == 8 else None,
        "email": email if is_email(email) else None,
        "website": website if re.fullmatch(r"https?://[^\s\"'<>]+", website) else None,
    }
    dropped = (
        ["telefonnummeret er udeladt: det er ikke dansk"] if number and len(digits) != 8 else []
    )
    return {name: value for name, value in values.items() if value}, dropped


class _New:
    """What the file adds to a site: each organisation and place once, ids that are free."""

    def __init__(self, site: Site):
        self._site = site
        self._ids: dict[str, set[str]] = {}
        for kind, id in site.documents:
            self._ids.setdefault(kind, set()).add(id)
        self._drafts: dict[tuple[str, ...], Draft] = {}
        self._activities: set[str] = set()

    def activity_id(self, name: str) -> str:
        """The name's own id even if it is taken on the site: then it is the same service."""
        id = unique(name, self._activities)
        self._activities.add(id)
        return id

    def _draft(self, kind: str, key: tuple[str, ...], values: Values) -> Draft:
        if (kind, *key) not in self._drafts:
            id = unique(values["title"], self._ids.setdefault(kind, set()))
            self._ids[kind].add(id)
            self._drafts[kind, *key] = Draft(kind, id, values["title"], values)
        return self._drafts[kind, *key]

    def organisation(self, told: Any) -> tuple[str, list[Draft]]:
        """The id of a known organisation, or of a new one with its draft."""
        name = line((told or {}).get("name"))
        if not name:
            raise _Skip("den har ingen organisation")
        for known in self._site.organisations:
            if known.title.lower() == name.lower():
                return known.id, []
        about = plain(told.get("description"))[0] or name
        contact, _ = _reach(told)
        values = {"title": name, "kind": "forening", "about": about, "contact": contact}
        draft = self._draft("organisation", (name,), values)
        return draft.id, [draft]

    def place(self, service: dict[str, Any]) -> tuple[Draft | None, str | None]:
        """A new place, or the id of a known one, or neither."""
        postcodes = {town.id for town in self._site.postcodes}
        for at in service.get("service_at_locations") or []:
            location = at.get("location") or {}
            name = line(location.get("name"))
            for address in location.get("addresses") or []:
                postcode = str(address.get("postal_code") or "").strip()
                if postcode not in postcodes or not name:
                    continue
                for known in self._site.places:
                    if (known.title.lower(), known.postcode) == (name.lower(), postcode):
                        return None, known.id
                street = line(address.get("address_1"))
                notes = [plain(one.get("description"))[0]
                         for one in location.get("accessibility") or []]  # fmt: skip
                values: Values = {
                    "title": name,
                    "address": street,
                    "postcode": postcode,
                    **_position(location),
                    "access_note": " ".join(notes),
                }
                return self._draft("place", (name, street, postcode), values), None
        return None, None


def _position(location: dict[str, Any]) -> Values:
    try:
        lat, lon = float(location["latitude"]), float(location["longitude"])
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return {}
    inside = LATITUDES[0] <= lat <= LATITUDES[1] and LONGITUDES[0] <= lon <= LONGITUDES[1]
    return {"latitude": str(lat), "longitude": str(lon)} if inside else {}


def _schedules(schedules: list[Any], today: date) -> tuple[list[Values], list[str]]:
    """The times that a schedule can say, and why the others are left out."""
    taken, notes = [], []
    for schedule in schedules[:MAX_SCHEDULES]:
        days = [day.strip() for day in str(schedule.get("byday") or "").upper().split(",")]
        ends = _day(schedule.get("valid_to") or schedule.get("until"))
        opens, closes = (_clock(schedule.get(name)) for name in ("opens_at", "closes_at"))
        every = schedule.get("interval") or 1
        if str(schedule.get("freq")).upper() != "WEEKLY" or schedule.get("bymonthday"):
            notes.append("en tid er udeladt: reglen er ikke en ugedag hver uge")
        elif schedule.get("count") or every not in range(1, 53):
            notes.append("en tid er udeladt: antallet af gange kan ikke vises")
        elif not set(days) <= set(_DAYS) or opens is None:
            notes.append("en tid er udeladt: ugedag eller klokkeslæt mangler")
        elif ends and ends < today:
            notes.append(f"en tid er udeladt: den sluttede {ends:%d.%m.%Y}")
        else:
            starts = _day(schedule.get("dtstart") or schedule.get("valid_from"))
            taken.append(
                {
                    "repeats": "hver uge",
                    "every": every,
                    "weekdays": [_DAYS[day] for day in days],
                    "start": f"{opens:%H.%M}",
                    **({"end": f"{closes:%H.%M}"} if closes and closes > opens else {}),
                    **({"first": starts.isoformat()} if starts and starts.year >= 1990 else {}),
                    **({"last": ends.isoformat()} if ends else {}),
                }
            )
    if len(schedules) > MAX_SCHEDULES:
        notes.append(f"kun de første {MAX_SCHEDULES} tider er taget med")
    return taken, notes


def _clock(text: object) -> time | None:
    match = re.fullmatch(r"(\d{1,2}):(\d\d)(:\d\d.*)?", str(text or ""))
    try:
        return time(int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None
