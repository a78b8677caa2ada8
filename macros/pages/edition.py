"""The site as it is on one day at one address: all that a page's view may ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import urljoin

from macros.data.site import Site
from macros.pages.addresses import ASK, ROLES
from macros.pages.lexicon import Lexicon, lexicon
from macros.pages.listings import Listing
from macros.pages.page import Page, Pages
from macros.pages.showings import Showing, showings
from macros.pages.weeks import Week
from macros.when.programme import Programme


@dataclass(frozen=True)
class Edition:
    """site_url: where it will stand, for what needs a whole address; «» if unknown. edit_url: what
    to put before a file's path to edit it; «» if unknown."""

    programme: Programme
    pages: Pages
    listings: Mapping[str, Listing] = field(default_factory=dict)
    weeks: Mapping[str, Week] = field(default_factory=dict)
    site_url: str = ""
    edit_url: str = ""

    @property
    def site(self) -> Site:
        return self.programme.site

    @property
    def today(self) -> date:
        return self.programme.today

    @cached_property
    def showings(self) -> Mapping[str, Showing]:
        """The lists for others' sites, by their page's id."""
        return {one.id: one for one in showings(self.site)}

    @property
    def name(self) -> str:
        return self.site.settings.title

    @property
    def lexicon(self) -> Lexicon:
        return lexicon(self.site)

    def thing(self, page: Page):
        """What a page is about."""
        return self.site.things[page.key]

    def cites(self, page: Page) -> bool:
        """Whether what a page is about cites a source."""
        return any(kind == "section" for _, kind, _ in self.site.references_of(page.key))

    def there(self, address: str) -> str | None:
        """The address, if a page stands there."""
        return address if address in self.pages.by_address else None

    def at(self, kind: str, id: str, part: str = "") -> str:
        """Where a thing's own page is, or a part of it."""
        address = self.pages.by_key[kind, id].address
        return f"{address}#{part}" if part else address

    @property
    def ask(self) -> str | None:
        """Where it says whom one may ask."""
        overview = self.there(ROLES)
        return f"{overview}{ASK}" if overview else None

    def whole(self, address: str) -> str:
        """The address with the host in front; «» when nobody knows where the site will stand."""
        return urljoin(self.site_url, address) if self.site_url else ""
