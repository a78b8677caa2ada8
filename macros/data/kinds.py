"""The kinds of file: each with its model, its place under `data/` and its Danish name."""

from __future__ import annotations

from dataclasses import dataclass

from macros.data.activity import Activity, Holidays, Organisation, Place, Postcode
from macros.data.catalogue import EverydayWords, Idea, Term, Theme, Topic
from macros.data.settings import Doc, Redirects, Settings
from macros.data.strategy import Area, Municipality, Role, Source, Strategy
from macros.data.values import Model


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
