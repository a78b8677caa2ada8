"""What lists need of an activity, made once: its card, its times, its events."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from macros.output import finder
from macros.output.calendars import Calendars
from macros.pages.edition import Edition
from macros.when.entry import Entry
from macros.work import digest
from macros.work.kept import Kept
from macros.work.spread import spread


@dataclass(frozen=True)
class Offer:
    """card: HTML, with room for what is another on every page. times: for the finder's index.
    events: iCalendar."""

    card: str
    times: tuple[int, ...]
    events: bytes


def known(edition: Edition, entry: Entry, kept: Kept) -> Offer | None:
    """What was made of an activity as it is, if anything was."""
    return kept.shelf("offers").get(_key(edition, entry))


def _key(edition: Edition, entry: Entry) -> str:
    return f"{_around(edition.name, edition.site_url)}{entry.digest}"


@lru_cache(maxsize=2)
def _around(name: str, site_url: str) -> str:
    return digest.of(name, site_url)


def offers(
    edition: Edition, card: Callable[[Entry], str], calendars: Calendars, kept: Kept
) -> Mapping[str, Offer]:
    """Every listed activity's, by id; only those that changed are made."""
    programme = edition.programme

    def made(entry: Entry) -> Offer:
        times = tuple(finder.times(entry, programme))
        return Offer(card(entry), times, calendars.events_text(entry))

    def each(entries: Sequence[Entry]) -> list[Offer]:
        every = {entry.digest: known(edition, entry, kept) for entry in entries}
        unknown = [entry for entry in entries if every[entry.digest] is None]
        for entry, offer in zip(unknown, spread(made, unknown), strict=True):
            every[entry.digest] = offer
            kept.shelf("offers").put(_key(edition, entry), offer)
        return [every[entry.digest] for entry in entries]

    return programme.of_each(f"offers {_around(edition.name, edition.site_url)}", each)
