"""The document around a page's content: its head, the menus, the foot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from macros.data.whose import to_choose_from
from macros.output import linked_data, pictures
from macros.output.assets import BEFORE_PAINT, TIMES
from macros.pages.addresses import (
    ABOUT,
    CHOICES,
    EDITING,
    FOR_ASSOCIATIONS,
    HELP,
    MY_LIST,
    SEARCH,
    SEARCH_INDEX,
    WAS,
)
from macros.pages.choices import alone_on, everywhere
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.index import SearchField, search_field
from macros.pages.views.text import Link, Shown


@dataclass(frozen=True)
class MenuItem:
    """current: as `aria-current` has it: «page», «true» for the part one is in, or «»."""

    link: Link
    current: str


@dataclass(frozen=True, kw_only=True)
class Around(Shown):
    """What is the same around all pages of a folder, but for those that it leads to. front: whether
    this is the front page. search: the field on top. about: links to what is about the site.
    leads_to: every address that any of it leads to."""

    front: bool
    menu: tuple[MenuItem, ...]
    footer: tuple[Link, ...]
    about: tuple[Link, ...]
    ask: str | None
    help: str | None
    helping: bool
    search: SearchField | None
    leads_to: tuple[str, ...]

    def same_for(self, page: Page) -> bool:
        """Whether a page of the same folder has the very same around it: no link is its own, and
        none leads to what is under it."""
        return not any(address.startswith(page.address) for address in self.leads_to)


@dataclass(frozen=True, kw_only=True)
class Frame(Shown):
    """titled: whether the content lacks its heading and is set as text. menus, links: `Around` as
    HTML. canonical, shared: the page's and its picture's whole address, «» if nobody knows where
    the site will stand. editing: the guide, where the page's file cannot be edited right away.
    made: the day, where times are shown that nobody should trust for long; «» elsewhere. choices:
    what a script must know of the municipalities to choose between, if there are several. chosen:
    the one that the page is all about; everywhere: the page that is about all. list: one's own
    list."""

    content: Markup
    titled: bool
    above: tuple[Link, ...]
    before: Link | None
    after: Link | None
    menus: Markup
    links: Markup
    canonical: str
    shared: str
    shared_size: tuple[int, int] = pictures.SHARED_SIZE
    icons: Any = pictures
    edit: str
    editing: str | None
    scripts: tuple[str, ...]
    before_paint: frozenset[str]
    made: str
    choices: str | None
    chosen: str
    everywhere: str
    linked_data: Markup
    list: str | None


def around(edition: Edition, page: Page) -> Around:
    pages = edition.pages
    above = pages.above(page)
    alone = _alone(edition, page)
    ask, help = edition.ask, edition.there(HELP)
    field = search_field(edition) if edition.there(SEARCH) else None
    menu = tuple(_item(item, page, above, alone) for item in pages.menu)
    every = [*(item.link for item in menu), *(field.doors if field else ())]
    others = (
        ask,
        help,
        SEARCH,
        SEARCH_INDEX,
        *(item.address for item in (*pages.menu, *pages.footer)),
    )
    return Around(
        page=page,
        front=page.address == "",
        menu=menu,
        footer=tuple(_foot(pages.footer, about=False)),
        about=tuple(_foot(pages.footer, about=True)),
        ask=ask,
        help=help,
        helping=page.address == HELP,
        search=field if page.address != SEARCH else None,
        leads_to=tuple(filter(None, (*(link.address for link in every), *others))),
    )


def frame(
    edition: Edition,
    page: Page,
    content: str,
    scripts: tuple[str, ...],
    menus: str = "",
    links: str = "",
) -> Frame:
    """scripts: those the content needs beside the one that every page has. menus, links: `Around`
    as HTML, which a bare page has not."""
    pages = edition.pages
    above = pages.above(page)
    alone = _alone(edition, page)
    before, after = (beside and _link(beside) for beside in pages.beside(page))
    return Frame(
        page=page,
        content=Markup(content),
        titled=page.kind == "doc" and page.address != "",
        above=tuple(_step(step, page, alone) for step in above),
        before=before,
        after=after,
        menus=Markup(menus),
        links=Markup(links),
        canonical=edition.whole(page.address),
        shared=edition.whole(pictures.SHARED),
        edit=f"{edition.edit_url}/{page.source}" if edition.edit_url else "",
        editing=edition.there(EDITING),
        scripts=scripts,
        before_paint=BEFORE_PAINT,
        made=edition.today.isoformat() if TIMES in scripts else "",
        choices=CHOICES if to_choose_from(edition.site) else None,
        chosen=edition.site.municipality(page.chosen).title if page.chosen else "",
        everywhere=everywhere(edition, page),
        list=edition.there(MY_LIST),
        linked_data=linked_data.script(edition.programme, page, above, edition.site_url),
    )


def _alone(edition: Edition, page: Page) -> Mapping[str, str]:
    """Pages that have one for the municipality alone that this page is all about, and where."""
    return alone_on(edition, page.chosen) if page.chosen else {}


def _step(step: Page, page: Page, alone: Mapping[str, str]) -> Link:
    """A step on the way to a page: that of the chosen municipality, where it has its own; the one
    whose own this very page is leads out to what is said of all."""
    own = alone.get(step.address, step.address)
    title = step.title if step.address else "Forside"
    return Link(step.address if own == page.address else own, title)


def _foot(every: Iterable[Page], about: bool) -> Iterator[Link]:
    """The links of the foot: to what one can read, or to what is about the site itself."""
    for item in every:
        of_itself = item.address == WAS or item.address.startswith(ABOUT)
        if (of_itself and item.address != FOR_ASSOCIATIONS) == about:
            yield Link(item.address, item.menu_title)


def _link(page: Page) -> Link:
    return Link(page.address, page.title)


def _item(item: Page, page: Page, above: tuple[Page, ...], alone: Mapping[str, str]) -> MenuItem:
    """alone: pages that have one for the chosen municipality alone, and where that is."""
    current = "page" if item.address == page.address else "true" if item in above else ""
    return MenuItem(Link(alone.get(item.address, item.address), item.menu_title), current)
