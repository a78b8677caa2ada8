"""A list of activities without menus, and how others take it along to their own sites."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from macros.pages.addresses import calendar, feed
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.showings import Showing, shown
from macros.pages.views.offers import Card, any_example, cards
from macros.pages.views.text import Link, Shown
from macros.when import wording


@dataclass(frozen=True, kw_only=True)
class ShowingPage(Shown):
    """heading: what is shown. here: the page that shows the same with all else, or the front page.
    made: the day."""

    heading: str
    cards: tuple[Card, ...]
    any_example: bool
    here: Link
    made: str


def rests_on(edition: Edition, page: Page) -> tuple[object, ...]:
    """What `view` reads."""
    one = edition.showings[page.id]
    entries = [entry.digest for entry in shown(edition.programme, one)]
    return one.name, one.about, entries, edition.there(one.about)


def view(edition: Edition, page: Page) -> ShowingPage:
    one = edition.showings[page.id]
    entries = shown(edition.programme, one)
    return ShowingPage(
        page=page,
        heading=one.name,
        cards=cards(edition, entries),
        any_example=any_example(entries),
        here=Link(edition.there(one.about) or "", edition.name),
        made=wording.day(edition.today),
    )


@dataclass(frozen=True)
class Take:
    """How to take a list along. code: to copy, «» if nobody knows where the site will stand. page:
    what it shows. files: other programs' forms of it."""

    code: str
    page: str
    files: tuple[Link, ...]


_FRAME = Markup('<iframe src="{}" title="{}" width="100%" height="600" loading="lazy"></iframe>')
FEEDS = (("json", "JSON"), ("atom", "Atom"))


def take(edition: Edition, showing: Showing) -> Take | None:
    """None where there is no such list."""
    page = edition.there(f"{showing.id}/")
    if page is None:
        return None
    kind, id = showing.made_of
    own = "town" if kind == "postcode" else kind
    names = [(ending, name) for ending, name in FEEDS if ending != "atom" or edition.site_url]
    files = [Link(feed(own, id, ending), name) for ending, name in names]
    if any(entry.activity.when for entry in shown(edition.programme, showing)):
        files.append(Link(calendar(own, id), "iCalendar"))
    whole = edition.whole(page)
    code = str(_FRAME.format(whole, showing.name)) if whole else ""
    return Take(code, page, tuple(files))
