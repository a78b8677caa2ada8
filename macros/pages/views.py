"""Site -> what templates loop over: everything that is counted, sorted, joined or compared.

Pure functions; a template tests a boolean and prints, no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import TypeVar

from pyphen import Pyphen

from macros.data.activity import ORGANISATION_KINDS, Organisation, Place, Postcode
from macros.data.catalogue import Idea, Term, Theme, Topic
from macros.data.site import Site
from macros.data.strategy import (
    Action,
    Area,
    Event,
    FollowUp,
    Goal,
    Role,
    Source,
    SourceSection,
    Strategy,
)
from macros.data.values import Passages, Remark
from macros.language.text import danish_key, join
from macros.pages.kinds import PAGE_KINDS, SHEETS, SOURCES
from macros.pages.lexicon import Lexicon
from macros.pages.pages import Page, Pages


@dataclass(frozen=True)
class Citation:
    """The mark at a statement. seen: on the page; unseen: what a screen reader adds."""

    address: str
    seen: str
    unseen: str


def citations(site: Site, cite: Iterable[str]) -> tuple[Citation, ...]:
    """One mark for each section cited."""
    marks = []
    for target in cite:
        source, section = site.sections[target]
        number = source.sections.index(section) + 1
        place = f"s. {section.page}" if section.page else f"afs. {number}"
        marks.append(
            Citation(
                f"{SOURCES}{source.id}/#{section.id}",
                f"{source.mark} {place}",
                f"{source.short_title}, {section.title}",
            )
        )
    return tuple(marks)


@dataclass(frozen=True)
class RoleShare:
    """A role's share in an area: what the source says it means, and which actions serve it."""

    role: Role
    passages: Passages
    actions: tuple[Action, ...]


def role_shares(site: Site, area: Area) -> tuple[RoleShare, ...]:
    """For each role, in the roles' order."""
    meanings = {meaning.role: meaning.passages for meaning in area.roles}
    return tuple(
        RoleShare(
            role,
            meanings.get(role.id, ()),
            tuple(action for action in role.actions if area.id in action.areas),
        )
        for role in site.roles
    )


def has_actions(site: Site, strategy: Strategy) -> bool:
    """Whether any role's action serves one of the strategy's areas."""
    areas = {area.id for area in site.areas(strategy.id)}
    return any(areas & set(action.areas) for role in site.roles for action in role.actions)


@dataclass(frozen=True)
class AreaShare:
    """An area as one role sees it."""

    area: Area
    passages: Passages


def area_shares(site: Site, role: Role) -> tuple[tuple[Strategy, tuple[AreaShare, ...]], ...]:
    """All strategies, each with what its areas mean for a role; nothing where it is silent."""
    found = []
    for strategy in site.strategies:
        shares = tuple(
            AreaShare(area, meaning.passages)
            for area in site.areas(strategy.id)
            for meaning in area.roles
            if meaning.role == role.id
        )
        found.append((strategy, shares))
    return tuple(found)


def asking(site: Site, role: Role) -> tuple[Strategy, ...]:
    """The strategies that a role's actions come from: those of the sources they cite."""
    cited = {target.split("/")[0] for a in role.actions for p in a.passages for target in p.cite}
    return tuple(strategy for strategy in site.strategies if cited & set(strategy.sources))


def goal_cites(goal: Goal) -> tuple[str, ...]:
    """The sections that a goal's parts rest on, each once."""
    return tuple(dict.fromkeys(target for part in goal.parts for target in part.cite))


def role_sources(site: Site, role: Role) -> tuple[str, ...]:
    """Ids of the documents that a role's printed card rests on, its contacts' among them."""
    cited = [passage.cite for action in role.actions for passage in action.passages]
    cited += [contact.cite for m in site.municipalities for contact in m.contacts]
    return tuple(dict.fromkeys(target.split("/")[0] for cite in cited for target in cite))


@dataclass(frozen=True)
class SectionUse:
    """A section of a source and the pages that rest on it."""

    section: SourceSection
    pages: tuple[Page, ...]


def section_uses(site: Site, pages: Pages, source: Source) -> tuple[SectionUse, ...]:
    """The coverage of a source: where on the site each of its sections is."""
    found = []
    for section in source.sections:
        keys = site.citing.get(f"{source.id}/{section.id}", ())
        places = (pages.showing(key) for key in keys if key != ("source", source.id))
        found.append(SectionUse(section, tuple(dict.fromkeys(page for page in places if page))))
    return tuple(found)


@dataclass(frozen=True)
class Tick:
    """An event on the time axis; x in per cent of its width."""

    event: Event
    x: float


@dataclass(frozen=True)
class Axis:
    """A time axis from the first to the last year, with a tick for each event."""

    first: int
    last: int
    ticks: tuple[Tick, ...]


def axis(events: Iterable[Event]) -> Axis:
    """Where each event lies between the first and the last; events must not be empty."""
    ordered = timeline(events)
    start, end = ordered[0].date.earliest, max(event.date.latest for event in ordered)
    days = (end - start).days or 1
    ticks = (Tick(e, round(100 * (e.date.earliest - start).days / days, 1)) for e in ordered)
    return Axis(start.year, end.year, tuple(ticks))


def timeline(events: Iterable[Event]) -> tuple[Event, ...]:
    """Events in the order of their dates."""
    return tuple(sorted(events, key=lambda event: event.date))


_LONG_WORD = re.compile(r"[^\W\d_]{12,}")


def hyphenated(text: str) -> str:
    """Long words with soft hyphens, for narrow columns: not every browser knows Danish."""
    return _LONG_WORD.sub(lambda word: "\N{SOFT HYPHEN}".join(_parts(word.group())), text)


def _parts(word: str) -> Iterator[str]:
    """The word's syllables; one of a letter or two stays with the one before («Skov-værk»)."""
    held = ""
    for part in _hyphenator().inserted(word, " ").split(" "):
        if held and len(part) > 2:
            yield held
            held = ""
        held += part
    yield held


@cache
def _hyphenator() -> Pyphen:
    return Pyphen(lang="da_DK", left=3, right=3)


_KEEP_TOGETHER = re.compile(r"(§§?|\b(?:s|afs)\.|\bnr\.|\d\.?) (?=\d|%|[a-zæøå]{3,9} \d{4}\b)")


def keep_together(text: str) -> str:
    """«§ 85», «18 %», «4. december 2024»: no line break inside."""
    return _KEEP_TOGETHER.sub("\\1\N{NO-BREAK SPACE}", text)


# --- ideas, goals, topics, words -------------------------------------------------------------


@dataclass(frozen=True)
class MatrixRow:
    """An idea and, for each theme in their order, whether it covers the theme."""

    idea: Idea
    covers: tuple[bool, ...]


def themes_of(site: Site, strategy: Strategy) -> tuple[Theme, ...]:
    """The themes by which a document groups its ideas."""
    return tuple(theme for theme in site.themes if theme.strategy == strategy.id)


def matrix(site: Site, strategy: Strategy) -> tuple[MatrixRow, ...]:
    """Themes x ideas of a document; empty cells are there too."""
    themes = themes_of(site, strategy)
    return tuple(
        MatrixRow(idea, tuple(theme.id in idea.themes for theme in themes))
        for idea in site.ideas
        if idea.strategy == strategy.id
    )


def ideas_of(site: Site, area: Area) -> tuple[Idea, ...]:
    """The ideas that a main effort gathers."""
    return tuple(idea for idea in site.ideas if idea.effort == area.id)


def ideas_towards(site: Site, area: Area) -> tuple[tuple[Idea, Remark], ...]:
    """The ideas that we have linked to an area, each with our reason."""
    return tuple(
        (idea, link.why) for idea in site.ideas for link in idea.links if link.area == area.id
    )


def topics_of(site: Site, kind: str, id: str) -> tuple[Topic, ...]:
    """The topics under which an area or an idea stands."""
    return tuple(
        topic
        for topic in site.topics
        if (id in topic.ideas if kind == "idea" else any(link.area == id for link in topic.links))
    )


@dataclass(frozen=True)
class GoalGroup:
    """The goals of a strategy or of one of its areas; area is None for the strategy's own."""

    strategy: Strategy
    area: Area | None
    goals: tuple[Goal, ...]

    @property
    def prefix(self) -> str:
        """What makes a goal's id unique on a page with all goals."""
        return f"{(self.area or self.strategy).id.replace('/', '-')}-"


def goal_groups(site: Site, strategy: Strategy) -> tuple[GoalGroup, ...]:
    """All goals of a strategy. An area without goals is there, with none."""
    own = (GoalGroup(strategy, None, strategy.goals),) if strategy.goals else ()
    return own + tuple(GoalGroup(strategy, area, area.goals) for area in site.areas(strategy.id))


def goal_count(site: Site, strategy: Strategy) -> int:
    """How many goals a strategy and its areas have."""
    return sum(len(group.goals) for group in goal_groups(site, strategy))


@dataclass(frozen=True)
class Progress:
    """A goal's follow-up: the newest status, and the earlier ones with the newest first."""

    now: FollowUp | None
    earlier: tuple[FollowUp, ...]


def progress(goal: Goal) -> Progress:
    """What has been published about a goal."""
    history = tuple(reversed(sorted(goal.follow_up, key=lambda entry: entry.date)))
    return Progress(history[0] if history else None, history[1:])


def any_status(site: Site) -> bool:
    """Whether any source has published the status of any goal."""
    goals = [goal for kind in ("strategy", "area") for t in site.of_kind(kind) for goal in t.goals]
    return any(goal.follow_up for goal in goals)


@dataclass(frozen=True)
class DatedEvent:
    """An event and the strategy that tells of it."""

    event: Event
    strategy: Strategy


def all_events(site: Site) -> tuple[DatedEvent, ...]:
    """The events of all strategies, in the order of time."""
    found = [
        DatedEvent(event, strategy) for strategy in site.strategies for event in strategy.events
    ]
    return tuple(sorted(found, key=lambda dated: dated.event.date))


Titled = TypeVar("Titled", Term, Page)


def by_letter(titled: Iterable[Titled]) -> tuple[tuple[str, tuple[Titled, ...]], ...]:
    """Terms or pages, already in order, under their first letter; signs and digits under «§»."""
    return tuple((letter, tuple(group)) for letter, group in groupby(titled, key=_letter))


def _letter(titled: Term | Page) -> str:
    bare = _bare(titled.title).upper()
    first = "Å" if bare.startswith("AA") else bare[:1]
    return first if first.isalpha() else "§"


def _bare(title: str) -> str:
    return title.lstrip('»«"§ ') if not title.startswith("§") else title


def a_to_z(pages: Pages) -> tuple[tuple[str, tuple[Page, ...]], ...]:
    """Every page by its title's first letter, but for the single activities and places."""
    listed = [page for page in pages.all if page.address and page.kind not in _NOT_LISTED]
    return by_letter(
        sorted(listed, key=lambda page: (_letter(page) != "§", danish_key(_bare(page.title))))
    )


_NOT_LISTED = {kind.name for kind in PAGE_KINDS if not kind.listed} | SHEETS.keys()


PLURALS = {
    "kommunal enhed": "Kommunale enheder",
    "kommunalt tilbud": "Kommunale tilbud",
    "forening": "Foreninger",
    "råd og udvalg": "Råd og udvalg",
    "projekt og samarbejde": "Projekter og samarbejder",
    "myndighed": "Myndigheder",
    "sundhedsvæsen": "Sundhedsvæsenet",
    "viden og interesser": "Viden og interesser",
}


def by_kind(site: Site) -> tuple[tuple[str, tuple[Organisation, ...]], ...]:
    """What sources name, under its kind, in the order in which the model names the kinds."""
    return tuple(
        (kind, found)
        for kind in ORGANISATION_KINDS
        if (found := tuple(o for o in site.organisations if o.kind == kind and o.passages))
    )


def organisers(site: Site) -> tuple[Organisation, ...]:
    """Those whom no source names: they are here because of what they arrange."""
    return tuple(one for one in site.organisations if not one.passages)


def uses(lexicon: Lexicon, pages: Pages, kind: str, id: str) -> tuple[Page, ...]:
    """The pages that use a term or name a body, other than the glossary's own."""
    keys = lexicon.uses.get((kind, id), ())
    found = (pages.showing(key) for key in keys if key[0] != "term")
    return tuple(dict.fromkeys(page for page in found if page))


def silence(area: Area) -> str:
    """What the source does not say about an area: «mål, hvorfor eller hvordan»; or nothing."""
    parts = {"mål": area.goals, "hvorfor": area.why, "hvordan": area.how}
    missing = [name for name, said in parts.items() if not said]
    return join(missing, "eller")


def places_by_town(site: Site) -> tuple[tuple[Postcode, tuple[Place, ...]], ...]:
    """Places under their postal district, those by number."""
    return tuple(
        (town, found)
        for town in site.postcodes
        if (found := tuple(place for place in site.places if place.postcode == town.id))
    )


def activities_email(site: Site) -> str:
    """Who gets suggestions and corrections: every municipality that has told; «» if none."""
    return ",".join(m.activities_email for m in site.municipalities if m.activities_email)


def cited_sources(site: Site, cite: Iterable[str]) -> str:
    """The sources of some sections, as a sentence names them: «Idékatalog 2023»."""
    names = dict.fromkeys(site.sections[target][0].short_title for target in cite)
    return join([f"»{name}«" for name in names])
