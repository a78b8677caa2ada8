"""What readers are asked to do leads to something they can do today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from macros.data.faults import Fault
from macros.data.role import Lead
from macros.data.site import Site
from macros.when.entry import today
from macros.when.programme import Programme


def leads_nowhere(site: Site, day: date | None = None) -> Iterator[Fault]:
    """A remark for each action that leads to nothing, and each page that is not there."""
    programme = Programme(site, day or today())
    served = {area.id for area, _ in programme.areas} | {*programme.groups}
    for role in site.roles:
        for at, action in enumerate(role.actions):
            for number, lead in enumerate(action.leads):
                if lead.page and not _is_there(site, lead.page):
                    where = ("actions", at, "leads", number, "page")
                    what = f"siden «{lead.page}» findes ikke"
                    cure = "ret adressen, eller slet vejen"
                    yield site.documents["role", role.id].fault(where, what, cure)
            if any(_leads(site, served, lead) for lead in action.leads):
                continue
            what = f"«{action.title}» fører ikke til noget, man kan gøre i dag"
            cure = "skriv en vej i «leads»: aktiviteter, en idé, et emne, en enhed eller en side"
            yield site.documents["role", role.id].fault(("actions", at), what, cure)


def _leads(site: Site, served: set[str], lead: Lead) -> bool:
    if listed := lead.activities or lead.group:
        return listed in served
    return not lead.page or _is_there(site, lead.page)


def _is_there(site: Site, page: str) -> bool:
    return ("doc", page.partition("#")[0]) in site.things
