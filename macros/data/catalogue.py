"""Ideas and words: what documents propose, subjects across them, terms, people's everyday words."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.data.kind import Kind
from macros.data.strategy import SILENCES
from macros.data.values import (
    Cites,
    Line,
    Model,
    Passages,
    Ref,
    Remark,
    Silence,
    Thing,
    described,
    optional,
    several,
)


class Theme(Thing):
    """A theme that a document groups its ideas by."""

    number: Line = described("Nummer")
    title: Line = described("Titel", "Som i kilden.")
    strategy: Annotated[str, Ref("strategy")] = described("Dokument")
    passages: Passages = described("Hvad temaet handler om", min_length=1)


class Department(Model):
    """A unit that an idea says it takes."""

    organisation: Annotated[str, Ref("organisation")] = described("Enhed")
    cite: Cites = described("Kilde", min_length=1)


class Link(Model):
    """An editorial link to an area, and why."""

    area: Annotated[str, Ref("area")] = described("Område")
    why: Remark = described("Hvorfor", "Redaktionens begrundelse: ours: true.")


class Idea(Thing):
    """An idea of an idea catalogue, with the fields its source gives it."""

    number: int = described("Nummer")
    title: Line = described("Titel", "Som i kilden.")
    strategy: Annotated[str, Ref("strategy")] = described("Dokument")
    effort: Annotated[str, Ref("area")] = described("Hovedindsats")
    in_short: Passages = described("Kort fortalt", min_length=1, max_length=5)
    themes: tuple[Annotated[str, Ref("theme")], ...] = several("Temaer")
    what: Passages = several("Hvad er idéen")
    how: Passages = several("Hvordan kan vi det")
    background: Passages = several("Baggrund")
    long_term: Passages = several("Hvordan kan det hjælpe på sigt")
    example: Passages = several("Hvordan kunne en indsats se ud")
    departments: tuple[Department, ...] = several("Afdelinger")
    connections: Passages = several("Sammenhæng med andre afdelinger")
    links: tuple[Link, ...] = several("Fokusområder i 2024-strategien", "Redaktionens kobling.")
    silences: tuple[Silence, ...] = several("Det siger kilden ikke", SILENCES)


class Topic(Thing):
    """A subject that several strategies speak of (emne); the grouping is ours."""

    title: Line = described("Titel")
    in_short: Passages = described("Kort fortalt", min_length=1, max_length=5)
    links: tuple[Link, ...] = described("Områder", min_length=2)
    ideas: tuple[Annotated[str, Ref("idea")], ...] = several("Idéer")


ELI = r"^https://www\.retsinformation\.dk/eli/lta/\d{4}/\d+$"


class Law(Thing):
    """An act of Parliament that sources refer to, and what is new since they were written."""

    title: Line = described("Navn", "Som folk kalder den: Serviceloven.")
    number: Line = described("Nummer og dato", "lov nr. 573 af 24. juni 2005")
    eli: Annotated[str, Field(pattern=ELI)] = described(
        "Adresse hos Retsinformation", "https://www.retsinformation.dk/eli/lta/årstal/nummer"
    )
    cite: Cites = described("Kilde til nummeret", min_length=1)
    changes: Passages = several("Nyt siden kilderne", "Det, der gælder nu, med kilde og dato.")


class Term(Thing):
    """A word that the site explains."""

    title: Line = described("Begreb")
    forms: tuple[Line, ...] = several(
        "Former", "Andre former, ordet står i på siden: bøjninger, forkortelser."
    )
    passages: Passages = described("Forklaring", "En eller to enkle sætninger.", min_length=1)
    see_also: tuple[Annotated[str, Ref("term")], ...] = several("Se også")
    law: Annotated[str, Ref("law")] | None = optional("Lov", "Den lov, ordet er fra.")


class Everyday(Model):
    """Words of daily speech, and the site's own words for what people mean by them."""

    typed: tuple[Line, ...] = described(
        "Når nogen skriver",
        "Hverdagens ord og korte vendinger. Bøjninger, stavefejl og ord uden æ, ø og å "
        "finder søgningen selv.",
        min_length=1,
    )
    finds: tuple[Line, ...] = described(
        "Så find", "Ord, der står på siden, det vigtigste først.", min_length=1, max_length=8
    )


class EverydayWords(Thing):
    """A theme's everyday words, by which the search finds what the sources call otherwise."""

    title: Line = described("Tema")
    groups: tuple[Everyday, ...] = described("Ord", min_length=1)


KINDS = (
    Kind("theme", Theme, "themes/*", "tema"),
    Kind("idea", Idea, "ideas/*", "idé"),
    Kind("topic", Topic, "topics/*", "emne"),
    Kind("term", Term, "terms/*", "begreb"),
    Kind("law", Law, "laws/*", "lov"),
    Kind("everyday", EverydayWords, "everyday/*", "hverdagsord"),
)
