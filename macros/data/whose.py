"""Whose a thing is: the municipality that issued it, runs it or named it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from macros.data.activity import Activity, Organisation
from macros.data.catalogue import Idea, Theme
from macros.data.site import Site
from macros.data.strategy import Area, Easy, EasyPart, Municipality, Source, Strategy
from macros.data.values import Remark, Thing


def whose(site: Site, thing: Thing | None) -> str | None:
    """The id of the municipality that a thing is of; None for what is of none or of several.

    An activity is its organiser's; where that is of no municipality, of the one whose sources name
    the activity.
    """
    if isinstance(thing, Activity):  # first, since there may be thousands
        own = site.organisation(thing.organiser).municipality
        return own or _named_by(site, thing)
    if isinstance(thing, Municipality):
        return thing.id
    if isinstance(thing, Strategy | Source | Organisation):
        return thing.municipality
    if isinstance(thing, Area | Idea | Theme):
        return site.strategy(thing.strategy).municipality
    return None


def _named_by(site: Site, activity: Activity) -> str | None:
    naming = {site.sections[cite][0].municipality for cite in activity.cite}
    return naming.pop() if len(naming) == 1 else None


def named_in(site: Site, one: Organisation) -> str | None:
    """The municipality that a body is of, or whose papers alone name it."""
    cited = [target for passage in one.passages for target in passage.cite]
    naming = {site.sections[target][0].municipality for target in cited}
    return one.municipality or (naming.pop() if len(naming) == 1 else None)


def said_in(site: Site, passages: Iterable[Remark], of: str | None) -> bool:
    """Whether a municipality's documents say it; always, if none is asked for. Our own words hold
    everywhere."""
    cites = [target for passage in passages for target in passage.cite]
    return of is None or not cites or any(site.sections[t][0].municipality == of for t in cites)


def easy_in(site: Site, easy: Easy, of: str) -> Easy:
    """The parts of an easy-to-read text that a municipality's documents say. Our own words go with
    the line that they explain."""
    every = []
    for part in easy:
        lines, said = [], True
        for line in part.lines:
            said = said_in(site, [line], of) if line.cite else said
            if said:
                lines.append(line)
        if any(line.cite for line in lines):
            every.append(EasyPart(title=part.title, lines=tuple(lines)))
    return tuple(every)


@lru_cache(maxsize=4)
def to_choose_from(site: Site) -> tuple[Municipality, ...]:
    """The municipalities that a reader may choose between: those with a strategy, if there are
    several; otherwise there is nothing to choose."""
    issuing = {strategy.municipality for strategy in site.strategies}
    every = tuple(one for one in site.municipalities if one.id in issuing)
    return every if len(every) > 1 else ()
