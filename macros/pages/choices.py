"""One's own municipality: which page says the same of it alone, and which of all of them."""

from __future__ import annotations

from collections.abc import Mapping

from macros.data.whose import to_choose_from
from macros.pages.addresses import ACTIVITIES, EASY, MUNICIPALITIES, PRINT, ROLES, STRATEGIES
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.weeks import WEEK


def everywhere(edition: Edition, page: Page) -> str:
    """The page that says of all municipalities what this one says of one."""
    if not page.chosen or page.address.startswith(MUNICIPALITIES):
        return ""
    if page.address.startswith(ACTIVITIES):
        week = f"{ACTIVITIES}{WEEK}/"
        all = week if page.address.startswith(week) else ACTIVITIES
        return edition.there(all) or ""
    role = page.address.removeprefix(ROLES).split("/")[0]
    part = next((part for part in (PRINT, EASY) if page.address.endswith(part)), "")
    return f"{ROLES}{role}/{part}"


def alone_on(edition: Edition, id: str) -> dict[str, str]:
    """The pages that have one for a municipality alone, and where that is."""
    own = f"{MUNICIPALITIES}{id}/"
    pages = {
        "": own,
        ROLES: own,
        STRATEGIES: f"{own}#strategierne",
        f"{ACTIVITIES}{WEEK}/": f"{ACTIVITIES}{WEEK}/{id}/",
        **{
            f"{ROLES}{role.id}/{part}": f"{ROLES}{role.id}/{id}/{part}"
            for role in edition.site.roles
            for part in ("", PRINT, EASY)
        },
    }
    there = edition.pages.by_address
    return {page: own for page, own in pages.items() if own.split("#")[0] in there}


def choices(edition: Edition) -> Mapping[str, object]:
    """What the script that carries a choice along must know: each municipality by id, what it is
    called, and which pages have one for it alone."""
    return {
        one.id: {"title": one.title, "pages": alone_on(edition, one.id)}
        for one in to_choose_from(edition.site)
    }
