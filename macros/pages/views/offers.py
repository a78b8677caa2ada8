"""Activities in lists: a card each, and the calendar of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from macros.data.activity import Activity, Organisation, Place
from macros.language.text import lowfirst
from macros.pages.addresses import EVERYTHING, calendar
from macros.pages.edition import Edition
from macros.when import wording
from macros.when.entry import Entry
from macros.when.recurrence import Occurrence


@dataclass(frozen=True)
class Moment:
    """A time that vanishes when it is over. iso, ends: its start and its end, «» if nobody has
    told; over: when it is over, in seconds since 1970."""

    iso: str
    ends: str
    over: int
    day: str
    hours: str
    cancelled: bool

    @property
    def in_sentence(self) -> str:
        """The day after other words."""
        return lowfirst(self.day)


def moment(one: Occurrence, today: date) -> Moment:
    return Moment(
        one.start.isoformat(timespec="minutes"),
        one.end.isoformat(timespec="minutes") if one.end else "",
        int(one.over.timestamp()),
        wording.day_of(one, today),
        wording.time_of(one),
        one.cancelled,
    )


def moments(times: Iterable[Occurrence], today: date) -> tuple[Moment, ...]:
    return tuple(moment(one, today) for one in times)


@dataclass(frozen=True)
class Badge:
    """What is said of a thing beside its title. quiet: it is no warning."""

    text: str
    quiet: bool = False


def badge(thing: Activity | Organisation | Place) -> Badge | None:
    if thing.example:
        return Badge("Eksempel")
    if isinstance(thing, Activity) and thing.only_cited:
        return Badge("Kun nævnt i en kilde", quiet=True)
    return None


@dataclass(frozen=True)
class Card:
    """An activity in a list. times: those to show, the first of them until it is over; when there
    are none, `untimed` says why. town: its place's postal district. what: in a line. access: icon
    and word. elsewhere: how one takes part without going there. sign: see
    `wording.sign`."""

    address: str
    title: str
    example: bool
    badge: Badge | None
    times: tuple[Moment, ...]
    untimed: str
    called_off: tuple[Moment, ...]
    place: str | None
    town: str | None
    room: str | None
    whose: str | None
    what: str
    terms: tuple[str, ...]
    access: tuple[tuple[str, str], ...]
    elsewhere: str
    id: str
    sign: str


def card(edition: Edition, entry: Entry) -> Card:
    activity = entry.activity
    return Card(
        edition.at("activity", activity.id),
        activity.title,
        activity.example,
        badge(activity),
        moments(entry.firsts, edition.today),
        "Ingen datoer lige nu" if activity.when else "Tid ikke oplyst",
        moments(entry.called_off, edition.today),
        entry.place.title if entry.place else None,
        entry.postcode.label if entry.postcode else None,
        activity.room,
        entry.whose.short_title if entry.whose else None,
        wording.first_sentence(activity.what),
        wording.terms(activity, all=False),
        wording.reach_in(entry.place),
        wording.elsewhere(activity),
        activity.id,
        wording.sign(activity, entry.place),
    )


def cards(edition: Edition, entries: Iterable[Entry]) -> tuple[Card, ...]:
    return tuple(card(edition, entry) for entry in entries)


@dataclass(frozen=True)
class Subscription:
    """A calendar to take or to subscribe to. webcal: «» when nobody knows where it will stand."""

    file: str
    webcal: str


def subscription(
    edition: Edition, kind: str, id: str, entries: Iterable[Entry]
) -> Subscription | None:
    """The calendar of a thing, or with kind «» of everything; None if it holds no times."""
    if not any(entry.activity.when for entry in entries):
        return None
    file = calendar(kind, id) if kind else EVERYTHING
    scheme, colon, rest = edition.whole(file).partition(":")
    return Subscription(file, f"webcal:{rest}" if colon and scheme in ("http", "https") else "")


def any_example(entries: Iterable[Entry]) -> bool:
    return any(entry.activity.example for entry in entries)
