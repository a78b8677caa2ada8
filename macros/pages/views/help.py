"""Help in earnest need: the page, and the little of it that stands elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from macros.data.help import Help, LocalRemark, Need
from macros.data.site import Site
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.text import Shown, marks


@dataclass(frozen=True)
class Offered:
    """Someone to call. where: the municipality they are for, or «»; of: its id."""

    help: Help
    where: str

    @property
    def of(self) -> str | None:
        return self.help.municipality


@dataclass(frozen=True)
class NeedShown:
    """id: of its part of the page."""

    id: str
    title: str
    offered: tuple[Offered, ...]
    remarks: tuple[LocalRemark, ...]


@dataclass(frozen=True, kw_only=True)
class HelpShown(Shown):
    """first: whom to call when it is a matter of life."""

    first: Offered | None
    needs: tuple[NeedShown, ...]


def helps(site: Site) -> tuple[Help, ...]:
    """Everyone who can be called, the first one first."""
    every: tuple[Help, ...] = site.of_kind("help")  # type: ignore[assignment]
    return tuple(sorted(every, key=lambda one: (one.order, one.id)))


def needs(site: Site) -> tuple[Need, ...]:
    every: tuple[Need, ...] = site.of_kind("need")  # type: ignore[assignment]
    return tuple(sorted(every, key=lambda one: (one.order, one.id)))


def offered(site: Site, one: Help) -> Offered:
    return Offered(one, site.municipality(one.municipality).title if one.municipality else "")


def help_now(edition: Edition, page: Page) -> HelpShown:
    site = edition.site
    every, all_needs = helps(site), needs(site)
    by_id = {one.id: one for one in every}
    return HelpShown(
        page=page,
        marks=marks(site, every, all_needs),
        first=offered(site, every[0]) if every else None,
        needs=tuple(
            NeedShown(
                need.id,
                need.title,
                tuple(offered(site, by_id[id]) for id in need.help),
                need.remarks,
            )
            for need in all_needs
        ),
    )
