"""Remarks on what time does: activities that nobody has checked for long, plans that run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from macros.data.faults import Fault
from macros.data.site import Site
from macros.when.entry import AHEAD, freshness, today
from macros.when.follow_up import planned


def to_check(site: Site, day: date | None = None) -> Iterator[Fault]:
    """A remark for each activity that is not listed, or soon will not be, and whom to ask."""
    day = day or today()
    for one in site.activities:
        state = freshness(one, day)
        if state not in ("gammel", "væk"):
            continue
        who = site.organisation(one.organiser)
        reach = one.contact or who.contact
        told = [reach.phone, reach.email] if reach else []
        whom = ", ".join(filter(None, (who.title, *told)))
        ended = bool(one.expires and one.expires < day)
        where = ("expires",) if ended else ("checked", "date")
        seen = "står ikke på listen mere" if state == "væk" else "skal tjekkes"
        why = "den er udløbet" if ended else "den er ikke tjekket længe"
        yield site.documents["activity", one.id].fault(
            where,
            f"«{one.title}» {seen}: {why}",
            f"spørg {whom}, om den stadig findes; ret så datoen, eller slet den",
        )


def follow_up_is_overdue(site: Site, day: date | None = None) -> Iterator[Fault]:
    """A remark for each follow-up that a document plans and that should have come by now."""
    day = day or today()
    for strategy in site.strategies:
        for at, one in enumerate(planned(site, strategy)):
            if one.overdue(day):
                yield site.documents["strategy", strategy.id].fault(
                    ("planned", at),
                    f"«{one.told.title}» skulle efter planen være kommet senest {one.due:%d.%m.%Y}",
                    "skriv den i «published», når den er offentliggjort; "
                    "skriv ellers i «missing», hvor du har ledt",
                )


def plans_to_renew(site: Site, day: date | None = None) -> Iterator[Fault]:
    """A remark for each holiday plan in use that ends before the lists do."""
    until = (day or today()) + AHEAD
    used = {when.pauses for one in site.activities for when in one.when}
    for plan in site.holidays.values():
        if plan.id in used and max(span.last for span in plan.spans) < until:
            yield site.documents["holidays", plan.id].fault(
                ("spans",),
                f"ferieplanen «{plan.title}» slutter snart eller er slut",
                "tilføj de næste ferier, så aktiviteterne også holder fri i dem",
            )
