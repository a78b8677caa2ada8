"""The site itself: its settings, its moved pages, the front matter of its hand-written pages."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.data.kind import Kind
from macros.data.values import Line, Model, Prose, Thing, WebAddress, YesNo, described, optional

# --- the site itself ---------------------------------------------------------------------------


class Settings(Thing):
    """What is said of the site as a whole (`data/site.yml`)."""

    title: Line = described("Navn", "Hvad siden hedder. Står øverst og nederst på alle sider.")
    lead: Prose = described("Indledning", "Et par sætninger øverst på forsiden.")
    trust: Prose | None = optional("Kan du stole på det?", "Svaret nederst på forsiden.")
    issues: WebAddress | None = optional(
        "Forslag som sager",
        "Adressen på et projekt hos GitHub eller GitLab, hvor forslag kan oprettes som sager.",
    )
    examples: YesNo = described(
        "Vis eksempler", "nej: alt, der er fundet på, bliver fjernet fra siden.", default=True
    )


SITE_ADDRESS = r"^([a-z0-9-]+/)+$"


class Move(Model):
    """A page that was published, and where what it said is now."""

    old: Annotated[str, Field(pattern=SITE_ADDRESS, max_length=400)] = described(
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


KINDS = (
    Kind("site", Settings, "site", "indstillinger"),
    Kind("redirects", Redirects, "redirects", "flyttede sider"),
)
DOC = Kind("doc", Doc, "docs/**", "side")
