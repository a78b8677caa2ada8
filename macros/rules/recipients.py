"""Whoever suggests something must reach somebody."""

from __future__ import annotations

from collections.abc import Iterator

from macros.data.faults import Fault
from macros.data.site import Site
from macros.pages.addresses import CORRECT, SUGGEST


def nobody_receives(site: Site) -> Iterator[Fault]:
    """A remark for each municipality that has told no address, where readers may write."""
    if not any(("doc", address) in site.things for address in (SUGGEST, CORRECT)):
        return
    for one in site.municipalities:
        if one.activities_email is None:
            yield site.documents["municipality", one.id].fault(
                (),
                f"forslag og rettelser til {one.title} har ingen modtager",
                "skriv kommunens mailadresse i «activities_email», når den har oplyst en",
            )
