"""Kinds of reader: what the strategies ask of each, what it can do today, where it works.

Frozen, validated, without I/O, as `strategy`.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from macros.data.activity import Group
from macros.data.kind import Kind
from macros.data.strategy import EASY_HELP, Easy
from macros.data.values import (
    Line,
    Model,
    Passages,
    Ref,
    Remark,
    Slug,
    Thing,
    described,
    optional,
    several,
)


class Lead(Model):
    """Something one can do today: one of what it may lead to. That it fits is the editors' word."""

    title: Line = described("Linkets tekst", "Begynd med et udsagnsord: Se, Find, Ring.")
    activities: Annotated[str, Ref("area")] | None = optional(
        "Aktiviteter, der støtter", "Et fokusområde."
    )
    group: Group | None = optional("Aktiviteter for en gruppe")
    area: Annotated[str, Ref("area")] | None = optional("Fokusområde")
    idea: Annotated[str, Ref("idea")] | None = optional("Idé")
    topic: Annotated[str, Ref("topic")] | None = optional("Emne")
    organisation: Annotated[str, Ref("organisation")] | None = optional("Forening eller enhed")
    page: Annotated[str, Field(pattern=r"^([a-z0-9-]+/)+(#[a-z0-9-]+)?$")] | None = optional(
        "Side", "En skrevet sides adresse: hjaelp-nu/, og et sted på den: hjaelp-nu/#vold"
    )

    @model_validator(mode="after")
    def _leads_to_one_thing(self) -> Self:
        if len(self.target) != 1:
            raise PydanticCustomError(
                "whole",
                "vejen fører til {count} ting",
                {
                    "count": "flere" if self.target else "ingen",
                    "cure": "udfyld én af {activities}, {group}, {area}, {idea}, {topic}, "
                    "{organisation} og {page}",
                },
            )
        return self

    @property
    def target(self) -> dict[str, str]:
        """What it leads to, by the name of its field."""
        names = ("activities", "group", "area", "idea", "topic", "organisation", "page")
        return {name: id for name in names if (id := getattr(self, name))}


class Action(Model):
    """Something a reader in a role can do."""

    id: Slug = described("Id")
    title: Line = described("Handling", "Begynd med et udsagnsord: Deltag, Spørg, Bidrag.")
    passages: Passages = described("Tekst", min_length=1)
    areas: tuple[Annotated[str, Ref("area")], ...] = described(
        "Fokusområder", "De områder, handlingen støtter. Koblingen er redaktionens.", min_length=1
    )
    notes: Passages = several(
        "Bemærkninger", "Det, redaktionen selv må sige til, fx hvad ingen kilde siger."
    )
    leads: tuple[Lead, ...] = several("Gør det i dag", "Veje til noget, man kan gøre nu.")


class Workplace(Model):
    """Where readers in a role work, and what the sources say of just that."""

    id: Slug = described("Id")
    title: Line = described("Arbejdsplads")
    passages: Passages = described("Tekst", min_length=1)
    ideas: tuple[Annotated[str, Ref("idea")], ...] = several("Idéer, det handler om")
    areas: tuple[Annotated[str, Ref("area")], ...] = several("Fokusområder, det handler om")


class Role(Thing):
    """A kind of reader, and what the strategies ask of them."""

    title: Line = described("Titel", "Borger, Medarbejder …")
    door: Line = described("Døren på forsiden", "Jeg er …")
    lead: Remark = described("Hvem det er, og hvad siden giver")
    order: int = described("Rækkefølge", "Tal. Mindst først.")
    in_short: Passages = described("Kort fortalt", min_length=1, max_length=5)
    button: Lead | None = optional("Knappen øverst", "Tomt: »Find en aktivitet«.")
    actions: tuple[Action, ...] = described("Det kan du gøre", min_length=1)
    workplaces: tuple[Workplace, ...] = several("Hvor arbejder du?")
    workplaces_notes: Passages = several(
        "Om de andre arbejdspladser", "Fx hvor kilderne ikke siger noget særligt."
    )
    first: tuple[Annotated[str, Ref("strategy")], ...] = several(
        "Strategier, der står først", "Dem, der har mest at sige til rollen. De andre følger efter."
    )
    easy: Easy = several("Let at læse", EASY_HELP)


KINDS = (Kind("role", Role, "roles/*", "rolle"),)
