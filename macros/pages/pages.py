"""Site -> the list of its pages, and the edition of a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from macros.data.activity import Activity, Place, is_example
from macros.data.settings import Doc
from macros.data.site import Key, Site
from macros.data.standing import proposed_on
from macros.data.strategy import Municipality
from macros.data.values import Thing
from macros.data.whose import to_choose_from, whose
from macros.pages import markers
from macros.pages.addresses import ABOUT, ACTIVITIES, EDITING, IDEAS, PRINT, ROLES, TOPICS
from macros.pages.edition import Edition
from macros.pages.kinds import BY_NAME, PAGE_KINDS, PageKind
from macros.pages.listings import Listing, listings
from macros.pages.page import Page, Pages
from macros.pages.parts import empty
from macros.pages.weeks import Week, weeks
from macros.when.entry import today
from macros.when.programme import Programme
from macros.work.kept import Kept


def edition(
    site: Site,
    day: date | None = None,
    site_url: str = "",
    edit_url: str = "",
    kept: Kept | None = None,
) -> Edition:
    """The site as it is on a day; today in Denmark if none is given."""
    programme = Programme(site, day or today(), kept or Kept())
    lists = {listing.id: listing for listing in listings(programme)}
    of_weeks = {week.id: week for week in weeks(programme)}
    every = pages(site, (*lists.values(), *of_weeks.values()))
    return Edition(programme, every, lists, of_weeks, site_url, edit_url.rstrip("/"))


def pages(site: Site, listings: Iterable[Listing | Week] = ()) -> Pages:
    """Every page of the site. listings: the lists and weeks of a day's programme, if wanted."""
    lasting = _lasting(site)
    return Pages((*lasting.all, *map(_of_the_day, listings))) if listings else lasting


def _of_the_day(one: Listing | Week) -> Page:
    """Of the very same it is the very same page."""
    before, page = _OF_THE_DAY.get(one.id, (None, None))
    if before is not one:
        page = _week(one) if isinstance(one, Week) else _listing(one)
        _OF_THE_DAY[one.id] = one, page
    return page


_OF_THE_DAY: dict[str, tuple[Listing | Week, Page]] = {}


@lru_cache(maxsize=2)  # several rules ask for them
def _lasting(site: Site) -> Pages:
    """Those that are there whatever the day."""
    # A hand-written page comes before the series it opens.
    every = (*_docs(site), *(page for kind in PAGE_KINDS for page in _things(site, kind)))
    return Pages(_told_apart(site, every))


def _told_apart(site: Site, every: tuple[Page, ...]) -> tuple[Page, ...]:
    """Equal titles get in brackets what they are, who arranges it, or in which town it is."""
    count = Counter(page.title.lower() for page in every)
    return tuple(
        replace(page, title=f"{page.title} ({mark})")
        if count[page.title.lower()] > 1 and (mark := _mark(site, page))
        else page
        for page in every
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
            site.documents.path(("doc", doc.id)),
            series=doc.id if doc.id in _SERIES else None,
            # No way leads to a page of nothing.
            menu=doc.menu if shows(doc) else None,
            footer=doc.footer if shows(doc) else None,
            menu_title=doc.menu_title or doc.title,
            read_aloud=doc.id.startswith(ABOUT),
            searched=not doc.id.startswith(EDITING),  # a guide for editors answers no reader
        )
        for doc in site.docs
    ]


_SERIES = frozenset({ROLES, IDEAS, TOPICS})  # read from their overview on, one after the other


def _things(site: Site, kind: PageKind) -> Iterator[Page]:
    """The pages of a kind, and each one's page for print."""
    for thing in kind.things(site):
        page = _page(site, kind, thing)
        yield page
        if kind.printout:
            yield _printout(page, kind.printout.name)


def _printout(page: Page, kind: str) -> Page:
    """The page that shows another one made for print; it says nothing that is not there."""
    return replace(
        page,
        address=f"{page.address}{PRINT}",
        title=f"{page.title} – til print",
        description=f"»{page.title}« til at printe og hænge op.",
        kind=kind,
        series=None,
        indexed=False,
        listed=False,
        read_aloud=False,
    )


def _listing(listing: Listing) -> Page:
    """A list is made from many files, so there is none to name."""
    address, source, shown = f"{ACTIVITIES}{listing.id}/", "", not listing.example
    return Page(
        address,
        listing.title,
        listing.lead,
        "listing",
        listing.id,
        source,
        indexed=shown,
        listed=False,
        searched=listing.number == 1,
        whose=listing.whose,
        chosen=listing.whose,
    )


def _week(week: Week) -> Page:
    return Page(
        f"{ACTIVITIES}{week.id}/",
        week.title,
        f"Hvad sker der {f'i {week.place}' if week.place else 'rundt om'} de næste syv dage?",
        "week",
        week.id,
        "",
        indexed=not any(entry.activity.example for entry in week.entries),
        listed=not week.place,
        whose=week.whose,
        chosen=week.whose,
    )


def _page(site: Site, kind: PageKind, thing: Thing) -> Page:
    """Of the same it is the very same page as the last time, which whoever compares thousands of
    them with the last ones sees at once."""
    key = kind.name, thing.id
    before = _BEFORE.get(key)
    if before and before.rest is site.rest and before.thing is thing:
        return before.page
    made_of = key if isinstance(thing, Thing) else getattr(thing, "made_of", key)
    own = whose(site, site.things[made_of]) if to_choose_from(site) else None
    given = (
        kind,
        thing,
        site.documents.path(made_of),
        proposed_on(site, site.things[made_of]),
        site.municipality(own) if own else None,
    )
    page = before.page if before and before.given == given else _page_of(*given)
    _BEFORE[key] = _Before(site.rest, thing, given, page)
    return page


class _Before(NamedTuple):
    """A page as it was made the last time, and what of. rest: beside activities."""

    rest: tuple[Thing, ...]
    thing: Thing
    given: tuple[object, ...]
    page: Page


_BEFORE: dict[Key, _Before] = {}


def _page_of(
    kind: PageKind, thing: Thing, source: str, dated: str, own: Municipality | None
) -> Page:
    """source: the file. dated: when it was proposed, «» if it is no proposal. own: whose it is."""
    title, lead, example = kind.title(thing), _lead(thing), is_example(thing)
    if example:
        title, lead = f"Eksempel: {title}", f"Et opdigtet eksempel. {lead}"
    if dated:
        lead = f"Forslag i et katalog fra {dated}. {lead}"
    return Page(
        kind.address(thing.id),
        title,
        lead,
        kind.name,
        thing.id,
        source,
        kind.series(thing),
        accent=getattr(thing, "accent", None),
        indexed=kind.indexed and not example,
        listed=kind.listed,
        read_aloud=kind.read_aloud,
        whose=own.id if own else None,
        whose_title=own.title if own else "",
        chosen=thing.id if kind.name == "municipality" else getattr(thing, "chosen", None),
    )


def _lead(thing: Thing) -> str:
    """The first sentence a thing has for its readers."""
    if isinstance(thing, Municipality):
        return f"Det, der gælder i {thing.title}: roller, strategier og hvem du kan spørge."
    for name in ("lead", "in_short", "passages"):
        text = getattr(thing, name, None)
        if text:
            return (text if name == "lead" else text[0]).text
    for name in ("what", "about", "directions"):
        if text := getattr(thing, name, None):
            return text.splitlines()[0]
    return thing.title
