"""Strategies and what they rest on: sources, municipalities, areas, goals.

Frozen, validated, without I/O. With `activity`, `catalogue`, `role` and `settings` the one place
for field names, closed vocabularies and what refers to what: schemas, fault messages, spreadsheets
and editors' help are derived from it (`fields`). A file's place is its id and its address:
`strategies/lillevig-nabohjaelp/haven.yml` is `lillevig-nabohjaelp/haven` and
`/strategier/lillevig-nabohjaelp/haven/`.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from macros.data.kind import Kind
from macros.data.values import (
    AnyCase,
    Cites,
    Edtf,
    Email,
    Line,
    Model,
    Passages,
    Phone,
    Prose,
    Ref,
    Silence,
    Slug,
    Standing,
    Thing,
    WebAddress,
    YesNo,
    described,
    dial,
    optional,
    several,
)

Accent = Annotated[Literal["skov", "hav", "ler", "blomme", "rav", "eng"], AnyCase]
GoalStatus = Annotated[Literal["planlagt", "i gang", "nået", "ikke nået", "opgivet"], AnyCase]
SourceKind = Annotated[Literal["dokument", "webside"], AnyCase]
Locator = Annotated[Literal["side", "afsnit"], AnyCase]

SILENCES = "Kun det, nogen har set efter i kilden uden at finde."

# --- statements and their sources ---------------------------------------------------------


class SourceSection(Model):
    """A piece of a source document; each must have a place on the site."""

    id: Slug = described("Id")
    title: Line = described(
        "Overskrift", "Kildens egen overskrift, eller hvad afsnittet handler om."
    )
    page: Annotated[str, Field(pattern=r"^\d+(–\d+)?$")] | None = optional(
        "Side", "Sidetal: 17 eller 10–13."
    )
    standing: Standing | None = optional(
        "Hvad afsnittet er", "Når det er noget andet end resten af kilden."
    )


class Reference(Model):
    """A numbered reference in a source, as far as the source itself names it."""

    number: Line = described("Nummer")
    named: Line | None = optional("Kilden skriver", "Det, kilden selv skriver. Tomt: kun tallet.")
    about: Line = described("Bruges ved", "Hvad henvisningen bruges til at støtte.")
    cite: Cites = described("Kilde", min_length=1)


class Source(Thing):
    """A public document that the site rests on, or a page of its owner's or an authority's that has
    a fact the documents lack."""

    title: Line = described("Titel", "Dokumentets titel, præcis.")
    short_title: Line = described("Kort titel", "Vises ved hver kildehenvisning.")
    mark: Line = described("Mærke", "Et ord, der står ved hver sætning fra kilden.")
    kind: SourceKind = described(
        "Slags",
        "webside: en side på nettet hos den, oplysningen handler om, eller hos en myndighed.",
        default="dokument",
    )
    municipality: Annotated[str, Ref("municipality")] | None = optional("Kommune")
    issuer: Line = described("Udgiver")
    dated: Edtf = described(
        "Dato",
        "Dokumentets dato, så præcist kilden angiver den. For en webside: dagen, den er læst.",
    )
    approved_by: Line | None = optional("Godkendt af")
    approved: Edtf | None = optional("Godkendt")
    locator: Locator = described(
        "Stedangivelse", "Har dokumentet sidetal (side) eller ej (afsnit)?"
    )
    page_note: Line | None = optional("Om sidetallene")
    official_url: WebAddress | None = optional(
        "Den officielle fil", "Adressen på kommunens egen udgave. Tomt: ikke offentliggjort her."
    )
    text_note: Line | None = optional("Om teksten", "Fx at teksten er læst fra et skannet papir.")
    standing: Standing = described(
        "Hvad kilden er", "Hvad udsagn fra kilden er, når intet andet står.", default="beskrivelse"
    )
    sections: tuple[SourceSection, ...] = described("Afsnit", min_length=1)
    references: tuple[Reference, ...] = several("Dokumentets egne henvisninger")

    @model_validator(mode="after")
    def _a_page_has_an_address(self) -> Self:
        if self.kind == "webside" and not self.official_url:
            raise PydanticCustomError(
                "whole",
                "en webside har ingen adresse",
                {"cure": "skriv sidens adresse i {official_url}"},
            )
        return self

    @model_validator(mode="after")
    def _approval_is_whole(self) -> Self:
        if (self.approved_by is None) != (self.approved is None):
            raise PydanticCustomError(
                "whole",
                "{approved_by} og {approved} hører sammen, men kun det ene er udfyldt",
                {"cure": "skriv både hvem der har godkendt dokumentet og hvornår"},
            )
        return self


# --- municipalities -----------------------------------------------------------------------


Group = Annotated[
    Literal["alle", "voksne", "børn og familier", "foreninger", "medarbejdere"], AnyCase
]


class Contact(Model):
    """A unit a reader may call or write to; never a person."""

    unit: Line = described("Enhed")
    about: Line = described("Hvad kan man spørge om")
    group: Group = described("For hvem", default="alle")
    way_in: YesNo = described(
        "Vej ind", "nej: en oplysning fra en kilde, som ingen skal ringe til nu.", default=True
    )
    phone: Phone | None = optional("Telefon")
    address: tuple[Line, ...] = several("Adresse")
    website: WebAddress | None = optional("Hjemmeside")
    cite: Cites = described("Kilde", min_length=1)

    @property
    def dial(self) -> str:
        return dial(self.phone)


class Municipality(Thing):
    """A public body that issues strategies."""

    title: Line = described("Navn")
    short_title: Line = described("Kort navn")
    contacts: tuple[Contact, ...] = several("Kontakter")
    missing: Passages = several(
        "Det mangler", "Kontakter, som nogen har ledt efter hos kommunen selv uden at finde."
    )
    activities_email: Email | None = optional(
        "Mail til aktiviteter", "Modtager forslag og rettelser. Tomt: afsenderen må selv vælge."
    )
    accessibility_statement: WebAddress | None = optional(
        "Tilgængelighedserklæring", "Adressen på kommunens erklæring for siden hos was.digst.dk."
    )


# --- strategies ---------------------------------------------------------------------------


class Level(Model):
    """What the document itself calls its areas: fokusområde, område, spor, hovedindsats."""

    singular: Line = described("Ental")
    plural: Line = described("Flertal")
    the: Line = described("Bestemt ental", "fokusområdet, sporet, hovedindsatsen")


class Chapter(Model):
    """A titled part of a strategy's or an area's page."""

    id: Slug = described("Id")
    title: Line = described("Overskrift")
    passages: Passages = described("Tekst", min_length=1)


class Aim(Model):
    """What the whole strategy is for: the root of its map."""

    title: Line = described("Overskrift", "Vision eller Formål, som kilden kalder det.")
    headline: Prose = described("Kort", "Én sætning. Vises på kortet over strategien.")
    cite: Cites = described("Kilde", min_length=1)
    passages: Passages = described("Tekst", min_length=1)


class Discrepancy(Model):
    """Two sources that do not say the same; the site says so and names both."""

    id: Slug = described("Id")
    title: Line = described("Hvad er de uenige om")
    readings: Passages = described("Det siger kilderne", min_length=2)


class Event(Model):
    """Something dated: a decision, a step in the history, something ahead."""

    date: Edtf = described("Dato")
    title: Line = described("Hvad skete der")
    passages: Passages = described("Tekst", min_length=1)


class GoalPart(Model):
    """One thing that must happen for the goal to be met."""

    id: Slug = described("Id")
    text: Prose = described("Tekst")
    cite: Cites = described("Kilde", min_length=1)


class FollowUp(Model):
    """A published status of a goal on a date."""

    date: Edtf = described("Dato")
    status: GoalStatus = described("Status")
    passages: Passages = described("Note", min_length=1)


class Goal(Model):
    """A goal (mål) of a strategy or an area, broken into its parts."""

    id: Slug = described("Id")
    title: Line = described("Målet kort")
    parts: tuple[GoalPart, ...] = described("Delene i målet", min_length=1)
    follow_up: tuple[FollowUp, ...] = several(
        "Opfølgning",
        "Offentliggjorte status, én for hver gang. Tom: ingen status er offentliggjort.",
    )


class PublishedFollowUp(Model):
    """What has been published of a follow-up that was planned."""

    date: Edtf = described("Dato")
    passages: Passages = described("Tekst", min_length=1)


class PlannedFollowUp(Model):
    """A follow-up that the document plans, beside what is known to be published of it."""

    id: Slug = described("Id")
    title: Line = described("Opfølgningen kort")
    passages: Passages = described("Tekst", "Hvad dokumentet planlægger.", min_length=1)
    months: int | None = optional(
        "Hver hvor mange måneder", "12 for hvert år. Tomt: dokumentet siger ikke hvor tit.", ge=1
    )
    published: tuple[PublishedFollowUp, ...] = several("Offentliggjort", "Én for hver gang.")
    missing: Passages = several("Det mangler", "Hvor nogen har ledt efter den uden at finde den.")


class FurtherIdea(Model):
    """An idea that the document names in a heading only, handled elsewhere."""

    id: Slug = described("Id")
    title: Line = described("Titel", "Som i kilden.")
    themes: tuple[Annotated[str, Ref("theme")], ...] = several("Temaer")
    passages: Passages = described("Vores forklaring af titlen", min_length=1)


class RoleMeaning(Model):
    """What an area means for one of the roles."""

    role: Annotated[str, Ref("role")] = described("Rolle")
    passages: Passages = described("Tekst", min_length=1)


class EasyPart(Model):
    """A part of an easy-to-read text (ISO/IEC 23859): one thought a line."""

    title: Line = described("Overskrift", "Et kort spørgsmål eller udsagn.")
    lines: Passages = described("Linjer", "Én tanke i hver linje.", min_length=1)


Easy = tuple[EasyPart, ...]
EASY_HELP = "Det vigtigste i 150 til 350 lette ord. Tomt: ingen let udgave."


class Strategy(Thing):
    """A strategy document as a whole; its areas are files in the folder of the same name."""

    title: Line = described("Titel", "Dokumentets titel, præcis.")
    short_title: Line = described("Kort titel")
    kind: Line = described("Slags", "Fx strategi, politik, handleplan eller idekatalog.")
    municipality: Annotated[str, Ref("municipality")] = described("Kommune")
    audience: Line | None = optional("Handler om", "Fx voksne, eller børn og unge.")
    sources: tuple[Annotated[str, Ref("source")], ...] = described("Kilder", min_length=1)
    order: int = described("Rækkefølge", "Tal. Mindst først.")
    level: Level = described("Niveauets navn")
    in_short: Passages = described("Kort fortalt", min_length=1, max_length=5)
    aim: Aim = described("Vision eller formål")
    before: tuple[Chapter, ...] = several("Kapitler før fokusområderne")
    principles_title: Line = described("Overskrift over principperne", default="Principper")
    principles: tuple[Chapter, ...] = several("Principper")
    after: tuple[Chapter, ...] = several("Kapitler efter fokusområderne")
    discrepancies: tuple[Discrepancy, ...] = several("Uenighed mellem kilderne")
    goals: tuple[Goal, ...] = several("Mål", "Mål for hele strategien.")
    initiatives_title: Line = described(
        "Overskrift over indsatserne",
        "Hvad dokumentet lover eller foreslår.",
        default="Det vil kommunen gøre",
    )
    further_ideas: tuple[FurtherIdea, ...] = several("Flere idéer, kun nævnt ved titel")
    roles: tuple[RoleMeaning, ...] = several(
        "Hvad det hele betyder for dig", "Det, dokumentet siger til en rolle uden for områderne."
    )
    silences: tuple[Silence, ...] = several("Det siger kilden ikke", SILENCES)
    events: tuple[Event, ...] = several("Tidslinje")
    planned: tuple[PlannedFollowUp, ...] = several("Planlagt opfølgning")
    easy: Easy = several("Let at læse", EASY_HELP)

    @property
    def proposes(self) -> bool:
        """Whether the document is a catalogue of ideas: what it says is proposed, not decided."""
        return self.kind.lower() in ("idekatalog", "idékatalog")


class Area(Thing):
    """A focus area, or what its document calls it (see `Level`)."""

    number: Line = described("Nummer", "Som i kilden: 1, 2 … eller I, II …")
    title: Line = described("Titel", "Som i kilden.")
    short_title: Line = described("Kort titel", "Til kort og menuer.")
    accent: Accent = described("Farve")
    in_short: Passages = described("Kort fortalt", min_length=1, max_length=5)
    what: Passages = several("Hvad")
    why: Passages = several("Hvorfor")
    how: Passages = several("Hvordan")
    goals: tuple[Goal, ...] = several("Mål")
    initiatives: Passages = several("Det vil kommunen gøre")
    roles: tuple[RoleMeaning, ...] = several("Hvad det betyder for dig")
    silences: tuple[Silence, ...] = several("Det siger kilden ikke", SILENCES)

    @property
    def strategy(self) -> str:
        """Id of the strategy whose folder the file lies in."""
        return self.id.split("/")[0]


KINDS = (
    Kind("municipality", Municipality, "municipalities/*", "kommune"),
    Kind("source", Source, "sources/*", "kilde"),
    Kind("strategy", Strategy, "strategies/*", "strategi"),
    Kind("area", Area, "strategies/*/*", "fokusområde"),
)
