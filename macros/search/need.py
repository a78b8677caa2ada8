"""What the search shows before anything is ranked: who can help somebody in earnest need."""

from __future__ import annotations

from typing import Any

from macros.data.site import Site
from macros.pages.addresses import HELP
from macros.pages.views.help import helps, needs


def in_need(site: Site) -> dict[str, Any]:
    """help: the page with all of it. needs: what is typed, and who is shown: name, number as one
    reads it and as one dials it, what for, in which municipality."""
    by_id = {one.id: one for one in helps(site)}

    def told(id: str) -> list[str]:
        one = by_id[id]
        where = site.municipality(one.municipality).title if one.municipality else ""
        return [one.title, one.phone or "", one.dial, one.about, where]

    return {
        "help": HELP,
        "needs": [
            {
                "title": need.title,
                "typed": list(need.typed),
                "said": [remark.text for remark in need.remarks],
                "help": [told(id) for id in need.help],
            }
            for need in needs(site)
        ],
    }
