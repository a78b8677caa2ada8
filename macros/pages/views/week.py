"""The next seven days, hour by hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from macros.data.activity import WEEKDAYS
from macros.language.text import slug, upfirst
from macros.pages.addresses import ACTIVITIES
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.offers import Badge, Moment, Subscription, badge, moment, subscription
from macros.pages.views.text import Link, Shown
from macros.pages.weeks import DAYS, Week, week_of
from macros.when import wording
from macros.when.entry import Entry
from macros.when.recurrence import Occurrence


@dataclass(frozen=True)
class Hour:
    """Something that is on. whose, of: the municipality it is of, where there are several.
    for_whom, free: what the page can be narrowed by."""

    moment: Moment
    activity: Link
    badge: Badge | None
    where: str
    terms: tuple[str, ...]
    whose: str
    of: str | None
    for_whom: str
    free: bool
    id: str
    sign: str


@dataclass(frozen=True)
class DayShown:
    """id: of its part of the page. day: ISO 8601. hours: what is on, soonest first; towns: in
    numbers instead."""

    id: str
    day: str
    name: str
    title: str
    hours: tuple[Hour, ...]
    towns: tuple[tuple[Link, int], ...]


@dataclass(frozen=True, kw_only=True)
class WeekPage(Shown):
    """span: from which day to which. towns: each one's own week. whole: everybody's, on one for a
    town alone. numbers: whether the days are told in numbers. groups: whom one can narrow it to."""

    title: str
    span: str
    days: tuple[DayShown, ...]
    towns: tuple[Link, ...]
    whole: str | None
    numbers: bool
    any_example: bool
    groups: tuple[tuple[str, str], ...]
    finder: str | None
    subscription: Subscription | None
    site: str
    made: str


def rests_on(edition: Edition, page: Page) -> tuple[object, ...]:
    """What `view` reads of a week."""
    one = edition.weeks[page.id]
    told = one.towns if one.told_in_numbers else [entry.digest for entry in one.entries]
    places = [town for town, _ in one.towns]
    return one.place, one.first, told, places, edition.there(ACTIVITIES), edition.whole("")


def view(edition: Edition, page: Page) -> WeekPage:
    one = edition.weeks[page.id]
    shown = () if one.told_in_numbers else one.entries
    groups = dict.fromkeys(group for entry in shown for group in entry.activity.groups)
    return WeekPage(
        page=page,
        title=one.title,
        span=f"{_named(one.days[0])} til {_named(one.days[-1])}",
        days=tuple(_day(edition, one, ahead) for ahead in range(DAYS)),
        towns=tuple(Link(edition.at("week", week_of(town)), town.label) for town, _ in one.towns),
        whole=edition.at("week", "uge") if one.place else None,
        numbers=one.told_in_numbers,
        any_example=any(entry.activity.example for entry in shown),
        groups=tuple((slug(group), group) for group in groups if group != "alle"),
        finder=edition.there(ACTIVITIES),
        subscription=_calendar_of(edition, one),
        site=edition.whole(""),
        made=wording.day(edition.today),
    )


def _calendar_of(edition: Edition, one: Week) -> Subscription | None:
    if not one.place:
        return subscription(edition, "", "", one.entries)
    id = one.id.partition("/")[2]
    kind, of = ("municipality", id) if one.whose else ("town", id.partition("-")[0])
    return subscription(edition, kind, of, one.entries)


def _named(day: date) -> str:
    return wording.weekday_and_day(day)


def _day(edition: Edition, week: Week, ahead: int) -> DayShown:
    day = week.days[ahead]
    name = WEEKDAYS[day.weekday()]
    hours, towns = [], []
    if week.told_in_numbers:
        towns = [
            (Link(f"{edition.at('week', week_of(town))}#{slug(name)}", town.label), counts[ahead])
            for town, counts in week.towns
            if counts[ahead]
        ]
    else:
        found = [(time, e) for e in week.entries for time in e.coming if time.day == day]
        found.sort(key=lambda one: (one[0].start, one[1].activity.title))
        hours = [_hour(edition, week, entry, time) for time, entry in found]
    return DayShown(
        slug(name), day.isoformat(), upfirst(name), upfirst(_named(day)), tuple(hours), tuple(towns)
    )


def _hour(edition: Edition, week: Week, entry: Entry, time: Occurrence) -> Hour:
    activity, place = entry.activity, entry.place
    town = entry.postcode.title if entry.postcode and not week.id.count("-") else ""
    where = ", ".join(filter(None, (place.title if place else activity.room, town)))
    groups = activity.groups or ("alle",)
    whose = entry.whose.short_title if entry.whose and not week.whose else ""
    return Hour(
        moment(time, edition.today),
        Link(edition.at("activity", activity.id), activity.title),
        badge(activity),
        where or wording.elsewhere(activity) or "Sted ikke oplyst",
        wording.terms(activity, all=False)[:2],
        whose if whose != town else "",  # nobody needs to read the same name twice
        entry.whose.id if entry.whose else None,
        " ".join(slug(group) for group in groups),
        activity.free is True,
        activity.id,
        wording.sign(activity, place),
    )
