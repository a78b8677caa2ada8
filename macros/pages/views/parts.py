"""What hand-written pages may call: one table of parts.

A part is a row here, its view, and its template `overrides/partials/<name>.html`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from macros.data.site import Site
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.catalogue import ideas, topics
from macros.pages.views.finder import finder
from macros.pages.views.forms import letter, suggest
from macros.pages.views.front import front, statements, strategies
from macros.pages.views.goals import goals, timelines
from macros.pages.views.index import organisations, places, search, sources, terms
from macros.pages.views.roles import roles
from macros.pages.views.text import Shown


@dataclass(frozen=True)
class Part:
    """view: what its template gets. there: whether a site has anything to show in it."""

    view: Callable[[Edition, Page], Shown]
    there: Callable[[Site], Any] = lambda site: True


def _plain(edition: Edition, page: Page) -> Shown:
    return Shown(page=page)


def _any_goal(site: Site) -> bool:
    return any(
        strategy.goals or any(area.goals for area in site.areas(strategy.id))
        for strategy in site.strategies
    )


# Name, as a page calls it -> the part.
PARTS = {
    "correct": Part(letter),
    "finder": Part(finder, lambda site: site.activities),
    "front": Part(front),
    "goals": Part(goals, _any_goal),
    "ideas": Part(ideas, lambda site: site.ideas),
    "organisations": Part(organisations, lambda site: site.organisations),
    "places": Part(places, lambda site: site.places),
    "recipient": Part(letter),
    "roles": Part(roles, lambda site: site.roles),
    "search": Part(search),
    "shortcut": Part(_plain),
    "sources": Part(sources, lambda site: site.sources),
    "statements": Part(statements),
    "strategies": Part(strategies, lambda site: site.strategies),
    "suggest": Part(suggest),
    "terms": Part(terms, lambda site: site.terms),
    "timelines": Part(timelines, lambda site: any(one.events for one in site.strategies)),
    "topics": Part(topics, lambda site: site.topics),
}


def empty(site: Site) -> frozenset[str]:
    """What a hand-written page may call and the site has nothing to show for."""
    return frozenset(name for name, part in PARTS.items() if not part.there(site))
