"""What the finder's form offers: each value one can choose, and how many it leads to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import lru_cache
from operator import attrgetter

from macros.data.activity import WEEKDAYS
from macros.language.text import slug
from macros.pages.addresses import ACTIVITIES, CORRECT, FOR_ASSOCIATIONS, SUGGEST
from macros.pages.edition import Edition
from macros.pages.listings import Way, ways
from macros.pages.page import Page
from macros.pages.views.offers import Subscription, any_example, subscription
from macros.pages.views.text import Shown
from macros.pages.weeks import WEEK
from macros.when.entry import DAY_PARTS, FLAGS, NAMED, PARTS_END, Entry
from macros.when.programme import Programme
from macros.when.recurrence import at

FIRST_FLAGS = 6  # in sight; the rest is folded away
QUICK_DAYS = 2  # of the days, those one press away: today, and the next seven
WORKDAYS = "hverdage"
NEAR = 40  # km that «near» means, if nothing else is asked for
DISTANCES = (5, 10, 20)


@dataclass(frozen=True)
class Choice:
    """A value one can choose: its word in the address, its name, and how many it leads to. town:
    what a town is called without its postcode."""

    value: str
    name: str
    count: int
    town: str = ""


@dataclass(frozen=True)
class Choices:
    """All that one can choose by. areas: under their strategy's short title. quick: what most ask
    for: the field, its value, its name."""

    days: tuple[Choice, ...]
    parts: tuple[Choice, ...]
    towns: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    areas: tuple[tuple[str, tuple[Choice, ...]], ...]
    flags: tuple[Choice, ...]
    more_flags: tuple[Choice, ...]
    municipalities: tuple[Choice, ...]
    quick: tuple[tuple[str, str, str], ...]
    distances: tuple[int, ...] = DISTANCES
    near: int = NEAR

    @property
    def example(self) -> str:
        """A postcode to show how it is written; «» without any."""
        return self.towns[0].value if self.towns else ""


@lru_cache(maxsize=2)
def choices(programme: Programme) -> Choices:
    today, week = programme.today, programme.today + timedelta(days=6)
    noon, evening = PARTS_END
    names = (f"før kl. {noon}", f"kl. {noon} til {evening}", f"efter kl. {evening}")
    flags = programme.counts("flags", attrgetter("flags"))
    parts = programme.counts("parts", attrgetter("parts"))
    saturday = 5
    workdays = programme.counts("workdays", lambda one: {day < saturday for day, _ in one.slots})

    def held_by(day: date) -> int:
        """How many are held once from today until that day."""
        end = at(day + timedelta(days=1), time()).timestamp()
        return bisect_left(programme.entries, end, key=attrgetter("soonest"))

    days = (
        Choice("i-dag", "I dag", held_by(today)),
        Choice("7-dage", "De næste 7 dage", held_by(week)),
        Choice(WORKDAYS, "Hverdage (mandag–fredag)", workdays[True]),
        *(Choice(slug(name), name, len(programme.on(name))) for name in WEEKDAYS),
    )
    free, *_ = FLAGS
    told = tuple(Choice(word, name, flags[word]) for word, name, _ in FLAGS if flags[word])
    return Choices(
        days=days,
        quick=(
            *(("dag", day.value, day.name) for day in days[:QUICK_DAYS]),
            (free[0], "ja", free[1]),
        ),
        parts=tuple(
            Choice(part, f"Starter {name}", parts[part])
            for part, name in zip(DAY_PARTS, names, strict=True)
        ),
        towns=tuple(Choice(t.id, t.label, len(entries), t.title) for t, entries in programme.towns),
        groups=tuple(
            Choice(slug(name), name, len(programme.groups.get(name, ()))) for name in NAMED
        ),
        areas=_areas(programme),
        flags=told[:FIRST_FLAGS],
        more_flags=told[FIRST_FLAGS:],
        municipalities=tuple(
            Choice(one.id, one.title, len(entries)) for one, entries in programme.municipalities
        ),
    )


def _areas(programme: Programme) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    by_strategy: dict[str, list[Choice]] = {}
    for area, entries in programme.areas:
        name = programme.site.strategy(area.strategy).short_title
        by_strategy.setdefault(name, []).append(Choice(area.id, area.short_title, len(entries)))
    return tuple((name, tuple(choices)) for name, choices in by_strategy.items())


def chosen(programme: Programme) -> Iterator[tuple[str, str, str, tuple[Entry, ...]]]:
    """What one may want a calendar of beside places: kind and id of the calendar, its name, and
    what is in it."""
    word, *_ = FLAGS[0]
    if entries := tuple(entry for entry in programme.entries if word in entry.flags):
        yield "flag", word, "Gratis aktiviteter", entries
    for name in NAMED:
        if entries := programme.groups.get(name):
            yield "group", slug(name), f"Aktiviteter for {name}", entries


ON_PAGE = 20  # cards that the script shows at a time
FIRST_CARDS = 6  # cards on the page itself, before any script


@dataclass(frozen=True)
class ListLink:
    """A link to a list, and how many are on it."""

    address: str
    name: str
    count: int


def _list_link(edition: Edition, way: Way) -> ListLink:
    return ListLink(edition.at("listing", way.id), way.name, way.count)


@dataclass(frozen=True, kw_only=True)
class Finder(Shown):
    """entries: the first; more: whether there are others. ways: the lists, under what they are
    sorted by. site: the page's whole address, «» if unknown. Then pages to go on to, where they
    are."""

    choices: Choices
    count: int
    entries: tuple[Entry, ...]
    more: bool
    any_example: bool
    ways: tuple[tuple[str, tuple[ListLink, ...]], ...]
    week: str | None
    subscription: Subscription | None
    calendars: tuple[tuple[str, Subscription], ...]
    ask: str | None
    suggest: str | None
    associations: str | None
    correct: str | None
    site: str


@dataclass(frozen=True, kw_only=True)
class MyList(Shown):
    finder: str | None
    week: str | None


def my_list(edition: Edition, page: Page) -> MyList:
    """One's own list: a script fills it with what the address says."""
    week = edition.there(f"{ACTIVITIES}{WEEK}/")
    return MyList(page=page, finder=edition.there(ACTIVITIES), week=week)


def finder(edition: Edition, page: Page) -> Finder:
    programme = edition.programme
    return Finder(
        page=page,
        choices=choices(programme),
        count=len(programme.entries),
        entries=programme.entries[:FIRST_CARDS],
        more=len(programme.entries) > FIRST_CARDS,
        any_example=any_example(programme.entries),
        ways=tuple(
            (name, tuple(_list_link(edition, way) for way in lists))
            for name, lists in ways(programme)
            if lists
        ),
        week=edition.there(f"{ACTIVITIES}{WEEK}/"),
        subscription=subscription(edition, "", "", programme.entries),
        calendars=tuple(
            (name, one)
            for kind, id, name, entries in chosen(programme)
            if (one := subscription(edition, kind, id, entries))
        ),
        ask=edition.ask,
        suggest=edition.there(SUGGEST),
        associations=edition.there(FOR_ASSOCIATIONS),
        correct=edition.there(CORRECT),
        site=edition.whole(page.address),
    )
