"""A role's page and card; what an area asks of each role."""

from __future__ import annotations

from dataclasses import dataclass

from macros.data.help import Help
from macros.data.standing import silent_to
from macros.data.strategy import Action, Area, Role
from macros.data.values import Passages
from macros.pages.addresses import ACTIVITIES, IDEAS, ORGANISATIONS, PRINT
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.help import helps
from macros.pages.views.text import (
    Asks,
    Chip,
    Document,
    Link,
    LookedFor,
    Proposal,
    Shown,
    asks,
    chip,
    confirmed,
    documents,
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
    """An action and the areas that it serves."""

    action: Action
    areas: tuple[Chip, ...]


@dataclass(frozen=True, kw_only=True)
class RolePage(Shown):
    """find: the finder, if there is anything to find. asking: the strategies that the actions come
    from. ideas: the overview of ideas."""

    role: Role
    find: str | None
    asking: tuple[Link, ...]
    tasks: tuple[Task, ...]
    parts: tuple[Part, ...]
    ideas: str | None
    print: str
    asks: Asks


def view(edition: Edition, page: Page) -> RolePage:
    site, role = edition.site, edition.thing(page)
    every = (_part(edition, role, strategy) for strategy in site.strategies)
    parts = tuple(part for part in every if part.told)
    cited = {target.split("/")[0] for a in role.actions for p in a.passages for target in p.cite}
    meanings = [passage for part in parts for one in part.areas for passage in one.passages]
    meanings += [passage for part in parts for passage in part.passages]
    asked = asks(edition, edition.there(ORGANISATIONS))
    return RolePage(
        page=page,
        marks=marks(site, role, meanings, asked.cited),
        role=role,
        find=edition.there(ACTIVITIES) if edition.programme.entries else None,
        asking=tuple(
            Link(edition.at("strategy", strategy.id), strategy.short_title)
            for strategy in site.strategies
            if cited & set(strategy.sources)
        ),
        tasks=tuple(
            Task(action, tuple(chip(edition, site.area(id)) for id in action.areas))
            for action in role.actions
        ),
        parts=parts,
        ideas=edition.there(IDEAS),
        print=f"{page.address}{PRINT}",
        asks=asked,
    )


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
    """A role on a card, for print. urgent: whom to call when it is a matter of life."""

    role: Role
    urgent: Help | None
    asks: Asks
    papers: tuple[Document, ...]


def card(edition: Edition, page: Page) -> RoleCard:
    role, asked = edition.site.role(page.id), asks(edition, None)
    cited = [passage.cite for action in role.actions for passage in action.passages]
    cited += [one.cite for one in asked.cited if one.cite]
    urgent = next(iter(helps(edition.site)), None)
    cited += [urgent.cite] if urgent else []
    sources = dict.fromkeys(target.split("/")[0] for cite in cited for target in cite)
    return RoleCard(
        page=page,
        marks=marks(edition.site, role, asked.cited, (urgent,) if urgent else ()),
        role=role,
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
    return Roles(page=page, marks=marks(edition.site, asked.cited), roles=lines, asks=asked)
