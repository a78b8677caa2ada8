"""Activities in Danish words: when, for whom, at what price; what is not told says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache

from macros.data.activity import WEEKDAYS, Activity, Place, Schedule, is_example
from macros.data.site import Site
from macros.data.values import Thing
from macros.language.text import join, lowfirst, upfirst
from macros.when.entry import Entry
from macros.when.recurrence import Occurrence, rule_days
from macros.work import digest

NOT_TOLD = "Ikke oplyst"
_YEAR = timedelta(days=366)
_MANY = 6  # dates that one sentence can hold


@cache
def every(months: int) -> str:
    """How often: «hvert år», «hver 4. måned»."""
    years, rest = divmod(months, 12)
    if not rest:
        return "hvert år" if years == 1 else f"hvert {years}. år"
    return {1: "hver måned", 3: "hvert kvartal", 6: "hvert halve år"}.get(
        months, f"hver {months}. måned"
    )


@cache  # lists say the same few days thousands of times
def day(of: date, pattern: str = "d. MMMM y") -> str:
    """A date in Danish: «1. december 2026»; patterns are those of Unicode's CLDR."""
    from babel.dates import format_date  # only pages need it, and it is slow to import

    return format_date(of, pattern, locale="da")


def weekday_and_day(of: date, year: bool = False) -> str:
    """«tirsdag 1. december»."""
    return day(of, "EEEE d. MMMM y" if year else "EEEE d. MMMM")


def clock(at: time) -> str:
    """«10» or «10.30»."""
    return f"{at.hour}.{at.minute:02}" if at.minute else str(at.hour)


def hours(start: time, end: time | None) -> str:
    """«kl. 10–12.30», or «kl. 10» when nobody has told when it ends."""
    return f"kl. {clock(start)}" + (f"–{clock(end)}" if end else "")


def time_of(one: Occurrence) -> str:
    """«kl. 10–12»."""
    return hours(one.start.time(), one.end.time() if one.end else None)


def day_of(one: Occurrence, today: date) -> str:
    """«Tirsdag 1. december», with the year when it is another than today's."""
    return upfirst(weekday_and_day(one.day, one.day.year != today.year))


def rule(when: Schedule) -> str:
    """A schedule's rule: «Hver anden tirsdag kl. 10–12», «Den første mandag i måneden kl. 19»."""
    times = hours(when.start, when.end)
    if when.repeats == "enkelte dage":
        dates = sorted(set(when.dates) - set(when.not_on))
        if len(dates) > _MANY:
            return f"{len(dates)} gange fra {day(dates[0])} til {day(dates[-1])} {times}"
        days = [day(one) + (" (aflyst)" if one in when.cancelled else "") for one in dates]
        return f"{join(days)} {times}"
    names = join(sorted(set(when.weekdays), key=WEEKDAYS.index))
    if when.repeats == "hver uge":
        often = {1: "Hver", 2: "Hver anden"}.get(when.every, f"Hver {when.every}.")
        if when.every > 1 and len(when.weekdays) > 1:
            return f"{often} uge: {names} {times}"
        return f"{often} {names} {times}"
    often = {1: "i måneden", 2: "hver anden måned"}.get(when.every, f"hver {when.every}. måned")
    return f"Den {when.which} {names} {often} {times}"


def limits(site: Site, when: Schedule, today: date) -> tuple[str, ...]:
    """What bounds a schedule, a sentence each; what lies behind us is left out."""
    sentences = []
    held = when.repeats != "enkelte dage"
    if held and when.first and when.first > today:
        begins = next(rule_days(when, when.first, when.first + _YEAR), when.first)
        sentences.append(f"Begynder {day(begins)}.")
    if held and when.last and when.last >= today:
        ends = max(rule_days(when, when.last - _YEAR, when.last), default=when.last)
        sentences.append(f"Sidste gang er {day(ends)}.")
    if when.not_on_public_holidays:
        sentences.append("Ikke på helligdage.")
    if when.pauses:
        plan = site.holidays[when.pauses]
        ahead = [span for span in plan.spans if span.last >= today]
        coming = join([f"{s.title} {span(s.first, s.last)}" for s in ahead[:2]])
        sentences.append(f"Holder fri i skoleferierne{f': {coming}' if coming else ''}.")
    if missing := [one for one in sorted(when.not_on) if one >= today]:
        sentences.append(f"Holder lukket {join([day(one, 'd. MMMM') for one in missing])}.")
    return tuple(sentences)


def span(first: date, last: date) -> str:
    """«19. december 2026 til 3. januar 2027», without what both have in common."""
    if first == last:
        return day(first)
    pattern = "d. MMMM y" if first.year != last.year else "d. MMMM"
    return f"{day(first, pattern)} til {day(last)}"


def ages(activity: Activity) -> str:
    """«13–17 år», «fra 18 år», «til og med 25 år»; nothing when it is for every age."""
    low, high = activity.age_from, activity.age_to
    if low is not None and high is not None:
        return f"{low}–{high} år"
    if low is not None:
        return f"fra {low} år"
    return f"til og med {high} år" if high is not None else ""


def yes_no(value: bool | None) -> str:
    return NOT_TOLD if value is None else "Ja" if value else "Nej"


@dataclass(frozen=True)
class Fact:
    """A question and its answer. told: whether there is one. note: what was said besides.
    asked: the question after «Vi ved ikke», where it is said that nobody has told."""

    name: str
    answer: str
    note: str | None = None
    asked: str = ""

    @property
    def sentence(self) -> str:
        """The answer, and the note after it as a sentence of its own."""
        dot = "" if self.answer.endswith(".") else "."
        return f"{self.answer}{dot} {self.note}" if self.note else self.answer

    @property
    def told(self) -> bool:
        return self.answer != NOT_TOLD


def facts(activity: Activity) -> tuple[Fact, ...]:
    """What one asks before going; every question is there, told or not."""
    whom = upfirst(", ".join(filter(None, (join(activity.groups), ages(activity)))))
    signs = {"kom bare": "Nej, du kommer bare", "tilmelding": "Ja"}
    referral = yes_no(activity.referral)
    if activity.referral and activity.referral_by:
        referral = f"Ja. Du får den af {lowfirst(activity.referral_by)}"
    return (
        Fact("Hvem er det for?", whom or NOT_TOLD, activity.group_note, "hvem det er for"),
        Fact("Hvad koster det?", upfirst(activity.price or NOT_TOLD), None, "hvad det koster"),
        Fact(
            "Skal du melde dig til?",
            signs.get(activity.sign_up or "", NOT_TOLD),
            activity.sign_up_note,
            "om du skal melde dig til",
        ),
        Fact("Skal du have en henvisning?", referral, None, "om du skal have en henvisning"),
        Fact(
            "Må du tage en med?",
            yes_no(activity.company),
            activity.company_note,
            "om du må tage en med",
        ),
        *_further(activity),
    )


def _further(activity: Activity) -> Iterator[Fact]:
    """What only some activities have a reason to tell: no question where there is no answer."""
    if activity.forms:
        yield Fact("Hvordan er du med?", upfirst(join(activity.forms)))
    if activity.places:
        yield Fact("Er der plads?", upfirst(activity.places))
    if activity.notice:
        yield Fact("Hvornår skal du sige til?", upfirst(activity.notice))
    if activity.languages:
        yield Fact("Hvilke sprog bliver der talt?", upfirst(join(activity.languages)))
    if activity.residents is not None:
        yield Fact("Skal du bo i kommunen?", yes_no(activity.residents))


def elsewhere(activity: Activity) -> str:
    """How one takes part without going there: «Online eller på telefon»; «» if one must go."""
    return upfirst(join(activity.remote, "eller"))


def terms(activity: Activity, all: bool = True) -> tuple[str, ...]:
    """What one asks first, in a word or two each: price, signing up, whether there is room. all:
    the good news that one can choose by too."""
    signs = {"kom bare": "Kom bare", "tilmelding": "Tilmelding"}
    told = (
        upfirst(activity.price or ""),
        signs.get(activity.sign_up or "", ""),
        "Med henvisning" if activity.referral else "",
        upfirst(activity.places or ""),
        "Uden henvisning" if all and activity.referral is False else "",
        "Du må tage en med" if all and activity.company else "",
    )
    return tuple(filter(None, told))


def sign(activity: Activity, place: Place | None) -> str:
    """What tells an activity's times, place and terms from others: three signs each, so that an old
    list can say what has changed."""
    who = activity.contact and (activity.contact.phone, activity.contact.email)
    parts = (
        [(rule(when), when.first, when.last, when.not_on) for when in activity.when],
        (place and (place.title, place.address, place.postcode), activity.room, activity.online),
        (activity.price, activity.sign_up, activity.referral, activity.places, who),
    )
    return "".join(digest.of(part)[:3] for part in parts)


def reach_in(place: Place | None) -> tuple[tuple[str, str], ...]:
    """What makes a place open to more, as far as it is told: the icon, and the word beside it."""
    if place is None:
        return ()
    ways = (
        (place.wheelchair, "wheelchair-accessibility", "Kørestol"),
        (place.toilet, "human-wheelchair", "Handicaptoilet"),
        (place.hearing_loop, "ear-hearing-loop", "Teleslynge"),
        (place.quiet_place, "meditation", "Stille sted"),
    )
    return tuple((icon, word) for there, icon, word in ways if there)


def first_sentence(text: str, most: int = 120) -> str:
    """What it is in a line: the first sentence, cut between words where it is long."""
    sentence = re.split(r"(?<=[.!?])\s", text.strip(), maxsplit=1)[0]
    if len(sentence) <= most:
        return sentence
    return f"{sentence[:most].rsplit(' ', 1)[0].rstrip(' ,;:–')} …"


def access(place: Place) -> tuple[Fact, ...]:
    """Who can get in, and how."""
    return (
        Fact("Kan man komme ind i kørestol?", yes_no(place.wheelchair)),
        Fact("Er der handicaptoilet?", yes_no(place.toilet)),
        Fact("Er der teleslynge?", yes_no(place.hearing_loop)),
        Fact("Er der et stille sted?", yes_no(place.quiet_place)),
    )


def untold(activity: Activity) -> str:
    """What nobody has told, as the end of «Vi ved ikke …»; nothing when all is told."""
    missing = [
        *(["hvornår det er"] if not activity.when else []),
        *(["hvad der sker første gang"] if not activity.first_visit else []),
        *(fact.asked for fact in facts(activity) if not fact.told),
    ]
    return join(missing, "eller")


def titled(thing: Thing) -> str:
    """The title with the mark that an example carries wherever it goes."""
    return f"Eksempel: {thing.title}" if is_example(thing) else thing.title


def gone(entry: Entry, today: date) -> str:
    """Why an activity is not listed any more."""
    activity = entry.activity
    if activity.expires and activity.expires < today:
        return f"Den sluttede {day(activity.expires)}."
    if entry.state == "væk" and activity.checked:
        checked = day(activity.checked.date)
        return f"Ingen har tjekket den siden {checked}. Spørg arrangøren, om den stadig findes."
    return "Der er ikke flere datoer."


def address(site: Site, place: Place) -> str:
    """«Eksempelvej 1, 1000 Byen» on one line."""
    return ", ".join(address_lines(site, place))


def address_lines(site: Site, place: Place) -> tuple[str, ...]:
    return tuple(filter(None, (place.address, site.postcode(place.postcode).label)))


def geo(site: Site, place: Place) -> str:
    """A link that opens the phone's own map (RFC 5870, with the query that Android reads)."""
    from urllib.parse import quote

    named = quote(f"{place.title}, {address(site, place)}")
    if place.latitude is None:
        return f"geo:0,0?q={named}"
    return f"geo:{place.latitude},{place.longitude}?q={named}"


def paragraphs(text: str | Iterable[str]) -> tuple[str, ...]:
    """A text's paragraphs, one to a line."""
    lines = text.splitlines() if isinstance(text, str) else text
    return tuple(line for line in (piece.strip() for piece in lines) if line)
