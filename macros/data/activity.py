"""What one can take part in: activities, when they are, where, and who is behind them.

Like `model`: frozen, validated, without I/O. Much is optional, for nothing is made up:
what nobody has told is shown as «ikke oplyst».
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from macros.data.kind import Kind
from macros.data.values import (
    AnyCase,
    Cites,
    Clock,
    Day,
    Degrees,
    Digits,
    Email,
    Line,
    Model,
    Passages,
    Phone,
    Price,
    Prose,
    Ref,
    Thing,
    WebAddress,
    YesNo,
    described,
    dial,
    optional,
    several,
)

_Weekday = Literal["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
WEEKDAYS: tuple[str, ...] = get_args(_Weekday)  # in the order of date.weekday()
DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")  # the same in iCalendar (RFC 5545)
MAX_SCHEDULES, MAX_DATES = 12, 400
MAX_IMPORTED = 5_000_000  # bytes of a file that others made
Weekday = Annotated[_Weekday, AnyCase]
Repeats = Annotated[Literal["hver uge", "hver måned", "enkelte dage"], AnyCase]
Which = Annotated[Literal["første", "anden", "tredje", "fjerde", "sidste"], AnyCase]
# Which of a month's days of one name, as iCalendar counts them.
PLACES_IN_MONTH = {"første": 1, "anden": 2, "tredje": 3, "fjerde": 4, "sidste": -1}
SignUp = Annotated[Literal["kom bare", "tilmelding"], AnyCase]
Form = Annotated[Literal["på stedet", "online", "på telefon"], AnyCase]
PlacesLeft = Annotated[Literal["ledige pladser", "få pladser", "venteliste", "fuldt"], AnyCase]
_Group = Literal[
    "alle",
    "børn",
    "unge",
    "voksne",
    "ældre",
    "familier",
    "pårørende",
    "mennesker med handicap",
    "mennesker med psykiske vanskeligheder",
    "mennesker med afhængighed",
]
GROUPS: tuple[str, ...] = get_args(_Group)
Group = Annotated[_Group, AnyCase]
_OrganisationKind = Literal[
    "kommunal enhed",
    "kommunalt tilbud",
    "forening",
    "råd og udvalg",
    "projekt og samarbejde",
    "myndighed",
    "sundhedsvæsen",
    "viden og interesser",
]
OrganisationKind = Annotated[_OrganisationKind, AnyCase]
ORGANISATION_KINDS: tuple[str, ...] = get_args(_OrganisationKind)
# The country's extent; outside it a position is a slip (swapped or mistyped figures).
LATITUDES, LONGITUDES = (54.4, 57.9), (7.9, 15.3)


def wrong(what: str, cure: str) -> PydanticCustomError:
    """What is wrong with a thing as a whole, and its cure."""
    return PydanticCustomError("whole", "{what}", {"what": what, "cure": cure})


def is_example(thing: Thing) -> bool:
    """Whether a thing is made up to show the site (an idea's `example` is something else)."""
    return getattr(thing, "example", False) is True


# --- where ----------------------------------------------------------------------------------


class Located(Thing):
    """A thing with a position on earth (WGS 84, degrees)."""

    latitude: Degrees | None = optional("Breddegrad", "Fx 55,6761. Udfyld begge eller ingen.")
    longitude: Degrees | None = optional("Længdegrad", "Fx 12,5683. Udfyld begge eller ingen.")

    @model_validator(mode="after")
    def _position_is_whole_and_in_denmark(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise wrong(
                "stedet har kun den ene af {latitude} og {longitude}",
                "udfyld begge, eller slet dem",
            )
        if self.latitude is not None and not (
            LATITUDES[0] <= self.latitude <= LATITUDES[1]
            and LONGITUDES[0] <= self.longitude <= LONGITUDES[1]
        ):
            raise wrong(
                f"{self.latitude}, {self.longitude} ligger ikke i Danmark",
                "skriv bredden først (fx 55.6761) og så længden (fx 12.5683)",
            )
        return self


class Postcode(Located):
    """A postal district; its position is about the middle of its town."""

    title: Line = described("By")

    @model_validator(mode="after")
    def _id_is_a_postcode(self) -> Self:
        if not re.fullmatch(r"\d{4}", self.id):
            raise wrong(f"«{self.id}» er ikke et dansk postnummer", "skriv fire cifre, fx 1000")
        return self

    @property
    def label(self) -> str:
        return f"{self.id} {self.title}"


class Place(Located):
    """Where something takes place, and who can get in."""

    title: Line = described("Navn")
    address: Line | None = optional("Adresse", "Vej og nummer.")
    postcode: Annotated[str, Ref("postcode"), Digits] = described("Postnummer")
    directions: Prose | None = optional("Find vej", "Hvilken dør, hvilken etage, hvor er skiltet?")
    transport: Prose | None = optional("Transport", "Bus, tog, parkering.")
    wheelchair: YesNo | None = optional("Kørestol", "Kan man komme ind i kørestol?")
    toilet: YesNo | None = optional("Handicaptoilet")
    hearing_loop: YesNo | None = optional("Teleslynge")
    quiet_place: YesNo | None = optional("Stille sted", "Kan man trække sig tilbage?")
    access_note: Prose | None = optional("Om adgangen")
    example: YesNo = described("Eksempel", "ja: opdigtet, og vises som eksempel.", default=False)


# --- who ------------------------------------------------------------------------------------


class Reach(Model):
    """How to reach those behind an activity."""

    ask_for: Line | None = optional("Spørg efter", "En funktion, fx »frivilligkoordinatoren«.")
    phone: Phone | None = optional("Telefon")
    email: Email | None = optional("Mail")
    website: WebAddress | None = optional("Hjemmeside")

    @property
    def dial(self) -> str:
        return dial(self.phone)


class Organisation(Thing):
    """A department, association, authority or project: named by a source or arranging something."""

    title: Line = described("Navn", "Som i kilden.")
    forms: tuple[Line, ...] = several("Andre navne", "Andre former, navnet står i på siden.")
    kind: OrganisationKind = described("Slags")
    municipality: Annotated[str | None, Ref("municipality")] = optional("Kommune")
    passages: Passages = several("Hvad kilden siger")
    about: Prose | None = optional("Om", "Foreningens egne ord om sig selv.")
    contact: Reach | None = optional("Kontakt")
    calendar: WebAddress | None = optional(
        "Egen kalender", "Adressen på foreningens egen kalender (.ics). Den bliver sammenlignet."
    )
    example: YesNo = described("Eksempel", "ja: opdigtet, og vises som eksempel.", default=False)

    @model_validator(mode="after")
    def _is_told_of(self) -> Self:
        if not self.passages and not self.about:
            raise wrong(
                "hverken {passages} eller {about} er udfyldt",
                "skriv, hvad kilden siger, eller foreningens egne ord",
            )
        return self


# --- when -----------------------------------------------------------------------------------


class Span(Model):
    """A holiday: its first and last day, both included."""

    title: Line = described("Navn", "Fx efterårsferie.")
    first: Day = described("Første dag")
    last: Day = described("Sidste dag")

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.last < self.first:
            raise wrong("ferien slutter, før den begynder", "ret første eller sidste dag")
        return self


class Holidays(Thing):
    """School holidays, in which activities may pause."""

    title: Line = described("Navn")
    spans: tuple[Span, ...] = described("Ferier", min_length=1)
    example: YesNo = described("Eksempel", "ja: opdigtet, og vises som eksempel.", default=False)


class Schedule(Model):
    """When an activity is: a rule or single dates, in Danish time.

    Its terms are those of RFC 5545: `every` is INTERVAL, `weekdays` and `which` are BYDAY,
    `last` is UNTIL, `not_on` is EXDATE. `recurrence` makes days of it.
    """

    repeats: Repeats = described("Gentages")
    every: Annotated[int, Field(ge=1, le=52)] = described(
        "Interval", "1: hver uge eller måned. 2: hver anden.", default=1
    )
    which: Which | None = optional("Hvilken uge i måneden", "Fx første: den første tirsdag.")
    weekdays: tuple[Weekday, ...] = several("Ugedage")
    dates: tuple[Day, ...] = several("Datoer", "Kun ved enkelte dage.", max_length=MAX_DATES)
    start: Clock = described("Starter kl.", "Fx 10.00")
    end: Clock | None = optional("Slutter kl.", "Fx 12.00")
    first: Day | None = optional("Første gang", "Lad feltet stå tomt, hvis det er i gang.")
    last: Day | None = optional("Sidste gang", "Lad feltet stå tomt, hvis det fortsætter.")
    not_on: tuple[Day, ...] = several("Ikke på disse datoer", max_length=MAX_DATES)
    cancelled: tuple[Day, ...] = several(
        "Aflyste datoer", "Vises som aflyst, så ingen går forgæves.", max_length=MAX_DATES
    )
    not_on_public_holidays: YesNo = described("Ikke på helligdage", default=False)
    pauses: Annotated[str | None, Ref("holidays")] = optional("Holder fri i skoleferier")

    @model_validator(mode="after")
    def _is_a_rule(self) -> Self:
        if fault := _rule_fault(self):
            raise wrong(*fault)
        return self


def _rule_fault(when: Schedule) -> tuple[str, str] | None:
    """What keeps a schedule from meaning something, and the cure; None when all is well."""
    if when.repeats == "enkelte dage":
        if not when.dates:
            return "datoerne mangler i {dates}", "skriv dem, fx 2026-12-01"
        if when.weekdays or when.which or when.every != 1:
            return (
                "enkelte dage kan ikke også have en ugedag eller et «hver anden»",
                "slet {weekdays}, {which} og {every}, eller vælg hver uge eller hver måned",
            )
    else:
        if not when.weekdays:
            return "ugedagen mangler i {weekdays}", "skriv den, fx tirsdag"
        if when.dates:
            return (
                "{dates} kan kun bruges ved enkelte dage",
                "slet datoerne, eller skriv {repeats: enkelte dage}",
            )
        if (when.which is None) == (when.repeats == "hver måned"):
            what = "hver måned kræver" if when.which is None else "hver uge kan ikke have"
            return (
                f"{what} {{which}}",
                "skriv fx {which: første}, eller vælg hver uge",
            )
        if when.every > 1 and when.first is None:
            return (
                f"hver {when.every}. gang kan ikke tælles uden {{first}}",
                "skriv datoen for den første gang",
            )
        if when.every > 1 and (name := WEEKDAYS[when.first.weekday()]) not in when.weekdays:
            return (
                f"første gang er en {name}, men ugedagen er {when.weekdays[0]}",
                "ret datoen i {first} eller ugedagen",
            )
    if when.end is not None and when.end <= when.start:
        return "sluttiden ligger ikke efter starttiden", "ret tiderne; begge er på samme dag"
    if when.first and when.last and when.last < when.first:
        return "sidste gang ligger før første gang", "ret den ene dato"
    return None


# --- what -----------------------------------------------------------------------------------


class FirstVisit(Model):
    """What one wants to know before daring to go."""

    met_by: Prose | None = optional("Hvem tager imod dig")
    happens: Prose | None = optional("Hvad sker der")
    bring: Prose | None = optional("Hvad skal man have med")
    may_watch: YesNo | None = optional("Må man bare se på")


class Checked(Model):
    """When someone last made sure that what stands here is right."""

    date: Day = described("Tjekket dato")
    by: Line = described("Tjekket af", "En enhed eller forening, ikke en person.")


class Activity(Thing):
    """Something one can take part in."""

    title: Line = described("Navn", "Fx »Gåtur for begyndere«.")
    what: Prose = described("Beskrivelse", "Korte sætninger. Sig »du«.")
    organiser: Annotated[str, Ref("organisation")] = described("Arrangør")
    place: Annotated[str | None, Ref("place")] = optional("Sted")
    room: Line | None = optional("Lokale", "Fx »Sal 2, 1. sal«.")
    when: tuple[Schedule, ...] = several("Tid", max_length=MAX_SCHEDULES)
    groups: tuple[Group, ...] = several("Hvem er det for")
    age_from: Annotated[int, Field(ge=0, le=120)] | None = optional("Fra alder")
    age_to: Annotated[int, Field(ge=0, le=120)] | None = optional("Til alder")
    group_note: Prose | None = optional("Mere om deltagerne")
    residents: YesNo | None = optional("Kun for kommunens borgere", "ja eller nej.")
    forms: tuple[Form, ...] = several(
        "Sådan er man med", "på stedet, online eller på telefon. Tomt: på stedet."
    )
    online: WebAddress | None = optional("Adresse online", "Hvor man er med online.")
    languages: tuple[Line, ...] = several("Sprog", "Dem, der bliver talt, fx dansk; arabisk.")
    places: PlacesLeft | None = optional("Pladser", "Ledige pladser, få pladser …")
    notice: Line | None = optional("Sig til i så god tid", "Fx »dagen før kl. 12«.")
    price: Price | None = optional("Pris", "Fx »gratis« eller »40 kr. pr. gang«.")
    sign_up: SignUp | None = optional("Tilmelding", "kom bare eller tilmelding.")
    sign_up_note: Prose | None = optional("Sådan melder du dig til")
    referral: YesNo | None = optional("Skal man have henvisning", "ja eller nej.")
    referral_by: Line | None = optional("Hvem giver henvisningen", "Fx »din sagsbehandler«.")
    company: YesNo | None = optional("Må man tage en med")
    company_note: Prose | None = optional("Hvem må man tage med")
    first_visit: FirstVisit | None = optional("Første gang")
    contact: Reach | None = optional("Kontakt", "Tomt: arrangørens.")
    areas: tuple[Annotated[str, Ref("area")], ...] = several(
        "Fokusområder", "De områder, aktiviteten støtter. Koblingen er redaktionens."
    )
    ideas: tuple[Annotated[str, Ref("idea")], ...] = several("Idéer")
    cite: Cites = several("Kilde", "Hvis en kilde nævner tilbuddet: kilde-id/afsnit-id.")
    checked: Checked | None = optional("Tjekket")
    expires: Day | None = optional("Vises til", "Efter denne dag er aktiviteten ikke på listen.")
    example: YesNo = described("Eksempel", "ja: opdigtet, og vises som eksempel.", default=False)

    @model_validator(mode="after")
    def _rests_on_something(self) -> Self:
        if not self.cite and self.checked is None:
            raise wrong(
                "aktiviteten har hverken kilde eller tjek",
                "skriv i {checked}, hvornår og af hvem den er tjekket",
            )
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise wrong("{age_to} er lavere end {age_from}", "byt om på tallene")
        if self.online and "online" not in self.forms:
            raise wrong(
                "der står en adresse online, men ikke at man kan være med online",
                "skriv online i {forms}, eller slet {online}",
            )
        if self.referral_by and not self.referral:
            raise wrong(
                "der står, hvem der henviser, men ikke at det kræver henvisning",
                "skriv {referral: ja}, eller slet {referral_by}",
            )
        return self

    @property
    def only_cited(self) -> bool:
        """Whether nobody but a source has told of it."""
        return self.checked is None

    @property
    def free(self) -> bool | None:
        """Whether it costs nothing; None when nobody has told."""
        return None if self.price is None else self.price == "gratis"

    @property
    def remote(self) -> tuple[str, ...]:
        """How one takes part without going there."""
        return tuple(form for form in self.forms if form != "på stedet")

    @property
    def known_since(self) -> date:
        """The day the data was last vouched for: the calendars' DTSTAMP."""
        return self.checked.date if self.checked else date(2000, 1, 1)


ACTIVITY = Kind("activity", Activity, "activities/*", "aktivitet")
KINDS = (
    Kind("organisation", Organisation, "organisations/*", "organisation"),
    Kind("postcode", Postcode, "postcodes/*", "postnummer"),
    Kind("place", Place, "places/*", "sted"),
    Kind("holidays", Holidays, "holidays/*", "ferieplan"),
    ACTIVITY,
)
