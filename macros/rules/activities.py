"""Rules on activities: examples stand alone, and dates are dates on which something happens."""

from __future__ import annotations

from collections.abc import Iterator

from macros.data.activity import WEEKDAYS, is_example
from macros.data.document import Document
from macros.data.faults import Fault
from macros.data.site import Site
from macros.data.values import Thing
from macros.rules.registry import site_rule, thing_rule
from macros.when import wording
from macros.when.entry import today
from macros.when.recurrence import rule_days


@site_rule
def nothing_real_rests_on_an_example(site: Site) -> Iterator[Fault]:
    """What is real refers to nothing that is made up, so that every example can be removed."""
    examples = {key for key, thing in site.things.items() if is_example(thing)}
    for key, named in site.references.items():
        if key in examples:
            continue
        for where, kind, target in named:
            if (kind, target) in examples:
                document = site.documents[key]
                marked = document.setting("example", "Eksempel", "ja")
                yield document.fault(
                    where,
                    f"«{target}» er et eksempel, men det her er ikke",
                    f"vælg noget, der findes, eller skriv {marked} her også",
                )


@thing_rule
def exceptions_lie_on_days_of_the_activity(document: Document, thing: Thing) -> Iterator[Fault]:
    """A date that is called off or left out is one on which the activity would have been."""
    for number, when in enumerate(getattr(thing, "when", ())):
        for name in ("cancelled", "not_on"):
            for index, day in enumerate(getattr(when, name)):
                if not any(rule_days(when, day, day)):
                    weekday = WEEKDAYS[day.weekday()]
                    yield document.fault(
                        ("when", number, name, index),
                        f"{wording.day(day)} er en {weekday}, hvor aktiviteten ikke er",
                        "ret datoen, eller slet den",
                    )


@thing_rule
def counting_starts_on_a_day_of_the_rule(document: Document, thing: Thing) -> Iterator[Fault]:
    """What is not every week or month has its first time on a day that its rule gives."""
    for number, when in enumerate(getattr(thing, "when", ())):
        if when.every > 1 and when.first and not any(rule_days(when, when.first, when.first)):
            yield document.fault(
                ("when", number, "first"),
                f"{wording.day(when.first)} passer ikke til »{wording.rule(when)}«",
                "skriv datoen for den første gang, der tælles fra",
            )


@site_rule
def checks_lie_behind_us(site: Site) -> Iterator[Fault]:
    """Nobody has checked an activity on a day that has not come yet."""
    day = today()
    for activity in site.activities:
        if activity.checked and activity.checked.date > day:
            yield site.documents["activity", activity.id].fault(
                ("checked", "date"),
                f"{wording.day(activity.checked.date)} er ikke kommet endnu",
                "skriv den dag, nogen sidst tjekkede aktiviteten",
            )
