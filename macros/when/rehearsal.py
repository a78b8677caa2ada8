"""An activity's first visit, rehearsed: from the door at home to goodbye, step by step.

For those who do not dare to go before they know. Only what the organiser has told is a step's
text; what is not told is counted, by the question that has no answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.data.activity import Activity, Place
from macros.language.text import join, lowfirst
from macros.when.wording import clock


@dataclass(frozen=True)
class Step:
    """A part of the way, and what is told of it. lines: whole sentences."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Rehearsal:
    """steps: those of which something is told. untold: the questions without an answer, each as
    the end of «Vi ved ikke …»; asked: how many questions there are."""

    steps: tuple[Step, ...]
    untold: tuple[str, ...]
    asked: int

    @property
    def count(self) -> int:
        """How many questions have no answer."""
        return len(self.untold)

    @property
    def missing(self) -> str:
        """The questions without an answer as one phrase."""
        return join(list(self.untold), "eller")


_SIGN_UP = {
    "kom bare": "Du behøver ikke melde dig til. Du kommer bare.",
    "tilmelding": "Du skal melde dig til først.",
}


def rehearsal(activity: Activity, place: Place | None) -> Rehearsal:
    """What is told of a first visit, from home and home again."""
    visit = activity.first_visit
    met_by, happens, bring, watch = (
        (visit.met_by, visit.happens, visit.bring, visit.may_watch) if visit else (None,) * 4
    )
    way = place.directions if place else None
    ends = {when.end for when in activity.when}
    end = ends.pop() if len(ends) == 1 else None
    steps = (
        Step(
            "Før du går hjemmefra",
            _lines(
                _SIGN_UP.get(activity.sign_up or ""),
                activity.sign_up_note,
                bring and f"Tag med: {lowfirst(bring)}",
                _price(activity),
                _company(activity),
            ),
        ),
        Step("Vejen derhen", _lines(place.transport if place else None)),
        Step(
            "Ved døren",
            _lines(way, activity.room and f"Du skal hen til: {lowfirst(activity.room)}"),
        ),
        Step("Når du kommer ind", _lines(met_by)),
        Step(
            "Imens",
            _lines(
                happens,
                "Du må gerne bare se på." if watch else None,
                "Du kan ikke nøjes med at se på." if watch is False else None,
                "Der er et sted, hvor du kan trække dig tilbage."
                if place and place.quiet_place
                else None,
            ),
        ),
        Step("Farvel", _lines(end and f"Det slutter kl. {clock(end)}")),
    )
    questions = {
        "hvem der tager imod dig": met_by,
        "hvad der sker": happens,
        "hvad du skal have med": bring,
        "om du må nøjes med at se på": watch,
        "om du må tage en med": activity.company,
        "hvilken dør det er": way,
        "hvornår det slutter": end,
    }
    untold = tuple(question for question, answer in questions.items() if answer is None)
    return Rehearsal(tuple(step for step in steps if step.lines), untold, len(questions))


def _price(activity: Activity) -> str | None:
    if activity.free:
        return "Det er gratis."
    return activity.price and f"Prisen er: {lowfirst(activity.price)}"


def _company(activity: Activity) -> str | None:
    if activity.company is None:
        return None
    may = "Du må gerne tage en med." if activity.company else "Du kan ikke tage en med."
    return f"{may} {activity.company_note}" if activity.company_note else may


def _lines(*told: str | None) -> tuple[str, ...]:
    """Those that are told, each ending as a sentence."""
    lines = (line.strip() for line in told if line)
    return tuple(line if line.endswith((".", "!", "?")) else f"{line}." for line in lines)
