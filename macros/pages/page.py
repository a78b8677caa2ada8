"""A page and the list of them: nav, sitemap, breadcrumbs, checks and builds come from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property

from macros.data.site import Key
from macros.pages.addresses import HELP, IDEAS, ROLES, TERMS
from macros.work import digest

_OVERVIEWS = {
    "theme": IDEAS,
    "municipality": ROLES,
    "law": TERMS,
    "help": HELP,
    "need": HELP,
}  # kinds without a page of their own


@dataclass(frozen=True)
class Page:
    """address: from the site's root, ends in / («» is the front page). id: of the thing shown.

    source: the file an editor changes, if it is one. series: pages one reads one after the other.
    indexed: whether search engines may keep it; examples they may not. listed: whether it is in the
    index from A to Z. searched: whether the search finds it, if its kind is searched. read_aloud:
    whether its text can be read by the browser's voice. whose, whose_title: the municipality that
    what it shows is of, where there are several. chosen: the municipality that it is all about, for
    a reader who has chosen that one.
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
    listed: bool = True
    searched: bool = True
    read_aloud: bool = False
    whose: str | None = None
    whose_title: str = ""
    chosen: str | None = None

    @property
    def key(self) -> Key:
        return self.kind, self.id

    @cached_property
    def digest(self) -> str:
        return digest.of(*(getattr(self, field.name) for field in fields(self)))

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

    @property
    def listed(self) -> tuple[Page, ...]:
        """Those of the index from A to Z."""
        return tuple(page for page in self.all if page.listed)

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
        steps = (self.by_address.get(way) for way in ways if way != page.address)
        return tuple(step for step in steps if step)

    @cached_property
    def _series(self) -> Mapping[str, list[Page]]:
        every: dict[str, list[Page]] = {}
        for page in self.all:
            if page.series is not None:
                every.setdefault(page.series, []).append(page)
        return every

    def beside(self, page: Page) -> tuple[Page | None, Page | None]:
        """The previous and the next page of the series."""
        if page.series is None:
            return None, None
        series = self._series[page.series]
        place = series.index(page)
        before = series[place - 1] if place else None
        after = series[place + 1] if place + 1 < len(series) else None
        return before, after
