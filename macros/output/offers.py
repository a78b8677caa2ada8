"""What lists need of an activity, made once: its card in the finder, its times, its events."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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

    def each(entries: Sequence[Entry]) -> list[Offer]:
        every = {entry.digest: shelf.get(f"{around}{entry.digest}") for entry in entries}
        unknown = [entry for entry in entries if every[entry.digest] is None]
        for entry, offer in zip(unknown, spread(made, unknown), strict=True):
            every[entry.digest] = offer
            shelf.put(f"{around}{entry.digest}", offer)
        return [every[entry.digest] for entry in entries]

    return programme.of_each(f"offers {around}", each)
