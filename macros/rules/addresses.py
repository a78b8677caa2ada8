"""Rules on addresses: one page at each, what was published stays or leads on, ids on a page."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from macros.data.faults import Fault
from macros.data.site import Site
from macros.pages.addresses import BUILT, RESERVED
from macros.pages.page import Page
from macros.pages.pages import pages
from macros.rules.registry import site_rule, whole_rule


@whole_rule
def addresses_are_used_once(site: Site) -> Iterator[Fault]:
    """No two pages stand at the same address, and none where the program puts something."""
    seen: dict[str, Page] = {}
    for page in pages(site).all:
        if page.address.startswith(RESERVED) and page.kind == "doc":
            what = f"/{page.address} er optaget: der lægger siden selv noget"
            yield Fault(page.source, 1, 1, what, "giv filen et andet navn, eller flyt den")
        first = seen.setdefault(page.address, page)
        if first is not page:
            yield Fault(
                page.source,
                1,
                1,
                f"siden får samme adresse som {_told(first, page)} (/{page.address})",
                "giv den ene fil et andet navn",
            )


def _told(first: Page, page: Page) -> str:
    return first.source if first.source != page.source else f"siden «{first.title}»"


@whole_rule
def titles_are_used_once(site: Site) -> Iterator[Fault]:
    """No two pages have the same title, so that a reader can tell tabs and links apart."""
    seen: dict[str, str] = {}
    for page in pages(site).all:
        first = seen.setdefault(page.title.lower(), page.source)
        if first != page.source:
            what = f"titlen «{page.title}» bruges også i {first}"
            yield Fault(page.source, 1, 1, what, "giv den ene en anden titel")


@whole_rule
def published_addresses_stay_or_lead_on(site: Site) -> Iterator[Fault]:
    """What was published is still there, or `data/redirects.yml` says where it is now."""
    led_on = {move.old for move in site.moved}
    there = pages(site)
    for address, title in site.beside.published.items():
        if address in there.by_address or address in led_on:
            continue
        titles = {page.title.lower(): page.address for page in there.all}
        near = difflib.get_close_matches(title.lower(), titles, n=1, cutoff=0.6)
        new = titles[near[0]] if near else there.way_up(address)
        yield Fault(
            "data/redirects.yml",
            1,
            1,
            f"siden «{title}» (/{address}) er udgivet, men er her ikke mere",
            f"skriv under «moved»: «- old: {address}» og «new: {new}», så gamle links virker",
        )


@whole_rule
def redirects_lead_from_nothing_to_a_page(site: Site) -> Iterator[Fault]:
    """A redirect stands where no page is, leads to one, and each old address stands once."""
    there = pages(site).by_address
    seen: set[str] = set()
    for index, move in enumerate(site.moved):
        document = site.documents["redirects", ""]
        where = ("moved", index)
        if move.old.startswith(RESERVED):
            what = f"/{move.old} er optaget: der lægger siden selv noget"
            yield document.fault((*where, "old"), what, "slet linjerne")
        if move.old in there:
            what = f"/{move.old} er en side"
            yield document.fault((*where, "old"), what, "slet linjerne, eller slet siden")
        if move.old in seen:
            what = f"/{move.old} står to gange"
            yield document.fault((*where, "old"), what, "slet den ene")
        seen.add(move.old)
        if move.new not in there and not move.new.startswith(BUILT):
            near = difflib.get_close_matches(move.new, there, n=1, cutoff=0.6)
            cure = f"mente du {near[0]}?" if near else "skriv adressen på en side, der findes"
            yield document.fault((*where, "new"), f"/{move.new} findes ikke", cure)


# Ids that the templates give to parts of a page.
_TAKEN = {
    "strategy": {
        "kort-fortalt",
        "paa-et-kort",
        "paa-siden",
        "sigte",
        "maal",
        "principper",
        "uenighed",
        "tidslinje",
        "kilder",
        "hvem-kan-jeg-spoerge",
        "indhold",
    },
    "source": {"afsnit", "henvisninger", "indhold"},
    "role": {
        "kort-fortalt",
        "paa-siden",
        "hvor-bor-du",
        "det-kan-du-goere",
        "hvor-arbejder-du",
        "hvem-kan-jeg-spoerge",
        "indhold",
    },
}


@site_rule
def ids_are_used_once_on_a_page(site: Site) -> Iterator[Fault]:
    """A chapter, section or action has an id that nothing else on its page has."""
    lists = {
        "strategy": ("before", "principles", "after", "discrepancies"),
        "source": ("sections",),
        "role": ("actions", "workplaces"),
    }
    for kind, names in lists.items():
        for thing in site.of_kind(kind):
            taken = set(_TAKEN[kind])
            if kind == "role":  # whose page has a part for each strategy
                taken |= {strategy.id for strategy in site.strategies}
            for name in names:
                own = [item.id for item in getattr(thing, name)]
                for index, id in enumerate(own):
                    if id in taken:
                        yield site.documents[kind, thing.id].fault(
                            (name, index, "id"),
                            f"id «{id}» er brugt til noget andet på siden",
                            "vælg et andet id",
                        )
                taken |= set(own)
