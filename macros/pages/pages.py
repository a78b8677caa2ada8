"""Site -> the list of its pages. Nav, sitemap, breadcrumbs, checks and builds come from it."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from macros.data.activity import Activity, Place, is_example
from macros.data.settings import Doc
from macros.data.site import Key, Site
from macros.data.values import Thing
from macros.pages import markers
from macros.pages.kinds import (
    ACTIVITIES,
    BY_NAME,
    IDEAS,
    PAGE_KINDS,
    ROLES,
    SHEET,
    TOPICS,
    PageKind,
)
from macros.pages.listings import Listing


@dataclass(frozen=True)
class Page:
    """address: from the site's root, ends in / («» is the front page). id: of the thing shown.

    source: the file an editor changes, if it is one. series: pages one reads one after the other.
    indexed: whether search engines may keep it; examples they may not.
    """

    address: str
    title: str
    description: str
    kind: str
    id: str
    source: str
    series: str | None = None
    menu: int | None = None
    footer: int | None = None
    menu_title: str = ""
    accent: str | None = None
    indexed: bool = True

    @property
    def key(self) -> Key:
        return self.kind, self.id

    @property
    def generated(self) -> bool:
        """Whether the page is made from data alone, without a file in `docs/`."""
        return self.kind != "doc"


@dataclass(frozen=True)
class Pages:
    """All pages, in reading order."""

    all: tuple[Page, ...]

    @cached_property
    def by_address(self) -> Mapping[str, Page]:
        return {page.address: page for page in self.all}

    @cached_property
    def by_key(self) -> Mapping[Key, Page]:
        return {page.key: page for page in self.all}

    def showing(self, key: Key) -> Page | None:
        """The page that shows a thing: its own, or the overview it stands on."""
        return self.by_key.get(key) or self.by_address.get(_OVERVIEWS.get(key[0], "?"))

    @cached_property
    def menu(self) -> tuple[Page, ...]:
        chosen = [page for page in self.all if page.menu is not None]
        return tuple(sorted(chosen, key=lambda page: (page.menu, page.address)))

    @cached_property
    def footer(self) -> tuple[Page, ...]:
        chosen = [page for page in self.all if page.footer is not None]
        return tuple(sorted(chosen, key=lambda page: (page.footer, page.address)))

    def way_up(self, address: str) -> str:
        """The nearest page above an address, whether or not that is a page."""
        parts = address.strip("/").split("/")
        ways = ("/".join(parts[:end]) + "/" for end in range(len(parts) - 1, 0, -1))
        return next((way for way in ways if way in self.by_address), "")

    def above(self, page: Page) -> tuple[Page, ...]:
        """The pages on the way from the front page, nearest last."""
        parts = page.address.strip("/").split("/")
        ways = ["", *("/".join(parts[:end]) + "/" for end in range(1, len(parts)))]
        found = (self.by_address.get(way) for way in ways if way != page.address)
        return tuple(step for step in found if step)

    def beside(self, page: Page) -> tuple[Page | None, Page | None]:
        """The previous and the next page of the series."""
        if page.series is None:
            return None, None
        series = [other for other in self.all if other.series == page.series]
        place = series.index(page)
        before = series[place - 1] if place else None
        after = series[place + 1] if place + 1 < len(series) else None
        return before, after


@lru_cache(maxsize=65536)
def relative(start: str, target: str) -> str:
    """The link from one address to another; `target` may end in #fragment.

    Relative links are what lets one build stand at a domain's root and in a folder.
    """
    path, hash, fragment = target.partition("#")
    if path == start:
        return f"{hash}{fragment}" or "./"
    way = posixpath.relpath(f"/{path}", f"/{start}")
    return f"{way}{'/' if path.endswith('/') or not path else ''}{hash}{fragment}"


def pages(site: Site, listings: Iterable[Listing] = ()) -> Pages:
    """Every page of the site. listings: the lists of a day's programme, if they are wanted."""
    # A hand-written page comes before the series it opens.
    found = (*_docs(site), *(page for kind in PAGE_KINDS for page in _things(site, kind)))
    return Pages((*_told_apart(site, found), *map(_listing, listings)))


def _told_apart(site: Site, found: tuple[Page, ...]) -> tuple[Page, ...]:
    """Equal titles get in brackets what they are, who arranges it, or in which town it is."""
    count = Counter(page.title.lower() for page in found)
    return tuple(
        replace(page, title=f"{page.title} ({mark})")
        if count[page.title.lower()] > 1 and (mark := _mark(site, page))
        else page
        for page in found
    )


def _mark(site: Site, page: Page) -> str | None:
    thing = site.things.get(page.key)
    if isinstance(thing, Activity) and not thing.only_cited:
        return site.organisation(thing.organiser).title
    if isinstance(thing, Place):
        return site.postcode(thing.postcode).label
    kind = BY_NAME.get(page.kind)
    return kind.called.lower() if kind and kind.told_apart else None


def _docs(site: Site) -> list[Page]:
    nothing = empty(site)

    def shows(doc: Doc) -> bool:
        called = markers.calls(site.beside.texts.get(doc.id, ("", 1))[0])
        return not called or not nothing.issuperset(called)

    return [
        Page(
            doc.id,
            doc.title,
            doc.description,
            "doc",
            doc.id,
            site.documents["doc", doc.id].path,
            series=doc.id if doc.id in _SERIES else None,
            # No way leads to a page of nothing.
            menu=doc.menu if shows(doc) else None,
            footer=doc.footer if shows(doc) else None,
            menu_title=doc.menu_title or doc.title,
        )
        for doc in site.docs
    ]


def empty(site: Site) -> frozenset[str]:
    """What a hand-written page may call and the site has nothing to show for."""
    there = {
        "finder": site.activities,
        "goals": any(s.goals or any(a.goals for a in site.areas(s.id)) for s in site.strategies),
        "ideas": site.ideas,
        "organisations": site.organisations,
        "places": site.places,
        "roles": site.roles,
        "sources": site.sources,
        "strategies": site.strategies,
        "terms": site.terms,
        "timelines": any(strategy.events for strategy in site.strategies),
        "topics": site.topics,
    }
    return frozenset(name for name, found in there.items() if not found)


# Lists of a day's programme: they come and go with what is on.
BUILT = tuple(f"{ACTIVITIES}{way}/" for way in ("dage", "byer", "fokusomraader"))
# What no editor may put a page at: it is made by the program.
RESERVED = (*BUILT, "assets/", "data/")
_OVERVIEWS = {"theme": IDEAS, "municipality": ROLES}  # kinds without a page of their own
_SERIES = frozenset({ROLES, IDEAS, TOPICS})  # read from their overview on, one after the other


def _things(site: Site, kind: PageKind) -> Iterator[Page]:
    """The pages of a kind, and each one's page for print."""
    for thing in kind.things(site):
        page = _page(site, kind, thing)
        yield page
        if kind.sheet:
            yield _sheet(page, kind.sheet)


def _sheet(page: Page, kind: str) -> Page:
    """The page that shows another one made for print; it says nothing that is not there."""
    return replace(
        page,
        address=f"{page.address}{SHEET}",
        title=f"{page.title} – til print",
        description=f"»{page.title}« til at printe og hænge op.",
        kind=kind,
        series=None,
        indexed=False,
    )


def _listing(listing: Listing) -> Page:
    """A list is made from many files, so there is none to name."""
    address, source, shown = f"{ACTIVITIES}{listing.id}/", "", not listing.example
    return Page(address, listing.title, listing.lead, "listing", listing.id, source, indexed=shown)


def _page(site: Site, kind: PageKind, thing: Thing) -> Page:
    title, lead, example = kind.title(thing), _lead(thing), is_example(thing)
    if example:
        title, lead = f"Eksempel: {title}", f"Et opdigtet eksempel. {lead}"
    return Page(
        kind.address(thing.id),
        title,
        lead,
        kind.name,
        thing.id,
        site.documents[kind.name, thing.id].path,
        kind.series(thing),
        accent=getattr(thing, "accent", None),
        indexed=not example,
    )


def _lead(thing: Thing) -> str:
    """The first sentence a thing has for its readers."""
    for name in ("lead", "in_short", "passages"):
        found = getattr(thing, name, None)
        if found:
            return (found if name == "lead" else found[0]).text
    for name in ("what", "about", "directions"):
        if found := getattr(thing, name, None):
            return found.splitlines()[0]
    return thing.title
