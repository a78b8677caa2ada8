"""What others may show on their own sites: an organiser's, an area's or a town's activities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.data.activity import Organisation, Postcode
from macros.data.site import Key, Site
from macros.data.strategy import Area
from macros.data.values import Remark
from macros.language.text import slug
from macros.pages.addresses import ACTIVITIES, ORGANISATIONS, SHOW, STRATEGIES
from macros.when.entry import Entry
from macros.when.programme import Programme


@dataclass(frozen=True)
class Showing:
    """A page without menus, for a frame on another site. It stays although nothing is on, since
    others have its address. made_of: the thing whose activities it shows. about: the address of the
    page that shows the same here."""

    made_of: Key
    name: str
    about: str

    @property
    def id(self) -> str:
        return f"{self.about}{SHOW}".removesuffix("/")

    @property
    def title(self) -> str:
        return f"{self.name} – til andres sider"

    @property
    def lead(self) -> Remark:
        return Remark(text=f"{self.name}, som andre kan vise på deres egne sider.", ours=True)


def showings(site: Site) -> Iterator[Showing]:
    """One for each organiser, each area, and each town that has a place."""
    organisers = {one.organiser for one in site.activities}
    for one in site.organisations:
        if one.id in organisers:
            yield of_organisation(one)
    for strategy in site.strategies:
        yield from map(of_area, site.areas(strategy.id))
    codes = {place.postcode for place in site.places}
    yield from (of_town(town) for town in site.postcodes if town.id in codes)


def of_organisation(one: Organisation) -> Showing:
    key = "organisation", one.id
    return Showing(key, f"Aktiviteter hos {one.title}", f"{ORGANISATIONS}{one.id}/")


def of_area(area: Area) -> Showing:
    name = f"Aktiviteter, der støtter »{area.short_title}«"
    return Showing(("area", area.id), name, f"{STRATEGIES}{area.id}/")


def of_town(town: Postcode) -> Showing:
    about = f"{ACTIVITIES}byer/{town.id}-{slug(town.title)}/"
    return Showing(("postcode", town.id), f"Aktiviteter i {town.label}", about)


def shown(programme: Programme, showing: Showing) -> tuple[Entry, ...]:
    """What is on for it, soonest first."""
    kind, id = showing.made_of
    if kind == "postcode":
        return programme.by_town.get(id, ())
    return programme.of(kind, id)
