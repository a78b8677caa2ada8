"""What documents plan to follow up, beside what is known to be published of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from macros.data.strategy import PublishedFollowUp, Strategy
from macros.data.values import Passages
from macros.pages.edition import Edition
from macros.when import wording
from macros.when.follow_up import Planned, planned


@dataclass(frozen=True)
class PlannedShown:
    """state: how often it should come, the newest that is known, and whether one is overdue."""

    title: str
    passages: Passages
    published: tuple[PublishedFollowUp, ...]
    missing: Passages
    state: str


def shown(edition: Edition, strategy: Strategy) -> tuple[PlannedShown, ...]:
    return tuple(
        PlannedShown(
            one.told.title,
            one.told.passages,
            tuple(sorted(one.told.published, key=lambda told: told.date)[::-1]),
            one.told.missing,
            state(one, edition.today),
        )
        for one in planned(edition.site, strategy)
    )


def state(one: Planned, today: date) -> str:
    told = []
    if one.told.months:
        told.append(f"Kilden siger, at den skal komme {wording.every(one.told.months)}.")
    if one.last:
        told.append(f"Den nyeste, der står her, er fra {wording.day(one.last)}.")
    elif one.due:
        told.append(f"Kilden er fra {wording.day(one.since)}, og der står ingen her endnu.")
    if one.overdue(today) and one.due:
        told.append(f"Efter planen skulle der være kommet en senest {wording.day(one.due)}.")
    return " ".join(told)
