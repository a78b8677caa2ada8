"""For editors: what somebody should ask the organisers about, with the letters ready to send."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import quote

from macros.data.activity import Organisation, Reach
from macros.pages.addresses import ACTIVITIES
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.text import Link, Shown
from macros.when import wording
from macros.when.entry import OLD, Entry
from macros.when.programme import grouped

SOON = timedelta(days=30)  # before an activity would have to be asked about by its readers
MOST = 100  # letters on the page; who has sent those finds the next ones there


@dataclass(frozen=True)
class Due:
    """An activity and why it is due."""

    link: Link
    why: str


@dataclass(frozen=True)
class Asking:
    """An organiser and what to ask it. reach: how it is reached, or None. mail: the letter as an
    address that opens a mail program; letter: as text."""

    organiser: str
    reach: Reach | None
    due: tuple[Due, ...]
    mail: str
    letter: str


@dataclass(frozen=True, kw_only=True)
class DuePage(Shown):
    """asking: by organiser, the one with the oldest first. count: of activities; others: how many
    organisers more there are."""

    asking: tuple[Asking, ...]
    count: int
    others: int


def view(edition: Edition, page: Page) -> DuePage:
    entries = sorted(_due(edition), key=_checked)
    groups = sorted(grouped(entries, lambda entry: entry.organiser.title), key=_oldest)
    asking = tuple(_asking(edition, some[0].organiser, some) for _, some in groups[:MOST])
    return DuePage(page=page, asking=asking, count=len(entries), others=max(0, len(groups) - MOST))


def _checked(entry: Entry) -> date:
    return entry.activity.checked.date if entry.activity.checked else date.min


def _oldest(group: tuple[str, tuple[Entry, ...]]) -> date:
    return _checked(group[1][0])


def _due(edition: Edition) -> Iterator[Entry]:
    """Those that nobody has checked, or not for long, or soon not; not those that have ended."""
    for activity in edition.site.activities:
        entry = edition.programme.entry(activity)
        if activity.example or (activity.expires and activity.expires < edition.today):
            continue
        if activity.checked is None or edition.today - activity.checked.date > OLD - SOON:
            yield entry


def _why(edition: Edition, entry: Entry) -> str:
    checked = entry.activity.checked
    if checked is None:
        return "Vi kender den kun fra en kilde. Ingen har tjekket den."
    told = f"Sidst tjekket {wording.day(checked.date)}."
    gone = " Den står ikke på listen mere." if entry.state == "væk" else ""
    return f"{told}{gone}"


def _asking(edition: Edition, organiser: Organisation, entries: Iterable[Entry]) -> Asking:
    entries = list(entries)
    reach = organiser.contact or next(
        (entry.activity.contact for entry in entries if entry.activity.contact), None
    )
    letter = _letter(edition, organiser, entries)
    to = (reach and reach.email) or ""
    subject = f"Passer det stadig? {organiser.title}"
    return Asking(
        organiser.title,
        reach,
        tuple(
            Due(
                Link(edition.at("activity", entry.activity.id), entry.activity.title),
                _why(edition, entry),
            )
            for entry in entries
        ),
        f"mailto:{to}?subject={quote(subject)}&body={quote(letter)}",
        letter,
    )


def _letter(edition: Edition, organiser: Organisation, entries: list[Entry]) -> str:
    lines = [
        "Hej",
        "",
        f"På {edition.name} står der dette om {organiser.title}:",
        *(line for entry in entries for line in ("", *_told(edition, entry))),
        "",
        "Passer det stadig? Så svar bare »Ja, det passer«.",
        "Er noget anderledes, så skriv, hvad der er rigtigt. Findes det ikke mere, så skriv det.",
        "",
        "Venlig hilsen",
        edition.name,
    ]
    return "\n".join(lines)


def _told(edition: Edition, entry: Entry) -> Iterator[str]:
    """What the site tells of an activity, a line each."""
    one, place = entry.activity, entry.place
    yield one.title
    yield one.what
    rules = "; ".join(wording.rule(when) for when in one.when)
    yield f"Hvornår? {rules or 'Ikke oplyst'}"
    where = f"{place.title}, {wording.address(edition.site, place)}" if place else ""
    yield f"Hvor? {where or one.room or wording.elsewhere(one) or 'Ikke oplyst'}"
    for fact in wording.facts(one):
        yield f"{fact.name} {fact.sentence}"
    if whole := edition.whole(f"{ACTIVITIES}{one.id}/"):
        yield whole
