"""Who can be called in earnest need: the municipality sees to it that it is so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from macros.data.faults import Fault
from macros.data.site import Site
from macros.when.entry import today

FRESH = timedelta(days=180)  # as an activity's


def to_confirm(site: Site) -> Iterator[Fault]:
    """A remark for each number that the municipality has not confirmed lately."""
    for one in site.of_kind("help"):
        confirmed = one.confirmed  # type: ignore[attr-defined]
        if confirmed and today() - confirmed <= FRESH:
            continue
        why = "er ikke bekræftet længe" if confirmed else "er ikke bekræftet af kommunen"
        yield site.documents["help", one.id].fault(
            ("confirmed",) if confirmed else (),
            f"«{one.title}» {why}",  # type: ignore[attr-defined]
            "ring til dem eller se på deres egen side, og skriv dagen i «confirmed»",
        )
