"""What a strategy site consists of: frozen, validated, without I/O and without MkDocs.

The one place for field names, closed vocabularies and what refers to what. Schemas,
fault messages and editors' help are derived from here. A file's place is its id and
its address: `strategies/lillevig-nabohjaelp/haven.yml` is
`lillevig-nabohjaelp/haven` and `/strategier/lillevig-nabohjaelp/haven/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from macros.activity import Activity, Holidays, Organisation, Place, Postcode
from macros.values import (
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
    Remark,
    Slug,
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
Locator = Annotated[Literal["side", "afsnit"], AnyCase]

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


class Reference(Model):
    """A numbered reference in a source, as far as the source itself names it."""

    number: Line = described("Nummer")
    named: Line | None = optional("Kilden skriver", "Det, kilden selv skriver. Tomt: kun tallet.")
    about: Line = described("Bruges ved", "Hvad henvisningen bruges til at støtte.")
    cite: Cites = described("Kilde", min_length=1)


class Source(Thing):
    """A public document that the site rests on."""

    title: Line = described("Titel", "Dokumentets titel, præcis.")
    short_title: Line = described("Kort titel", "Vises ved hver kildehenvisning.")
    mark: Line = described("Mærke", "Et ord, der står ved hver sætning fra kilden.")
    municipality: Annotated[str, Ref("municipality")] = described("Kommune")
    issuer: Line = described("Udgiver")
    dated: Edtf = described("Dato", "Dokumentets dato, så præcist kilden angiver den.")
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
    sections: tuple[SourceSection, ...] = described("Afsnit", min_length=1)
    references: tuple[Reference, ...] = several("Dokumentets egne henvisninger")

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


class Contact(Model):
    """A unit a reader may call or write to; never a person."""

    unit: Line = described("Enhed")
    about: Line = described("Hvad kan man spørge om")
    phone: Phone | None = optional("Telefon")
    address: tuple[Line, ...] = several("Adresse")
    cite: Cites = described("Kilde", min_length=1)

    @property
    def dial(self) -> str:
        return dial(self.phone)


class Municipality(Thing):
    """A public body that issues strategies."""

    title: Line = described("Navn")
    short_title: Line = described("Kort navn")
    contacts: tuple[Contact, ...] = several("Kontakter")
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


class FurtherIdea(Model):
    """An idea that the document names in a heading only, handled elsewhere."""

    id: Slug = described("Id")
    title: Line = described("Titel", "Som i kilden.")
    themes: tuple[Annotated[str, Ref("theme")], ...] = several("Temaer")
    passages: Passages = described("Vores forklaring af titlen", min_length=1)


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
    events: tuple[Event, ...] = several("Tidslinje")

    @property
    def proposes(self) -> bool:
        """Whether the document is a catalogue of ideas: what it says is proposed, not decided."""
        return self.kind.lower() in ("idekatalog", "idékatalog")


class RoleMeaning(Model):
    """What an area means for one of the roles."""

    role: Annotated[str, Ref("role")] = described("Rolle")
    passages: Passages = described("Tekst", min_length=1)


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

    @property
    def strategy(self) -> str:
        """Id of the strategy whose folder the file lies in."""
        return self.id.split("/")[0]


# --- roles --------------------------------------------------------------------------------


class Action(Model):
    """Something a reader in a role can do."""

    id: Slug = described("Id")
    title: Line = described("Handling", "Begynd med et udsagnsord: Deltag, Spørg, Bidrag.")
    passages: Passages = described("Tekst", min_length=1)
    areas: tuple[Annotated[str, Ref("area")], ...] = described(
        "Fokusområder", "De områder, handlingen støtter. Koblingen er redaktionens.", min_length=1
    )


class Role(Thing):
    """A kind of reader, and what the strategies ask of them."""

    title: Line = described("Titel", "Borger, Medarbejder …")
    door: Line = described("Døren på forsiden", "Jeg er …")
    lead: Remark = described("Hvem det er, og hvad siden giver")
    order: int = described("Rækkefølge", "Tal. Mindst først.")
    in_short: Passages = described("Kort fortalt", min_length=1, max_length=5)
    actions: tuple[Action, ...] = described("Det kan du gøre", min_length=1)


# --- ideas, themes, topics, terms ------------------------------------------------------------


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
    """An idea of an idea catalogue, with the fields its source gives it; an empty one is a gap."""

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


class Topic(Thing):
    """A subject that several strategies speak of (emne); the grouping is ours."""

    title: Line = described("Titel")
    in_short: Passages = described("Kort fortalt", min_length=1, max_length=5)
    links: tuple[Link, ...] = described("Områder", min_length=2)
    ideas: tuple[Annotated[str, Ref("idea")], ...] = several("Idéer")


class Term(Thing):
    """A word that the site explains."""

    title: Line = described("Begreb")
    forms: tuple[Line, ...] = several(
        "Former", "Andre former, ordet står i på siden: bøjninger, forkortelser."
    )
    passages: Passages = described("Forklaring", "En eller to enkle sætninger.", min_length=1)
    see_also: tuple[Annotated[str, Ref("term")], ...] = several("Se også")


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


# --- the site itself ---------------------------------------------------------------------------


class Settings(Thing):
    """What is said of the site as a whole (`data/site.yml`)."""

    title: Line = described("Navn", "Hvad siden hedder. Står øverst og nederst på alle sider.")
    lead: Prose = described("Indledning", "Et par sætninger øverst på forsiden.")
    trust: Prose | None = optional("Kan du stole på det?", "Svaret nederst på forsiden.")
    examples: YesNo = described(
        "Vis eksempler", "nej: alt, der er fundet på, bliver fjernet fra siden.", default=True
    )


SITE_ADDRESS = r"^([a-z0-9-]+/)+$"


class Move(Model):
    """A page that was published, and where what it said is now."""

    old: Annotated[str, Field(pattern=SITE_ADDRESS)] = described(
        "Gammel adresse", "Uden domæne, fx ideer/besoegsven/."
    )
    new: Annotated[str, Field(pattern=SITE_ADDRESS.replace("+$", "*$"))] = described(
        "Ny adresse", "Siden, læseren kommer til i stedet."
    )


class Redirects(Thing):
    """Addresses that people and other sites still have (`data/redirects.yml`)."""

    moved: tuple[Move, ...] = described("Flyttede sider", min_length=1)


# --- hand-written pages -------------------------------------------------------------------


class Doc(Thing):
    """The front matter of a hand-written page in `docs/`."""

    title: Line = described("Titel")
    description: Line = described("Beskrivelse", "Én sætning til søgemaskiner og delinger.")
    footer: int | None = optional("Plads i foden", "Tal. Mindst først. Tomt: ikke i foden.")
    menu: int | None = optional("Plads i menuen", "Tal. Mindst først. Tomt: ikke i menuen.")
    menu_title: Line | None = optional("Navn i menuen", "Hvis det er et andet end titlen.")
    render_macros: bool = described(
        "Bruger makroer", "Sandt, når siden bruger {{ … }} til at hente indhold.", default=False
    )


# --- the whole ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Kind:
    """A kind of file: its name in references, model, place under `data/` and Danish name."""

    name: str
    model: type[Model]
    pattern: str
    label: str


DOC = Kind("doc", Doc, "docs/**", "side")
ACTIVITY = Kind("activity", Activity, "activities/*", "aktivitet")
KINDS = (
    Kind("site", Settings, "site", "indstillinger"),
    Kind("redirects", Redirects, "redirects", "flyttede sider"),
    Kind("municipality", Municipality, "municipalities/*", "kommune"),
    Kind("source", Source, "sources/*", "kilde"),
    Kind("strategy", Strategy, "strategies/*", "strategi"),
    Kind("area", Area, "strategies/*/*", "fokusområde"),
    Kind("role", Role, "roles/*", "rolle"),
    Kind("theme", Theme, "themes/*", "tema"),
    Kind("idea", Idea, "ideas/*", "idé"),
    Kind("topic", Topic, "topics/*", "emne"),
    Kind("term", Term, "terms/*", "begreb"),
    Kind("organisation", Organisation, "organisations/*", "organisation"),
    Kind("postcode", Postcode, "postcodes/*", "postnummer"),
    Kind("place", Place, "places/*", "sted"),
    Kind("holidays", Holidays, "holidays/*", "ferieplan"),
    Kind("everyday", EverydayWords, "everyday/*", "hverdagsord"),
    ACTIVITY,
)
LABELS = {kind.name: kind.label for kind in (*KINDS, DOC)} | {"section": "afsnit i en kilde"}
