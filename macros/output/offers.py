"""What lists need of an activity, made once: its card in the finder, its times, its events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from macros.output import finder
from macros.output.calendars import Calendars
from macros.when.entry import Entry
from macros.when.programme import Programme
from macros.work import digest
from macros.work.kept import Kept
from macros.work.spread import spread


@dataclass(frozen=True)
class Offer:
    """card: HTML, links from the finder. times: for the finder's index. events: iCalendar."""

    card: str
    times: tuple[int, ...]
    events: bytes


def offers(
    programme: Programme,
    card: Callable[[Entry], str],
    calendars: Calendars,
    kept: Kept,
) -> Mapping[str, Offer]:
    """Every listed activity's, by id; only those that changed are made."""
    shelf = kept.shelf("offers")
    around = digest.of(calendars.name, calendars.site_url)

    def made(entry: Entry) -> Offer:
        times = tuple(finder.times(entry, programme))
        return Offer(card(entry), times, calendars.events_text(entry))

    keys = {entry.activity.id: f"{around}{entry.digest}" for entry in programme.entries}
    every = {id: shelf.get(key) for id, key in keys.items()}
    unknown = [entry for entry in programme.entries if every[entry.activity.id] is None]
    for entry, offer in zip(unknown, spread(made, unknown), strict=True):
        id = entry.activity.id
        every[id] = offer
        shelf.put(keys[id], offer)
    return every
