"""Where it is and who is behind it: the pages of places and organisations."""

from __future__ import annotations

from dataclasses import dataclass

from macros.data.activity import Organisation, Place
from macros.data.site import Site
from macros.data.strategy import Contact
from macros.pages.addresses import CORRECT
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.showings import of_organisation
from macros.pages.views.offers import Badge, Subscription, badge, subscription
from macros.pages.views.showing import Take, take
from macros.pages.views.text import Link, Shown, marks, use_links
from macros.when import wording
from macros.when.entry import Entry
from macros.when.wording import Fact


@dataclass(frozen=True)
class Spot:
    """A place: how to find it, and who gets in. lines: its address; map: a link that opens the
    phone's own map, if there is something to look for; any_access: whether anything is told."""

    place: Place
    lines: tuple[str, ...]
    map: str | None
    access: tuple[Fact, ...]
    any_access: bool


def spot(site: Site, place: Place) -> Spot:
    findable = place.address or place.latitude is not None
    access = wording.access(place)
    return Spot(
        place,
        wording.address_lines(site, place),
        wording.geo(site, place) if findable else None,
        access,
        any(fact.told for fact in access),
    )


@dataclass(frozen=True, kw_only=True)
class PlacePage(Shown):
    """correct: the form for corrections."""

    spot: Spot
    town: str
    badge: Badge | None
    entries: tuple[Entry, ...]
    subscription: Subscription | None
    correct: str | None


def place_rests_on(edition: Edition, page: Page) -> tuple[object, ...]:
    """What `place` reads."""
    one: Place = edition.thing(page)
    return (
        one,
        edition.site.postcode(one.postcode),
        [entry.digest for entry in edition.programme.of("place", one.id)],
        edition.there(CORRECT),
    )


def place(edition: Edition, page: Page) -> PlacePage:
    one: Place = edition.thing(page)
    entries = edition.programme.of("place", one.id)
    return PlacePage(
        page=page,
        spot=spot(edition.site, one),
        town=edition.site.postcode(one.postcode).label,
        badge=badge(one),
        entries=entries,
        subscription=subscription(edition, "place", one.id, entries),
        correct=edition.there(CORRECT),
    )


@dataclass(frozen=True, kw_only=True)
class OrganisationPage(Shown):
    """phones: contacts of a municipality that bear its name. any_open: whether somebody else than
    a source tells of what it offers."""

    organisation: Organisation
    municipality: str | None
    badge: Badge | None
    about: tuple[str, ...]
    phones: tuple[Contact, ...]
    entries: tuple[Entry, ...]
    any_open: bool
    subscription: Subscription | None
    correct: str | None
    uses: tuple[Link, ...]
    take: Take | None


def organisation_rests_on(edition: Edition, page: Page) -> tuple[object, ...]:
    """What `organisation` reads."""
    one: Organisation = edition.thing(page)
    return (
        one,
        edition.site.municipalities,
        [entry.digest for entry in edition.programme.of("organisation", one.id)],
        use_links(edition, page),
        marks(edition.site, one, _phones(edition, one)) if edition.cites(page) else None,
        edition.there(CORRECT),
        take(edition, of_organisation(one)),
    )


def _phones(edition: Edition, one: Organisation) -> tuple[Contact, ...]:
    """A municipality's contacts that bear an organisation's name."""
    every = (contact for each in edition.site.municipalities for contact in each.contacts)
    return tuple(contact for contact in every if contact.unit == one.title and contact.phone)


def organisation(edition: Edition, page: Page) -> OrganisationPage:
    site = edition.site
    one: Organisation = edition.thing(page)
    entries, phones = edition.programme.of("organisation", one.id), _phones(edition, one)
    return OrganisationPage(
        page=page,
        marks=marks(site, one, phones),
        organisation=one,
        municipality=site.municipality(one.municipality).title if one.municipality else None,
        badge=badge(one),
        about=wording.paragraphs(one.about or ""),
        phones=phones,
        entries=entries,
        any_open=any(not entry.activity.only_cited for entry in entries),
        subscription=subscription(edition, "organisation", one.id, entries),
        correct=edition.there(CORRECT) if one.about or entries else None,
        uses=use_links(edition, page),
        take=take(edition, of_organisation(one)),
    )
