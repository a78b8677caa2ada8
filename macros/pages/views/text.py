"""What most pages are made of: links, sentences with their sources, the documents themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from macros.data.fields import references
from macros.data.site import Site
from macros.data.standing import WEAK, of_section, proposed_on, silent
from macros.data.strategy import Area, Contact, Source, Strategy
from macros.data.values import Model, Passages, Silence
from macros.data.whose import to_choose_from
from macros.language.text import join
from macros.pages.addresses import SOURCES
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.when.wording import day


@dataclass(frozen=True)
class Link:
    """address: from the site's root."""

    address: str
    title: str


@dataclass(frozen=True)
class Mark:
    """The mark at a statement. seen: on the page; unseen: what a screen reader adds. standing:
    what the section's statements are, if readers should be told («Forslag»)."""

    address: str
    seen: str
    unseen: str
    standing: str = ""


Marks = Mapping[str, Mark]  # `source/section` -> its mark


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What every template gets. marks: for the sections that what it shows cites. standing: what
    all of it is, said once in its head and so not again beside each statement («Forslag»)."""

    page: Page
    marks: Marks = field(default_factory=dict)
    standing: str = ""


@dataclass(frozen=True)
class LookedFor:
    """What an editor has looked for in the sources and not found. what: «mål eller hvordan»."""

    what: str
    by: str
    date: str


def looked_for(silences: Iterable[Silence]) -> tuple[LookedFor, ...]:
    return tuple(
        LookedFor(join(list(one.about), "eller"), one.by, day(one.date))
        for one in silences
        if one.about
    )


def confirmed(silence: Silence | None) -> LookedFor | None:
    """The same of one silence, where what it is about goes without saying."""
    return silence and LookedFor("", silence.by, day(silence.date))


@dataclass(frozen=True)
class Proposal:
    """When something was proposed; silence: who has looked for whether it was done."""

    dated: str
    silence: LookedFor | None


def proposal(edition: Edition, strategy: Strategy) -> Proposal | None:
    if not (dated := proposed_on(edition.site, strategy)):
        return None
    return Proposal(dated, confirmed(silent(strategy, "status")))


def proposed(edition: Edition, strategy: Strategy) -> str:
    """What all of a document is, if it only proposes: for `Shown.standing`."""
    return WEAK["forslag"] if strategy.proposes else ""


def plain(edition: Edition, page: Page) -> Shown:
    """What shows nothing but itself."""
    return Shown(page=page)


def mark(site: Site, target: str) -> Mark:
    """The mark of a cited section."""
    source, section = site.sections[target]
    number = [one.id for one in source.sections].index(section.id) + 1
    place = f"s. {section.page}" if section.page else f"afs. {number}"
    return Mark(
        f"{SOURCES}{source.id}/#{section.id}",
        f"{source.mark} {place}",
        f"{source.short_title}, {section.title}",
        WEAK.get(of_section(site, target), ""),
    )


def marks(site: Site, *shown: Model | Iterable[Model]) -> Marks:
    """The marks of all that some models cite."""
    models = (one for each in shown for one in ([each] if isinstance(each, Model) else each))
    return {
        target: mark(site, target)
        for model in models
        for _, kind, target in references(model)
        if kind == "section"
    }


@dataclass(frozen=True)
class Chip:
    """An area in a word or two, in its colour. of: the strategy it is a part of. whose, whose_name:
    the municipality it is of, where there are several."""

    address: str
    number: str
    title: str
    accent: str
    of: str
    whose: str | None = None
    whose_name: str = ""


def chip(edition: Edition, area: Area) -> Chip:
    site = edition.site
    of = site.strategy(area.strategy)
    own = site.municipality(of.municipality) if to_choose_from(site) else None
    return Chip(
        edition.at("area", area.id),
        area.number,
        area.short_title,
        area.accent,
        of.short_title,
        own and own.id,
        own.short_title if own else "",
    )


@dataclass(frozen=True)
class IdeaLink:
    """titled_only: whether its source names its title and no more."""

    address: str
    number: int
    title: str
    titled_only: bool

    @property
    def named(self) -> str:
        """«Idé 3: Samvær i skoven»."""
        return f"Idé {self.number}: {self.title}"


def idea_link(edition: Edition, id: str) -> IdeaLink:
    idea = edition.site.things["idea", id]
    return IdeaLink(edition.at("idea", id), idea.number, idea.title, not idea.themes)


def idea_links(edition: Edition, area: Area) -> tuple[IdeaLink, ...]:
    """The ideas that a main effort gathers."""
    return tuple(idea_link(edition, one.id) for one in edition.site.ideas if one.effort == area.id)


def topic_links(edition: Edition, kind: str, id: str) -> tuple[Link, ...]:
    """The topics under which an area or an idea stands."""
    return tuple(
        Link(edition.at("topic", topic.id), topic.title)
        for topic in edition.site.topics
        if (id in topic.ideas if kind == "idea" else any(link.area == id for link in topic.links))
    )


def use_links(edition: Edition, page: Page) -> tuple[Link, ...]:
    """The pages that use a term or name a body, other than the glossary's own."""
    keys = edition.lexicon.uses.get(page.key, ())
    pages = (edition.pages.showing(key) for key in keys if key[0] != "term")
    return page_links(use for use in pages if use)


def page_links(pages: Iterable[Page]) -> tuple[Link, ...]:
    """A link to each page, each once."""
    return tuple(dict.fromkeys(Link(page.address, page.title) for page in pages))


@dataclass(frozen=True)
class Document:
    """A source as lists show it."""

    address: str
    source: Source


def documents(edition: Edition, ids: Iterable[str]) -> tuple[Document, ...]:
    return tuple(Document(edition.at("source", id), edition.site.source(id)) for id in ids)


def cited_sources(site: Site, cite: Iterable[str]) -> str:
    """The sources of some sections, as a sentence names them: «Idékatalog 2023»."""
    names = dict.fromkeys(site.sections[target][0].short_title for target in cite)
    return join([f"»{name}«" for name in names])


@dataclass(frozen=True)
class Ask:
    """Whom one may ask in a municipality. contacts: the ways in; known: what a source tells of
    others, whom nobody should call now; missing: what somebody has looked for and not found."""

    municipality: str
    contacts: tuple[Contact, ...]
    known: tuple[Contact, ...]
    missing: Passages


@dataclass(frozen=True)
class Asks:
    """Whom one may ask, municipality by municipality. more: the overview of all that the sources
    name. searched: whether the search may find them here; where several municipalities stand side
    by side it finds each one's on that one's own page."""

    units: tuple[Ask, ...]
    more: str | None
    searched: bool
    more_called: str = "Se alle de enheder og foreninger, som kilderne nævner"

    @property
    def cited(self) -> tuple[Model, ...]:
        """All that rests on a source."""
        return tuple(
            one for unit in self.units for one in (*unit.contacts, *unit.known, *unit.missing)
        )


def asks(edition: Edition, more: str | None, of: str | None = None) -> Asks:
    """of: the municipality's id, if only its own ways in are wanted, and what is not found."""
    units = tuple(
        Ask(
            one.title,
            tuple(contact for contact in one.contacts if contact.way_in),
            tuple(contact for contact in one.contacts if not contact.way_in),
            one.missing,
        )
        for one in edition.site.municipalities
        if (one.contacts or one.missing) and of in (None, one.id)
    )
    if of is not None:
        units = tuple(replace(unit, known=()) for unit in units)
        return Asks(units, more, True, "Se alle, du kan spørge")
    return Asks(units, more, not to_choose_from(edition.site))
