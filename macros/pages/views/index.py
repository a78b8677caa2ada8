"""The overviews of words, sources, organisations and places, and of all pages from A to Z."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from macros.data.activity import ORGANISATION_KINDS, Organisation
from macros.data.catalogue import Term
from macros.data.values import Passage
from macros.data.whose import named_in
from macros.language.text import danish_key
from macros.pages.addresses import ACTIVITIES, ORGANISATIONS, SEARCH, SEARCH_INDEX, TERMS
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.offers import Badge, badge
from macros.pages.views.text import Document, Link, Shown, documents, marks
from macros.when import wording


@dataclass(frozen=True)
class TermLine:
    address: str
    term: Term


@dataclass(frozen=True, kw_only=True)
class Terms(Shown):
    """Terms under their first letter."""

    letters: tuple[tuple[str, tuple[TermLine, ...]], ...]


def terms(edition: Edition, page: Page) -> Terms:
    lines = (TermLine(edition.at("term", term.id), term) for term in edition.site.terms)
    letters = by_letter(lines, lambda line: line.term.title)
    return Terms(page=page, marks=marks(edition.site, edition.site.terms), letters=letters)


@dataclass(frozen=True, kw_only=True)
class Sources(Shown):
    """One from one municipality is hidden from who has chosen another."""

    documents: tuple[Document, ...]


def sources(edition: Edition, page: Page) -> Sources:
    every = documents(edition, (source.id for source in edition.site.sources))
    return Sources(page=page, documents=every)


PLURALS = {
    "kommunal enhed": "Kommunale enheder",
    "kommunalt tilbud": "Kommunale tilbud",
    "forening": "Foreninger",
    "råd og udvalg": "Råd og udvalg",
    "projekt og samarbejde": "Projekter og samarbejder",
    "myndighed": "Myndigheder",
    "sundhedsvæsen": "Sundhedsvæsenet",
    "viden og interesser": "Viden og interesser",
}


@dataclass(frozen=True)
class OrganisationLine:
    """first: what a source says first of it. about: its own first words, where no source does."""

    link: Link
    of: str | None
    municipality: str | None
    badge: Badge | None
    first: Passage | None
    about: str


@dataclass(frozen=True, kw_only=True)
class Organisations(Shown):
    """kinds: what sources name, under its kind, in the order in which the model names the kinds.
    organisers: those whom no source names: they are here because of what they arrange."""

    kinds: tuple[tuple[str, tuple[OrganisationLine, ...]], ...]
    organisers: tuple[OrganisationLine, ...]


def organisations(edition: Edition, page: Page) -> Organisations:
    every = edition.site.organisations
    kinds = (
        (PLURALS[kind], tuple(_organisation_line(edition, one) for one in of_kind))
        for kind in ORGANISATION_KINDS
        if (of_kind := [one for one in every if one.kind == kind and one.passages])
    )
    return Organisations(
        page=page,
        marks=marks(edition.site, (one.passages[0] for one in every if one.passages)),
        kinds=tuple(kinds),
        organisers=tuple(_organisation_line(edition, one) for one in every if not one.passages),
    )


def _organisation_line(edition: Edition, one: Organisation) -> OrganisationLine:
    site = edition.site
    return OrganisationLine(
        Link(edition.at("organisation", one.id), one.title),
        named_in(site, one),
        site.municipality(one.municipality).short_title if one.municipality else None,
        badge(one),
        one.passages[0] if one.passages else None,
        wording.paragraphs(one.about)[0] if one.about else "",
    )


@dataclass(frozen=True)
class PlaceLine:
    link: Link
    badge: Badge | None


@dataclass(frozen=True)
class Town:
    """The places of a postal district."""

    id: str
    label: str
    places: tuple[PlaceLine, ...]


@dataclass(frozen=True, kw_only=True)
class Places(Shown):
    """By postcode."""

    towns: tuple[Town, ...]


def places(edition: Edition, page: Page) -> Places:
    by_postcode: dict[str, list[PlaceLine]] = {}
    for place in edition.site.places:
        line = PlaceLine(Link(edition.at("place", place.id), place.title), badge(place))
        by_postcode.setdefault(place.postcode, []).append(line)
    return Places(
        page=page,
        towns=tuple(
            Town(town.id, town.label, tuple(by_postcode[town.id]))
            for town in edition.site.postcodes
            if town.id in by_postcode
        ),
    )


@dataclass(frozen=True)
class SearchField:
    """page: where the results stand when there is no script; index: what the script fetches.
    doors: the roles' pages, to go to when nothing is found."""

    page: str
    index: str
    doors: tuple[Link, ...]
    ask: str | None


def search_field(edition: Edition) -> SearchField:
    doors = (Link(edition.at("role", role.id), role.door) for role in edition.site.roles)
    return SearchField(SEARCH, SEARCH_INDEX, tuple(doors), edition.ask)


@dataclass(frozen=True, kw_only=True)
class Search(Shown):
    """letters: every page by its title's first letter, but for the single activities and places."""

    field: SearchField
    finder: str | None
    glossary: str | None
    organisations: str | None
    letters: tuple[tuple[str, tuple[Link, ...]], ...]


def search(edition: Edition, page: Page) -> Search:
    return Search(
        page=page,
        field=search_field(edition),
        finder=edition.there(ACTIVITIES),
        glossary=edition.there(TERMS),
        organisations=edition.there(ORGANISATIONS),
        letters=a_to_z(edition.pages.listed),
    )


def a_to_z(pages: Iterable[Page]) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    links = [Link(page.address, page.title) for page in pages if page.address]
    links.sort(key=lambda link: (_letter(link.title) != "§", danish_key(_bare(link.title))))
    return by_letter(links, lambda link: link.title)


def by_letter(titled: Iterable[Any], title: Callable[[Any], str]) -> tuple[tuple[str, tuple], ...]:
    """What has titles, already in order, under their first letter; signs and digits under «§»."""
    groups = groupby(titled, key=lambda one: _letter(title(one)))
    return tuple((letter, tuple(group)) for letter, group in groups)


def _letter(title: str) -> str:
    bare = _bare(title).upper()
    first = "Å" if bare.startswith("AA") else bare[:1]
    return first if first.isalpha() else "§"


def _bare(title: str) -> str:
    return title.lstrip('»«"§ ') if not title.startswith("§") else title
