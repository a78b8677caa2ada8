"""The page that is shown where there is none."""

from __future__ import annotations

from dataclasses import dataclass

from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.text import Link, Shown

LOST = "overrides/pages/lost.html"


@dataclass(frozen=True, kw_only=True)
class LostPage(Shown):
    """ways: where one may go instead."""

    ways: tuple[Link, ...]


def lost(edition: Edition) -> LostPage:
    page = Page("404.html", "Siden findes ikke", "Adressen findes ikke her.", "lost", "404", LOST)
    pages = (*edition.pages.menu, *edition.pages.footer)
    ways = (Link("", "Forsiden"), *(Link(item.address, item.menu_title) for item in pages))
    return LostPage(page=page, ways=ways)
