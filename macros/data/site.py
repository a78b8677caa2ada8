"""The loaded site: every thing by kind and id, and where in `data/` it came from.

Everything after loading is a pure function of a `Site` (and of a given «today»).
"""

from __future__ import annotations

import pathlib
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from operator import is_

from macros.data.activity import Activity, Holidays, Organisation, Place, Postcode, is_example
from macros.data.catalogue import EverydayWords, Idea, Term, Theme, Topic
from macros.data.document import Documents
from macros.data.faults import Fault
from macros.data.fields import references
from macros.data.role import Role
from macros.data.settings import Doc, Move, Settings
from macros.data.strategy import Area, Municipality, Source, SourceSection, Strategy
from macros.data.values import Path, Thing
from macros.language.text import danish_key, number_key

Key = tuple[str, str]  # kind, id
LISTED = ("activity", "organisation", "place")  # what a listing is made of


@dataclass(frozen=True)
class Earlier:
    """What was listed at the end of a day: activities, and who and where they were."""

    day: date
    things: Mapping[Key, Thing]


@dataclass(frozen=True)
class Surroundings:
    """What lies beside the things and is needed to judge them.

    texts: a hand-written page's Markdown without its front matter, by the page's id, with the
    number of its first line. html: the same as HTML, and the name of what the page takes in but is
    not there. files: what else lies in `docs/`, by path from there. copied: hashes
    of nine words in a row of the sources (`copied`). words: words that no dictionary has and the
    editor vouches for. published: addresses that the published site has, with their titles.
    remarks: what reading the files gave reason to say. year_ago: what was listed then, if git
    knows.
    """

    root: pathlib.Path = pathlib.Path()
    texts: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    html: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    copied: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    published: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[Fault, ...] = ()
    year_ago: Earlier | None = None


@dataclass(frozen=True)
class Noticed:
    """What reading a thing noticed and only the whole can judge.

    names: its references, each with the path to it, the target's kind and id. copied: runs of words
    that a source has too (`rules.copied`). abbreviated: whether its text has abbreviations.
    """

    names: tuple[tuple[Path, str, str], ...] = ()
    copied: tuple[str, ...] = ()
    abbreviated: bool = False


# Lately asked for by sites, so that they can be told to be the same at a glance.
_RESTS: deque[tuple[Thing, ...]] = deque(maxlen=4)


@dataclass(frozen=True, eq=False)  # one site is told from another by being it
class Site:
    """things: (kind, id) -> model. documents: (kind, id) -> the file. noticed: (kind, id) -> what
    only the whole can judge.

    broken: files that exist but could not be read; only `checks` meets a site with any.
    """

    things: Mapping[Key, Thing]
    documents: Documents
    broken: frozenset[Key] = field(default_factory=frozenset)
    beside: Surroundings = field(default_factory=Surroundings)
    noticed: Mapping[Key, Noticed] = field(default_factory=dict)

    def of_kind(self, kind: str) -> tuple[Thing, ...]:
        return self._kinds.get(kind, ())

    @cached_property
    def _kinds(self) -> dict[str, tuple[Thing, ...]]:
        kinds: dict[str, list[Thing]] = {}
        for (kind, _), thing in self.things.items():
            kinds.setdefault(kind, []).append(thing)
        return {kind: tuple(things) for kind, things in kinds.items()}

    @cached_property
    def rest(self) -> tuple[Thing, ...]:
        """Every thing but activities, of which there may be thousands and which change most. The
        very same object as another site's lately, if it is the same."""
        now = tuple(thing for (kind, _), thing in self.things.items() if kind != "activity")
        for before in tuple(_RESTS):
            if len(before) == len(now) and all(map(is_, before, now)):
                return before
        _RESTS.appendleft(now)
        return now

    def area(self, id: str) -> Area:
        return self.things["area", id]  # type: ignore[return-value]

    def role(self, id: str) -> Role:
        return self.things["role", id]  # type: ignore[return-value]

    def source(self, id: str) -> Source:
        return self.things["source", id]  # type: ignore[return-value]

    def strategy(self, id: str) -> Strategy:
        return self.things["strategy", id]  # type: ignore[return-value]

    def municipality(self, id: str) -> Municipality:
        return self.things["municipality", id]  # type: ignore[return-value]

    @cached_property
    def strategies(self) -> tuple[Strategy, ...]:
        return tuple(sorted(self.of_kind("strategy"), key=lambda s: (s.order, s.id)))

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        return tuple(sorted(self.of_kind("role"), key=lambda r: (r.order, r.id)))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        return tuple(sorted(self.of_kind("source"), key=lambda s: danish_key(s.short_title)))

    @cached_property
    def docs(self) -> tuple[Doc, ...]:
        return tuple(sorted(self.of_kind("doc"), key=lambda d: d.id))

    @cached_property
    def municipalities(self) -> tuple[Municipality, ...]:
        return tuple(sorted(self.of_kind("municipality"), key=lambda m: danish_key(m.title)))

    @cached_property
    def ideas(self) -> tuple[Idea, ...]:
        return tuple(sorted(self.of_kind("idea"), key=lambda i: (i.strategy, i.number)))

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        return tuple(
            sorted(self.of_kind("theme"), key=lambda t: (t.strategy, number_key(t.number)))
        )

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        return tuple(sorted(self.of_kind("topic"), key=lambda t: danish_key(t.title)))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        return tuple(sorted(self.of_kind("term"), key=lambda t: danish_key(t.title.lstrip("§ "))))

    @cached_property
    def organisations(self) -> tuple[Organisation, ...]:
        return tuple(sorted(self.of_kind("organisation"), key=lambda o: danish_key(o.title)))

    @cached_property
    def activities(self) -> tuple[Activity, ...]:
        return tuple(sorted(self.of_kind("activity"), key=lambda a: danish_key(a.title)))

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return tuple(sorted(self.of_kind("place"), key=lambda p: danish_key(p.title)))

    @cached_property
    def postcodes(self) -> tuple[Postcode, ...]:
        return tuple(sorted(self.of_kind("postcode"), key=lambda p: p.id))

    @cached_property
    def everyday(self) -> tuple[EverydayWords, ...]:
        return self.of_kind("everyday")  # type: ignore[return-value]

    @cached_property
    def holidays(self) -> dict[str, Holidays]:
        return {plan.id: plan for plan in self.of_kind("holidays")}

    def organisation(self, id: str) -> Organisation:
        return self.things["organisation", id]  # type: ignore[return-value]

    def place(self, id: str) -> Place:
        return self.things["place", id]  # type: ignore[return-value]

    def postcode(self, id: str) -> Postcode:
        return self.things["postcode", id]  # type: ignore[return-value]

    @cached_property
    def year_ago(self) -> Site | None:
        """The same site with what was listed a year ago, if that is known."""
        earlier = self.beside.year_ago
        if earlier is None:
            return None
        kept = {key: one for key, one in self.things.items() if key[0] not in LISTED}
        return replace(self, things={**kept, **earlier.things}, noticed={})

    def without_examples(self) -> Site:
        """The same site without what is made up to show how it works."""
        kept = {k: thing for k, thing in self.things.items() if not is_example(thing)}
        return replace(self, things=kept)

    @property
    def settings(self) -> Settings:
        return self.things["site", ""]  # type: ignore[return-value]

    @cached_property
    def moved(self) -> tuple[Move, ...]:
        """The addresses that lead on to others."""
        redirects = self.things.get(("redirects", ""))
        return redirects.moved if redirects else ()  # type: ignore[union-attr]

    def areas(self, strategy: str) -> tuple[Area, ...]:
        """A strategy's areas in the order of their numbers (the file order breaks ties)."""
        return self._areas.get(strategy, ())

    @cached_property
    def _areas(self) -> dict[str, tuple[Area, ...]]:
        by_strategy: dict[str, list[Area]] = {}
        for area in sorted(self.of_kind("area"), key=lambda a: (number_key(a.number), a.id)):
            by_strategy.setdefault(area.strategy, []).append(area)
        return {strategy: tuple(areas) for strategy, areas in by_strategy.items()}

    @cached_property
    def sections(self) -> dict[str, tuple[Source, SourceSection]]:
        """`source/section` -> both."""
        return {
            f"{source.id}/{section.id}": (source, section)
            for source in self.of_kind("source")
            for section in source.sections
        }

    @cached_property
    def references(self) -> Mapping[Key, tuple[tuple[Path, str, str], ...]]:
        """Thing -> its references: the path to each, the target's kind and id."""
        return {key: self.references_of(key) for key in self.things}

    def references_of(self, key: Key) -> tuple[tuple[Path, str, str], ...]:
        noticed = self.noticed.get(key)
        return noticed.names if noticed else tuple(references(self.things[key]))

    @cached_property
    def citing(self) -> dict[str, tuple[Key, ...]]:
        """`source/section` -> the things that cite it, each once, in loading order."""
        cited_by: dict[str, dict[Key, None]] = {}
        for key, named in self.references.items():
            for _, kind, target in named:
                if kind == "section":
                    cited_by.setdefault(target, {})[key] = None
        return {target: tuple(keys) for target, keys in cited_by.items()}
