"""Site -> the list of its pages. Nav, sitemap, breadcrumbs, checks and builds come from it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from macros.site import Key, Site


@dataclass(frozen=True)
class Page:
    """address: from the site's root, ends in / («» is the front page). id: of the thing shown.

    source: the file an editor changes. series: pages one reads one after the other.
    """

    address: str
    title: str
    description: str
    kind: str
    id: str
    source: str
    series: str | None = None
    menu: int | None = None
    menu_title: str = ""
    accent: str | None = None

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

    @cached_property
    def menu(self) -> tuple[Page, ...]:
        chosen = [page for page in self.all if page.menu is not None]
        return tuple(sorted(chosen, key=lambda page: (page.menu, page.address)))

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


def relative(start: str, target: str) -> str:
    """The link from one address to another; `target` may end in #fragment.

    Relative links are what lets one build stand at a domain's root and in a folder.
    """
    path, hash, fragment = target.partition("#")
    if path == start:
        return f"{hash}{fragment}" or "./"
    way = posixpath.relpath(f"/{path}", f"/{start}")
    return f"{way}{'/' if path.endswith('/') or not path else ''}{hash}{fragment}"


def pages(site: Site) -> Pages:
    """Every page of the site."""
    # A hand-written page comes before the series it opens.
    return Pages((*_docs(site), *_strategies(site), *_roles(site), *_sources(site)))


def _docs(site: Site) -> list[Page]:
    return [
        Page(
            doc.id,
            doc.title,
            doc.description,
            "doc",
            doc.id,
            site.documents["doc", doc.id].path,
            series="roles" if doc.id == ROLES else None,
            menu=doc.menu,
            menu_title=doc.menu_title or doc.title,
        )
        for doc in site.docs
    ]


STRATEGIES, ROLES, SOURCES = "strategier/", "hvad-kan-du-goere/", "kilder/"


def _strategies(site: Site) -> list[Page]:
    found = []
    for strategy in site.strategies:
        title, lead = strategy.short_title, strategy.in_short[0].text
        found.append(_page(site, ("strategy", strategy.id), STRATEGIES, title, lead, strategy.id))
        for area in site.areas(strategy.id):
            page = _page(
                site, ("area", area.id), STRATEGIES, area.title, area.in_short[0].text, strategy.id
            )
            found.append(replace(page, accent=area.accent))
    return found


def _roles(site: Site) -> list[Page]:
    return [
        _page(
            site,
            ("role", role.id),
            ROLES,
            role.door,
            role.lead.text,
            "roles",
        )
        for role in site.roles
    ]


def _sources(site: Site) -> list[Page]:
    return [
        _page(site, ("source", source.id), SOURCES, source.short_title, source.title)
        for source in site.sources
    ]


def _page(
    site: Site,
    key: Key,
    under: str,
    title: str,
    description: str,
    series: str | None = None,
) -> Page:
    kind, id = key
    return Page(f"{under}{id}/", title, description, kind, id, site.documents[key].path, series)
