"""Schedules and facts in Danish words."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import loaded

from macros.data.activity import Activity, Schedule
from macros.when import wording

DAY = date(2026, 11, 24)
RULES = {
    "Hver tirsdag kl. 10–12": {"repeats": "hver uge", "weekdays": ["tirsdag"], "end": "12"},
    "Hver mandag og torsdag kl. 10": {"repeats": "hver uge", "weekdays": ["torsdag", "mandag"]},
    "Hver anden tirsdag kl. 10": {
        "repeats": "hver uge", "weekdays": ["tirsdag"], "every": 2, "first": "2026-11-24"},
    "Hver anden uge: mandag og tirsdag kl. 10": {
        "repeats": "hver uge", "weekdays": ["tirsdag", "mandag"], "every": 2,
        "first": "2026-11-24"},
    "Den sidste torsdag i måneden kl. 10": {
        "repeats": "hver måned", "weekdays": ["torsdag"], "which": "sidste"},
    "Den tredje lørdag hver anden måned kl. 10": {
        "repeats": "hver måned", "weekdays": ["lørdag"], "which": "tredje", "every": 2,
        "first": "2026-11-21"},
    "1. december 2026 og 8. december 2026 (aflyst) kl. 10": {
        "repeats": "enkelte dage", "dates": ["2026-12-08", "2026-12-01"],
        "cancelled": ["2026-12-08"]},
    "7 gange fra 1. december 2026 til 7. december 2026 kl. 10": {
        "repeats": "enkelte dage", "dates": [f"2026-12-0{day}" for day in range(1, 8)]},
}  # fmt: skip


@pytest.mark.parametrize("words", RULES)
def test_a_rule_reads_as_one_says_it(words):
    assert wording.rule(Schedule.model_validate({"start": "10", **RULES[words]})) == words


def test_limits_name_days_on_which_something_happens_and_nothing_past():
    when = Schedule(repeats="hver uge", weekdays=["tirsdag"], start="10", first="2026-12-03",
                    last="2026-12-31")  # fmt: skip

    assert wording.limits(loaded(), when, DAY) == (
        "Begynder 8. december 2026.",
        "Sidste gang er 29. december 2026.",
    )
    assert wording.limits(loaded(), when, date(2027, 1, 1)) == ()


def test_holidays_and_closed_days_are_told_as_far_as_they_lie_ahead():
    site = loaded()
    when = site.things["activity", "kaffe"].when[0]

    assert wording.limits(site, when, DAY) == (
        "Ikke på helligdage.",
        "Holder fri i skoleferierne: juleferie 19. december 2026 til 3. januar 2027 og sommerferie "
        "26. juni til 8. august 2027.",
        "Holder lukket 15. december.",
    )
    assert wording.limits(site, when, date(2027, 2, 1)) == (
        "Ikke på helligdage.",
        "Holder fri i skoleferierne: sommerferie 26. juni til 8. august 2027.",
    )


def activity(**more) -> Activity:
    return Activity(id="a", title="A", what="A", organiser="o", cite="k/a", **more)


def test_what_is_not_told_is_named_and_what_is_told_is_not():
    assert wording.untold(activity()).startswith("hvornår det er, hvad der sker første gang, hvem")
    told = wording.untold(activity(price="gratis", groups=["unge"]))
    assert "koster" not in told and "hvem det er for" not in told and "melde dig" in told


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"groups": ["unge", "voksne", "familier"]}, "Unge, voksne og familier"),
        ({"groups": ["unge"], "age_from": 15, "age_to": 25}, "Unge, 15–25 år"),
        ({"age_from": 18}, "Fra 18 år"),
        ({"age_to": 25}, "Til og med 25 år"),
        ({}, "Ikke oplyst"),
    ],
)
def test_whom_it_is_for(more, words):
    assert wording.facts(activity(**more))[0].answer == words


def test_a_note_follows_its_answer_as_a_sentence():
    facts = wording.facts(
        activity(company="ja", company_note="Tag en ven.", referral="ja", referral_by="Din læge")
    )

    told = {fact.name: fact.sentence for fact in facts}
    assert told["Må du tage en med?"] == "Ja. Tag en ven."
    assert told["Skal du have en henvisning?"] == "Ja. Du får den af din læge"
