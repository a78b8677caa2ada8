"""A role's page and card; what an area asks of each role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from macros.data.help import Help
from macros.data.role import Action, Lead, Role
from macros.data.site import Site
from macros.data.standing import silent_to
from macros.data.strategy import Area, Municipality, Strategy
from macros.data.values import Passages
from macros.data.whose import said_in, to_choose_from, whose
from macros.language.text import slug
from macros.pages.addresses import ACTIVITIES, EASY, IDEAS, ORGANISATIONS, PRINT
from macros.pages.choices import alone_on
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.help import helps
from macros.pages.views.text import (
    Asks,
    Chip,
    Document,
    IdeaLink,
    Link,
    LookedFor,
    Proposal,
    Shown,
    asks,
    chip,
    confirmed,
    documents,
    idea_link,
    marks,
    proposal,
)


@dataclass(frozen=True)
class Deed:
    """Something a role can do, as others link to it."""

    address: str
    role: str
    title: str


def deeds(edition: Edition, area: Area) -> tuple[Deed, ...]:
    """What each role can do that serves an area, in the roles' order."""
    return tuple(
        Deed(edition.at("role", role.id, action.id), role.title, action.title)
        for role in edition.site.roles
        for action in role.actions
        if area.id in action.areas
    )


@dataclass(frozen=True)
class Share:
    """A role's share in an area: what the source says it means, and which actions serve it."""

    role: str
    passages: Passages
    silence: LookedFor | None
    deeds: tuple[Deed, ...]

    @property
    def told(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.passages or self.silence or self.deeds)


def shares(edition: Edition, area: Area) -> tuple[Share, ...]:
    """For each role, in the roles' order."""
    meanings = {meaning.role: meaning.passages for meaning in area.roles}
    every = deeds(edition, area)
    return tuple(
        Share(
            role.title,
            meanings.get(role.id, ()),
            confirmed(silent_to(area, role.id)),
            tuple(deed for deed in every if deed.role == role.title),
        )
        for role in edition.site.roles
    )


@dataclass(frozen=True)
class Meaning:
    """What an area means for the role."""

    chip: Chip
    passages: Passages


@dataclass(frozen=True)
class Part:
    """A strategy as the role sees it. passages: what it says to the role as a whole. silence: who
    has looked for anything to the role, and found nothing. proposal: when it was proposed, if the
    document proposes."""

    id: str
    link: Link
    proposal: Proposal | None
    passages: Passages
    areas: tuple[Meaning, ...]
    silence: LookedFor | None

    @property
    def told(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.passages or self.areas or self.silence)


@dataclass(frozen=True)
class Task:
    """An action, the areas that it serves, and what one can do today."""

    action: Action
    areas: tuple[Chip, ...]
    leads: tuple[Link, ...]


def leads(edition: Edition, action: Action, of: str | None) -> tuple[Link, ...]:
    """Where an action leads today; not to a list that is empty. of: the municipality whose page it
    leads to, where there is one for it alone."""
    alone = alone_on(edition, of) if of else {}
    every = ((lead, lead_to(edition, lead)) for lead in action.leads)
    return tuple(
        Link(alone.get(address, address), lead.title) for lead, address in every if address
    )


def lead_to(edition: Edition, lead: Lead) -> str | None:
    (name, id), *_ = lead.target.items()
    if name == "page":
        return id if edition.there(id.partition("#")[0]) else None
    if name == "activities":
        return edition.there(f"{ACTIVITIES}fokusomraader/{id}/")
    if name == "group":
        finder = edition.there(ACTIVITIES) if id in edition.programme.groups else None
        return f"{finder}?til={slug(id)}" if finder else None
    return edition.at(name, id)


@dataclass(frozen=True)
class WorkplaceShown:
    """Where one works, what is said of it, and what it is most about."""

    id: str
    title: str
    passages: Passages
    ideas: tuple[IdeaLink, ...]
    areas: tuple[Chip, ...]


def _here(site: Site, kind: str, id: str, of: str | None) -> bool:
    return of in (None, whose(site, site.things[kind, id]))


@dataclass(frozen=True, kw_only=True)
class RolePage(Shown):
    """heading, short: of the role, or of what is said to it in one municipality alone. find: the
    activities, if there are any. asking: the strategies that the actions come from. ideas: the
    overview of ideas. live: where the reader may live. all: the page for all municipalities, on one
    for a single one."""

    role: Role
    heading: str
    short: Passages
    find: str | None
    button: Link | None
    asking: tuple[Link, ...]
    tasks: tuple[Task, ...]
    parts: tuple[Part, ...]
    ideas: str | None
    print: str
    asks: Asks
    live: tuple[Link, ...]
    all: Link | None
    easy: str | None
    workplaces: tuple[WorkplaceShown, ...]
    workplaces_notes: Passages


def view(edition: Edition, page: Page) -> RolePage:
    return _role_page(edition, page, edition.thing(page), None)


def here(edition: Edition, page: Page) -> RolePage:
    """A role's page with what one municipality says, and nothing of the others."""
    role, municipality = page.id.split("/")
    return _role_page(edition, page, edition.site.role(role), municipality)


def _role_page(edition: Edition, page: Page, role: Role, of: str | None) -> RolePage:
    site = edition.site
    every = (_part(edition, role, strategy) for strategy in _strategies(site, role, of))
    parts = tuple(part for part in every if part.told)
    actions = [action for action in role.actions if said_in(site, action.passages, of)]
    short = tuple(one for one in role.in_short if said_in(site, [one], of))
    cited = {target.split("/")[0] for a in actions for p in a.passages for target in p.cite}
    meanings = [passage for part in parts for one in part.areas for passage in one.passages]
    meanings += [passage for part in parts for passage in part.passages]
    asked = asks(edition, edition.there(ORGANISATIONS), of)
    workplaces = tuple(
        WorkplaceShown(
            one.id,
            one.title,
            tuple(passage for passage in one.passages if said_in(site, [passage], of)),
            tuple(idea_link(edition, id) for id in one.ideas if _here(site, "idea", id, of)),
            tuple(chip(edition, site.area(id)) for id in one.areas if _here(site, "area", id, of)),
        )
        for one in role.workplaces
        if any(said_in(site, [passage], of) for passage in one.passages)
    )
    return RolePage(
        page=page,
        marks=marks(site, role, meanings, asked.cited),
        role=role,
        heading=page.title if of else role.door,
        short=short,
        find=activities_of(edition, of),
        button=_button(edition, role),
        asking=tuple(
            Link(edition.at("strategy", strategy.id), strategy.short_title)
            for strategy in _strategies(site, role, of)
            if cited & set(strategy.sources)
        ),
        tasks=tuple(
            Task(
                action,
                tuple(chip(edition, site.area(id)) for id in action.areas),
                leads(edition, action, of),
            )
            for action in actions
        ),
        parts=parts,
        ideas=edition.there(IDEAS),
        print=f"{page.address}{PRINT}",
        asks=asked,
        live=live(edition, lambda one: edition.at("role_here", f"{role.id}/{one.id}")),
        all=Link(edition.at("role", role.id), role.door) if of else None,
        easy=edition.there(f"{page.address}{EASY}"),
        workplaces=workplaces,
        workplaces_notes=role.workplaces_notes if workplaces else (),
    )


def _strategies(site: Site, role: Role, of: str | None) -> list[Strategy]:
    """In the order in which they matter to the role."""
    order = [*role.first, *(one.id for one in site.strategies)]
    every = (one for one in site.strategies if of in (None, one.municipality))
    return sorted(every, key=lambda one: order.index(one.id))


def _button(edition: Edition, role: Role) -> Link | None:
    address = lead_to(edition, role.button) if role.button else None
    return Link(address, role.button.title) if role.button and address else None


def activities_of(edition: Edition, of: str | None) -> str | None:
    """Where the activities are: those of a municipality, if one is asked for and has any."""
    if not edition.programme.entries:
        return None
    listed = edition.there(f"{ACTIVITIES}kommuner/{of}/") if of else None
    return listed or edition.there(ACTIVITIES)


def live(edition: Edition, where: Callable[[Municipality], str]) -> tuple[Link, ...]:
    """«Hvor bor du?»: the municipalities to choose between, and where each choice leads."""
    return tuple(Link(where(one), one.title) for one in to_choose_from(edition.site))


def _part(edition: Edition, role: Role, strategy) -> Part:
    return Part(
        strategy.id,
        Link(edition.at("strategy", strategy.id), strategy.short_title),
        proposal(edition, strategy),
        next((one.passages for one in strategy.roles if one.role == role.id), ()),
        tuple(
            Meaning(chip(edition, area), meaning.passages)
            for area in edition.site.areas(strategy.id)
            for meaning in area.roles
            if meaning.role == role.id
        ),
        confirmed(silent_to(strategy, role.id)),
    )


@dataclass(frozen=True, kw_only=True)
class RoleCard(Shown):
    """A role on a card, for print. said: what the areas mean for it, where no action is asked.
    urgent: whom to call when it is a matter of life."""

    role: Role
    heading: str
    actions: tuple[Action, ...]
    said: Passages
    urgent: Help | None
    asks: Asks
    papers: tuple[Document, ...]


def card(edition: Edition, page: Page) -> RoleCard:
    return _card(edition, page, edition.site.role(page.id), None)


def card_here(edition: Edition, page: Page) -> RoleCard:
    role, municipality = page.id.split("/")
    return _card(edition, page, edition.site.role(role), municipality)


def _card(edition: Edition, page: Page, role: Role, of: str | None) -> RoleCard:
    asked = asks(edition, None, of)
    actions = tuple(action for action in role.actions if said_in(edition.site, action.passages, of))
    meanings = tuple(
        passage
        for strategy in _strategies(edition.site, role, of)
        for area in edition.site.areas(strategy.id)
        for meaning in area.roles
        if meaning.role == role.id
        for passage in meaning.passages
    )
    said = meanings if of and not actions else ()
    cited = [passage.cite for action in actions for passage in action.passages]
    cited += [one.cite for one in (*said, *asked.cited) if one.cite]
    urgent = next(iter(helps(edition.site)), None)
    cited += [urgent.cite] if urgent else []
    sources = dict.fromkeys(target.split("/")[0] for cite in cited for target in cite)
    return RoleCard(
        page=page,
        marks=marks(edition.site, role, said, asked.cited, (urgent,) if urgent else ()),
        role=role,
        heading=page.title.removesuffix(" – til print"),
        actions=actions,
        said=said,
        urgent=urgent,
        asks=asked,
        papers=documents(edition, sources),
    )


@dataclass(frozen=True)
class RoleLine:
    link: Link
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, kw_only=True)
class Roles(Shown):
    live: tuple[Link, ...]
    roles: tuple[RoleLine, ...]
    asks: Asks


def roles(edition: Edition, page: Page) -> Roles:
    lines = tuple(
        RoleLine(
            Link(edition.at("role", role.id), role.door),
            tuple(
                Deed(edition.at("role", role.id, action.id), role.title, action.title)
                for action in role.actions
            ),
        )
        for role in edition.site.roles
    )
    asked = asks(edition, edition.there(ORGANISATIONS))
    return Roles(
        page=page,
        marks=marks(edition.site, asked.cited),
        live=live(edition, lambda one: edition.at("municipality", one.id)),
        roles=lines,
        asks=asked,
    )


@dataclass(frozen=True, kw_only=True)
class Together(Shown):
    """What the documents say to those whose own page leads here, shorter than there. role: that
    page, if there is any."""

    role: Link | None
    tasks: tuple[Task, ...]
    parts: tuple[Part, ...]


def together(edition: Edition, page: Page) -> Together:
    """For the first role whose button leads to the page, or the first that has any."""
    roles = [role for role in edition.site.roles if role.button]
    if not roles:
        return Together(page=page, role=None, tasks=(), parts=())
    own = [role for role in roles if role.button and role.button.page == page.address]
    whole = _role_page(edition, page, (own or roles)[0], None)
    return Together(
        page=page,
        marks=whole.marks,
        role=Link(edition.at("role", whole.role.id), whole.role.door),
        tasks=tuple(
            replace(task, leads=tuple(one for one in task.leads if one.address != page.address))
            for task in whole.tasks
        ),
        parts=whole.parts,
    )
