"""When a follow-up that a document plans should have been published, as far as dates tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from macros.data.site import Site
from macros.data.strategy import PlannedFollowUp, Strategy


@dataclass(frozen=True)
class Planned:
    """since: when the newest source of the strategy was decided or dated. last: when the newest one
    was published. due: by when the next one should be there, None if no source says how often."""

    told: PlannedFollowUp
    since: date
    last: date | None
    due: date | None

    def overdue(self, day: date) -> bool:
        return self.due is not None and self.due < day


def planned(site: Site, strategy: Strategy) -> tuple[Planned, ...]:
    """What the strategy plans, in its own order."""
    sources = [site.source(id) for id in strategy.sources]
    since = max((one.approved or one.dated).latest for one in sources)
    return tuple(_planned(one, since) for one in strategy.planned)


def _planned(told: PlannedFollowUp, since: date) -> Planned:
    last = max((one.date.latest for one in told.published), default=None)
    rhythm = relativedelta(months=told.months) if told.months else None
    return Planned(told, since, last, (last or since) + rhythm if rhythm else None)
