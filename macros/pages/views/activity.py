"""An activity's page, and the lists of activities as pages."""

from __future__ import annotations

from dataclasses import dataclass

from macros.data.activity import Activity, Reach, Schedule
from macros.pages.addresses import ACTIVITIES, CORRECT, MY_LIST, SHOW
from macros.pages.edition import Edition
from macros.pages.listings import Listing
from macros.pages.page import Page
from macros.pages.views.forms import recipients
from macros.pages.views.offers import (
    Badge,
    Moment,
    Subscription,
    any_example,
    badge,
    moments,
    subscription,
)
from macros.pages.views.places import Spot, spot
from macros.pages.views.showing import Take, take
from macros.pages.views.text import (
    Chip,
    IdeaLink,
    Link,
    Shown,
    chip,
    cited_sources,
    idea_link,
    marks,
)
from macros.pages.weeks import WEEK
from macros.when import wording
from macros.when.entry import Entry
from macros.when.rehearsal import Rehearsal, rehearsal
from macros.when.wording import Fact


@dataclass(frozen=True)
class Rule:
    """A schedule in words, and what bounds it."""

    text: str
    limits: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ActivityPage(Shown):
    """gone: why it is not listed any more, or None. old: whether to ask first. held: the times to
    come that are not called off; times: the next ones, called off or not. named_sources:
    the only ones that tell of it, or «». known: whether it is known when or where it is, or whom to
    call. untold: what nobody has told. finder, ask, correct: pages
    to go on to, where they are; list: one's own. to: who gets the organiser's word that all still
    holds, or «». whole: its address with the host, or «»; made: the day."""

    activity: Activity
    organiser: Link
    badge: Badge | None
    terms: tuple[str, ...]
    access: tuple[tuple[str, str], ...]
    elsewhere: str
    gone: str | None
    old: bool
    held: tuple[Moment, ...]
    times: tuple[Moment, ...]
    called_off: tuple[Moment, ...]
    rules: tuple[Rule, ...]
    subscription: Subscription | None
    spot: Spot | None
    spot_page: str | None
    town: str | None
    whose: str | None
    contact: Reach | None
    what: tuple[str, ...]
    visit: Rehearsal
    facts: tuple[Fact, ...]
    any_told: bool
    untold: str
    named_sources: str
    known: bool
    checked: str | None
    areas: tuple[Chip, ...]
    ideas: tuple[IdeaLink, ...]
    finder: str | None
    ask: str | None
    correct: str | None
    to: str
    list: str | None
    whole: str
    made: str
    sign: str


def rests_on(edition: Edition, page: Page) -> tuple[object, ...]:
    """What `view` reads of an activity."""
    site = edition.site
    one: Activity = edition.thing(page)
    areas = [site.area(id) for id in one.areas]
    return (
        (edition.programme.entry(one), page.whose and site.municipality(page.whose).title),
        (areas, [site.strategy(area.strategy) for area in areas]) if areas else None,
        [idea_link(edition, id) for id in one.ideas] if one.ideas else None,
        (marks(site, one), cited_sources(site, one.cite)) if edition.cites(page) else None,
        (edition.there(ACTIVITIES), edition.ask, edition.there(CORRECT)),
        recipients(edition, page.whose),
    )


def view(edition: Edition, page: Page) -> ActivityPage:
    site, today = edition.site, edition.today
    one: Activity = edition.thing(page)
    entry = edition.programme.entry(one)
    facts = wording.facts(one)
    contact = one.contact or entry.organiser.contact
    elsewhere = wording.elsewhere(one)
    return ActivityPage(
        page=page,
        marks=marks(site, one),
        activity=one,
        organiser=Link(edition.at("organisation", one.organiser), entry.organiser.title),
        badge=badge(one),
        terms=wording.terms(one),
        access=wording.reach_in(entry.place),
        elsewhere=elsewhere,
        gone=wording.gone(entry, today) if entry.gone else None,
        old=entry.state == "gammel",
        held=() if entry.gone else moments(entry.held, today),
        times=moments(entry.listed, today),
        called_off=moments(entry.called_off, today),
        rules=tuple(_rule(edition, entry, when) for when in one.when),
        subscription=subscription(edition, "activity", one.id, [entry]) if entry.coming else None,
        spot=spot(site, entry.place) if entry.place else None,
        spot_page=edition.at("place", entry.place.id) if entry.place else None,
        town=entry.postcode.label if entry.postcode else None,
        whose=entry.whose.title if entry.whose else None,
        contact=contact,
        what=wording.paragraphs(one.what),
        visit=rehearsal(one, entry.place),
        facts=tuple(fact for fact in facts if fact.told or not one.only_cited),
        any_told=any(fact.told for fact in facts),
        untold=wording.untold(one),
        named_sources=cited_sources(site, one.cite) if one.only_cited else "",
        known=bool(one.when or entry.place or one.room or elsewhere or (contact and contact.phone)),
        checked=wording.day(one.checked.date) if one.checked else None,
        areas=tuple(chip(edition, site.area(id)) for id in one.areas),
        ideas=tuple(idea_link(edition, id) for id in one.ideas),
        finder=edition.there(ACTIVITIES),
        ask=edition.ask,
        correct=edition.there(CORRECT),
        to=recipients(edition, page.whose),
        list=edition.there(MY_LIST),
        whole=edition.whole(page.address),
        made=wording.day(today),
        sign=wording.sign(one, entry.place),
    )


def _rule(edition: Edition, entry: Entry, when: Schedule) -> Rule:
    """What bounds a rule is of no use once the activity is gone."""
    limits = () if entry.gone else wording.limits(edition.site, when, edition.today)
    return Rule(wording.rule(when), limits)


@dataclass(frozen=True)
class Group:
    """Activities under a heading; «» if nothing parts them."""

    heading: str
    entries: tuple[Entry, ...]
    count: int


@dataclass(frozen=True, kw_only=True)
class ListingPage(Shown):
    """contents: whether there are so many groups that a list of them helps. next: the list's next
    page."""

    title: str
    lead: str
    groups: tuple[Group, ...]
    contents: bool
    any_example: bool
    next: str | None
    finder: str | None
    week: str | None
    subscription: Subscription | None
    take: Take | None


def listing_rests_on(edition: Edition, page: Page) -> tuple[object, ...]:
    """What `listing` reads of a list."""
    one = edition.listings[page.id]
    return (
        one.title,
        one.lead,
        [(name, [entry.digest for entry in entries]) for name, entries in one.groups],
        one.next,
        edition.there(ACTIVITIES),
        edition.site_url,
        _week_of(edition, one),
        _take(edition, one),
    )


_MANY = 4  # headings that need no list of contents


def listing(edition: Edition, page: Page) -> ListingPage:
    one = edition.listings[page.id]
    return ListingPage(
        page=page,
        title=one.title,
        lead=one.lead,
        groups=tuple(Group(name, entries, len(entries)) for name, entries in one.groups),
        contents=len(one.groups) > _MANY,
        any_example=any_example(one.entries),
        next=edition.at("listing", one.next) if one.next else None,
        finder=edition.there(ACTIVITIES),
        week=_week_of(edition, one),
        subscription=_calendar_of(edition, one),
        take=_take(edition, one),
    )


def _take(edition: Edition, one: Listing) -> Take | None:
    """How to take a town's list along."""
    showing = edition.showings.get(f"{ACTIVITIES}{one.id}/{SHOW}".removesuffix("/"))
    return take(edition, showing) if showing else None


def _week_of(edition: Edition, one: Listing) -> str | None:
    """The week of what the list is of, or everybody's."""
    own = one.id.partition("/")[2].partition("/")[0]
    week = f"{ACTIVITIES}{WEEK}/"
    return edition.there(f"{week}{own}/") or edition.there(week)


def _calendar_of(edition: Edition, one: Listing) -> Subscription | None:
    """The calendar of a town's or a municipality's list."""
    way, _, rest = one.id.partition("/")
    if way == "kommuner":
        return subscription(edition, "municipality", rest.split("/")[0], one.entries)
    if way == "byer" and (town := rest.split("-")[0]).isdigit():
        return subscription(edition, "town", town, one.entries)
    return None
