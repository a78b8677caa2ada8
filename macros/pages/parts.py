"""What hand-written pages may call: one table of parts.

A part is a row here, its view, and its template `overrides/partials/<name>.html`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from macros.data.site import Site

if TYPE_CHECKING:
    from macros.pages.edition import Edition
    from macros.pages.page import Page
    from macros.pages.views.text import Shown

View = Callable[["Edition", "Page"], "Shown"]


@cache
def named(view: str) -> View:
    """A view by its name, «roles.card».

    By name, because judging the data needs the tables and not the views, whose many dataclasses
    take a tenth of the time of `check` to load.
    """
    module, _, function = view.partition(".")
    return getattr(import_module(f"macros.pages.views.{module}"), function)


@dataclass(frozen=True)
class Part:
    """view_name: the function in `views/` that says what its template gets. there: whether a site
    has anything to show in it. calm: whether it reads of no activity, so that it is the same as
    long as all the rest is."""

    view_name: str
    there: Callable[[Site], Any] = lambda site: True
    calm: bool = False

    @property
    def view(self) -> View:
        return named(self.view_name)


def _any_goal(site: Site) -> bool:
    return any(
        strategy.goals or any(area.goals for area in site.areas(strategy.id))
        for strategy in site.strategies
    )


def _any_event(site: Site) -> bool:
    return any(strategy.events for strategy in site.strategies)


# Name, as a page calls it -> the part.
PARTS = {
    "calendarfile": Part("forms.calendar_file", calm=True),
    "correct": Part("forms.letter", calm=True),
    "coverage": Part("coverage.view", lambda site: site.activities),
    "due": Part("due.view", lambda site: site.activities),
    "finder": Part("finder.finder", lambda site: site.activities),
    "front": Part("front.front"),
    "goals": Part("goals.goals", _any_goal, calm=True),
    "help": Part("help.help_now", lambda site: site.of_kind("help")),
    "ideas": Part("catalogue.ideas", lambda site: site.ideas, calm=True),
    "mylist": Part("finder.my_list", lambda site: site.activities),
    "organisations": Part("index.organisations", lambda site: site.organisations, calm=True),
    "places": Part("index.places", lambda site: site.places, calm=True),
    "recipient": Part("forms.letter", calm=True),
    "roles": Part("roles.roles", lambda site: site.roles),
    "search": Part("index.search", calm=True),
    "shortcut": Part("text.plain", calm=True),
    "sources": Part("index.sources", lambda site: site.sources, calm=True),
    "statements": Part("front.statements"),
    "strategies": Part("front.strategies", lambda site: site.strategies, calm=True),
    "suggest": Part("forms.suggest"),
    "terms": Part("index.terms", lambda site: site.terms, calm=True),
    "timelines": Part("goals.timelines", _any_event, calm=True),
    "together": Part("roles.together", lambda site: any(role.button for role in site.roles)),
    "topics": Part("catalogue.topics", lambda site: site.topics, calm=True),
}


def empty(site: Site) -> frozenset[str]:
    """What a hand-written page may call and the site has nothing to show for."""
    return frozenset(name for name, part in PARTS.items() if not part.there(site))
