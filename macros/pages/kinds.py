"""The kinds of page: all that is decided by what kind a page is, in one table.

A new kind is a row here, its view (`views/`), its template `overrides/pages/<name>.html` and, if it
shows things of its own, their model. Its place in index, search, sitemap and reading follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from macros.data.role import Role
from macros.data.site import Key, Site
from macros.data.strategy import Municipality, Strategy
from macros.data.values import Remark, Thing
from macros.data.whose import easy_in, to_choose_from
from macros.pages.addresses import (
    ACTIVITIES,
    EASY,
    IDEAS,
    MUNICIPALITIES,
    ORGANISATIONS,
    PLACES,
    ROLES,
    SOURCES,
    STRATEGIES,
    TERMS,
    TOPICS,
)
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.parts import View, named
from macros.pages.showings import showings, shown
from macros.when.entry import Entry


def _none(site: Site) -> Iterable[Thing]:
    return ()


@dataclass(frozen=True)
class Printout:
    """What is made for print of a kind of page: a kind of its own, with the template
    `overrides/printouts/<name>.html`, and the view that says what that gets."""

    name: str
    view_name: str

    @property
    def view(self) -> View:
        return named(self.view_name)


@dataclass(frozen=True)
class PageKind:
    """A kind of page.

    name: of the kind, and of its template. under: what its addresses begin with. called: what it is
    called beside its title in the search. group: the heading of its results there, or None: not in
    the search. view_name: the function in `views/` that says what its template gets. things: what
    has such pages, in reading order. title: a thing's title on them. series: pages read one after
    the other: what a thing's series is called. weight: how much a result counts, to others.
    told_apart: whether a title that others have too gets `called` in brackets. read_aloud: whether
    its text can be read by the browser's voice. listed: in the index from A to Z. indexed: whether
    search engines may keep it. bare: without menus and foot, for a frame on another site. printout:
    how it is made for print. rests_on_name: for kinds of which there are thousands, the function in
    `views/` that says what the view reads, so that it need not be asked while that is the same.
    shows: what of the programme is on a page of a kind that reads of no more of it, so that it is
    the same as long as that and all the rest are.
    """

    name: str
    under: str
    called: str
    group: str | None
    view_name: str | None
    things: Callable[[Site], Iterable[Any]] = _none
    title: Callable[[Any], str] = field(default=attrgetter("title"))
    series: Callable[[Any], str | None] = field(default=lambda thing: None)
    weight: float = 1.0
    told_apart: bool = False
    read_aloud: bool = False
    listed: bool = True
    indexed: bool = True
    printout: Printout | None = None
    rests_on_name: str | None = None
    shows: Callable[[Edition, Page], tuple[object, ...]] | None = None
    bare: bool = False

    @property
    def rests_on(self) -> Callable[..., object] | None:
        return named(self.rests_on_name) if self.rests_on_name else None

    @property
    def view(self) -> View:
        assert self.view_name, f"a page of kind {self.name} has content of its own"
        return named(self.view_name)

    def address(self, id: str) -> str:
        return f"{self.under}{id}/"


@dataclass(frozen=True)
class RoleHere:
    """What is said to a role in one municipality: a page of its own where there are several."""

    role: Role
    municipality: Municipality

    @property
    def id(self) -> str:
        return f"{self.role.id}/{self.municipality.id}"

    @property
    def made_of(self) -> Key:
        return "role", self.role.id

    @property
    def title(self) -> str:
        return f"{self.role.door} i {self.municipality.short_title}"

    @property
    def lead(self) -> Remark:
        return self.role.lead

    @property
    def chosen(self) -> str:
        return self.municipality.id


def _roles_here(site: Site) -> Iterable[RoleHere]:
    return (RoleHere(role, one) for role in site.roles for one in to_choose_from(site))


@dataclass(frozen=True)
class EasyText:
    """A strategy's or a role's easy-to-read text: a page of its own beside the other. municipality:
    the one that it is of alone, if it is."""

    thing: Strategy | Role
    called: str
    address: str
    municipality: Municipality | None = None

    @property
    def id(self) -> str:
        return f"{self.address}{EASY}".removesuffix("/")

    @property
    def made_of(self) -> Key:
        return "role" if isinstance(self.thing, Role) else "strategy", self.thing.id

    @property
    def title(self) -> str:
        return f"{self.called} – let at læse"

    @property
    def chosen(self) -> str | None:
        return self.municipality.id if self.municipality else None

    @property
    def lead(self) -> Remark:
        return Remark(text=f"Det vigtigste fra »{self.called}« med få og lette ord.", ours=True)


def _easy_texts(site: Site) -> Iterable[EasyText]:
    for role in site.roles:
        if role.easy:
            yield EasyText(role, role.door, f"{ROLES}{role.id}/")
    for strategy in site.strategies:
        if strategy.easy:
            yield EasyText(strategy, strategy.short_title, f"{STRATEGIES}{strategy.id}/")


def _easy_here(site: Site) -> Iterable[EasyText]:
    for here in _roles_here(site):
        if easy_in(site, here.role.easy, here.municipality.id):
            yield EasyText(here.role, here.title, f"{ROLES}{here.id}/", here.municipality)


def _areas(site: Site) -> Iterable[Thing]:
    return (area for strategy in site.strategies for area in site.areas(strategy.id))


def _of_none(edition: Edition, page: Page) -> tuple[Entry, ...]:
    return ()


def _whether_any(edition: Edition, page: Page) -> tuple[object, ...]:
    """Whether anything is on, and for whom: it may lead to that."""
    programme = edition.programme
    return bool(programme.entries), *sorted(programme.groups)


def _of_municipality(edition: Edition, page: Page) -> tuple[Entry, ...]:
    return next((of for one, of in edition.programme.municipalities if one.id == page.id), ())


def _of_thing(edition: Edition, page: Page) -> tuple[Entry, ...]:
    return edition.programme.of(page.kind, page.id)


def _citing_activities(edition: Edition, page: Page) -> tuple[Page | None, ...]:
    citing = edition.site.citing
    every = (citing.get(f"{page.id}/{one.id}", ()) for one in edition.thing(page).sections)
    cites = (key for keys in every for key in keys if key[0] == "activity")
    return tuple(map(edition.pages.showing, cites))


def _strategy_series(thing: Any) -> str:
    return f"{STRATEGIES}{thing.id.partition('/')[0]}/"


# In the order of the search's groups. What one can act on counts more than what one must read long.
PAGE_KINDS = (
    PageKind("role", ROLES, "Det kan du gøre", "Det kan du gøre", "roles.view", attrgetter("roles"),
             attrgetter("door"), lambda role: ROLES, 1.25, read_aloud=True,
             printout=Printout("role_card", "roles.card"), shows=_whether_any),
    PageKind("role_here", ROLES, "Det kan du gøre", None, "roles.here", _roles_here,
             read_aloud=True, listed=False,
             printout=Printout("role_here_card", "roles.card_here"), shows=_whether_any),
    PageKind("easy", "", "Let at læse", "Om siden og kilderne", "easy.view", _easy_texts,
             weight=0.6, read_aloud=True, shows=_of_none),
    PageKind("easy_here", "", "Let at læse", None, "easy.here", _easy_here,
             read_aloud=True, listed=False, shows=_of_none),
    PageKind("municipality", MUNICIPALITIES, "Kommune", "Strategier og emner",
             "municipality.view", to_choose_from, lambda one: f"Det gælder i {one.title}",
             shows=_of_municipality),
    PageKind("strategy", STRATEGIES, "Strategi", "Strategier og emner", "strategy.view",
             attrgetter("strategies"), attrgetter("short_title"), _strategy_series, 0.9,
             read_aloud=True, printout=Printout("strategy_brief", "strategy.brief"),
             shows=_of_none),
    PageKind("area", STRATEGIES, "Fokusområde", "Strategier og emner", "area.view", _areas,
             series=_strategy_series, weight=1.2, read_aloud=True, shows=_of_thing),
    PageKind("topic", TOPICS, "Emne", "Strategier og emner", "words.topic", attrgetter("topics"),
             series=lambda topic: TOPICS, weight=1.2, told_apart=True, read_aloud=True,
             shows=_of_none),
    PageKind("idea", IDEAS, "Idé", "Idéer", "idea.view", attrgetter("ideas"),
             series=lambda idea: IDEAS, weight=1.1, told_apart=True, read_aloud=True,
             shows=_of_none),
    PageKind("term", TERMS, "Ordliste", "Ordliste", "words.term", attrgetter("terms"), weight=1.1,
             told_apart=True, read_aloud=True, shows=_of_none),
    PageKind("organisation", ORGANISATIONS, "Hvem er hvem", "Foreninger og steder",
             "places.organisation", attrgetter("organisations"), told_apart=True,
             rests_on_name="places.organisation_rests_on", shows=_of_thing),
    PageKind("place", PLACES, "Sted", "Foreninger og steder", "places.place", attrgetter("places"),
             weight=0.8, listed=False, rests_on_name="places.place_rests_on", shows=_of_thing),
    # Hand-written pages have address, title and content from their files; what they call has views.
    PageKind("doc", "", "Side", "Om siden og kilderne", None, weight=0.9),
    PageKind("source", SOURCES, "Kilde", "Om siden og kilderne", "words.source",
             attrgetter("sources"), attrgetter("short_title"), weight=0.7,
             shows=_citing_activities),
    # A day's lists are made of its programme.
    PageKind("listing", ACTIVITIES, "Aktiviteter", "Aktiviteter", "activity.listing", weight=0.9,
             listed=False, rests_on_name="activity.listing_rests_on",
             shows=lambda edition, page: edition.listings[page.id].entries),
    PageKind("week", ACTIVITIES, "Uge", None, "week.view", rests_on_name="week.rests_on",
             shows=lambda edition, page: edition.weeks[page.id].entries),
    PageKind("activity", ACTIVITIES, "Aktivitet", "Aktiviteter", "activity.view",
             attrgetter("activities"), read_aloud=True, listed=False,
             rests_on_name="activity.rests_on",
             shows=lambda edition, page: (edition.programme.by_id[page.id],)),
    PageKind("showing", "", "Til andres sider", None, "showing.view", showings, listed=False,
             indexed=False, bare=True, rests_on_name="showing.rests_on",
             shows=lambda edition, page: shown(edition.programme, edition.showings[page.id])),
)  # fmt: skip
BY_NAME = {kind.name: kind for kind in PAGE_KINDS}
# What is made for print, by the name of its kind.
PRINTOUTS = {kind.printout.name: kind.printout for kind in PAGE_KINDS if kind.printout}
# The search's groups, in order, with their kinds.
GROUPS = tuple(
    (group, tuple(kind.name for kind in PAGE_KINDS if kind.group == group))
    for group in dict.fromkeys(kind.group for kind in PAGE_KINDS)
    if group
)


def address_of(kind: str, id: str) -> str | None:
    """Where a thing's own page stands; None for kinds that have none."""
    if kind == "doc":
        return id
    return BY_NAME[kind].address(id) if kind in BY_NAME else None
