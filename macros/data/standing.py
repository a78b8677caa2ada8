"""What a statement is to its source, and what a source is silent about."""

from __future__ import annotations

from macros.data.catalogue import Idea, Theme
from macros.data.site import Site
from macros.data.strategy import Area, Strategy
from macros.data.values import Remark, Silence, Thing

# What readers are told beside a statement, since it may not come about.
WEAK = {"forslag": "Forslag", "forventet": "Forventning", "antaget": "Antagelse"}


def of_section(site: Site, target: str) -> str:
    """What the statements of a section (`source/section`) are."""
    source, section = site.sections[target]
    return section.standing or source.standing


def of(site: Site, remark: Remark) -> str:
    """What a statement is: as it says itself, else as the first section it rests on; «» if ours."""
    if remark.standing or not remark.cite:
        return remark.standing or ""
    return of_section(site, remark.cite[0])


def proposed_on(site: Site, thing: Thing) -> str:
    """When a thing that a document only proposes was proposed; «» for all others."""
    part = isinstance(thing, Area | Idea | Theme)
    strategy = site.things.get(("strategy", thing.strategy)) if part else thing
    if not isinstance(strategy, Strategy) or not strategy.proposes:
        return ""
    return site.source(strategy.sources[0]).dated.label


def silent(thing: Thing, subject: str) -> Silence | None:
    """Where an editor has written that a thing's source says nothing about the subject."""
    silences: tuple[Silence, ...] = getattr(thing, "silences", ())
    return next((one for one in silences if subject in one.about), None)


def silent_to(thing: Thing, role: str) -> Silence | None:
    """Where an editor has written that a thing's source says nothing to a role."""
    silences: tuple[Silence, ...] = getattr(thing, "silences", ())
    return next((one for one in silences if role in one.roles), None)
