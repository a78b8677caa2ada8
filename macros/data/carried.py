"""Where each field of an activity goes besides its page, its spreadsheet and its schema.

The one place that says so, or that it does not: a field that is missing here fails a test. On the
page, in the spreadsheet and in the schema a field appears by being in the model.
"""

from __future__ import annotations

from dataclasses import dataclass

_WHAT, _WHEN, _WHERE = "Hvad er det?", "Hvornår er det?", "Hvor er det?"
_WHO, _FIRST, _ASK = "Hvem kan være med?", "Hvad sker der første gang?", "Hvem kan man spørge?"
_CHECKED = "Hvem har tjekket, at det passer?"


@dataclass(frozen=True)
class Carried:
    """asked: the form's heading under which it is asked for; None: the editor fills it in.

    linked: schema.org's term for it in the structured data; None: no term says it. taken: the term
    of Open Referral UK that the import makes it of; None: the standard has none.
    """

    asked: str | None
    linked: str | None
    taken: str | None


ACTIVITY = {
    "title": Carried(_WHAT, "name", "name"),
    "what": Carried(_WHAT, "description", "description"),
    "organiser": Carried(_WHAT, "organizer", "organization"),
    "when": Carried(_WHEN, "eventSchedule", "schedules"),
    "place": Carried(_WHERE, "location", "service_at_locations"),
    "room": Carried(_WHERE, None, None),
    "groups": Carried(_WHO, None, None),
    "age_from": Carried(_WHO, "typicalAgeRange", "minimum_age"),
    "age_to": Carried(_WHO, "typicalAgeRange", "maximum_age"),
    "group_note": Carried(_WHO, None, None),
    "residents": Carried(_WHO, None, None),
    "forms": Carried(_WHERE, "eventAttendanceMode", "location_type"),
    "online": Carried(_WHERE, "location", None),
    "languages": Carried(_WHO, "inLanguage", "languages"),
    "places": Carried(_WHO, None, None),
    "notice": Carried(_WHO, None, None),
    "price": Carried(_WHO, "isAccessibleForFree", "fees"),
    "sign_up": Carried(_WHO, None, None),
    "sign_up_note": Carried(_WHO, None, "application_process"),
    "referral": Carried(_WHO, None, None),
    "referral_by": Carried(_WHO, None, None),
    "company": Carried(_WHO, None, None),
    "company_note": Carried(_WHO, None, None),
    "first_visit": Carried(_FIRST, None, None),
    "contact": Carried(_ASK, None, "phones"),  # machines get the organiser's own
    "checked": Carried(_CHECKED, None, "assured_date"),
    # Our own ties and marks: nobody is asked for them, and no other system has them.
    "areas": Carried(None, None, None),
    "ideas": Carried(None, None, None),
    "cite": Carried(None, None, None),
    "expires": Carried(None, "endDate", None),  # of each schedule
    "example": Carried(None, None, None),
}
