"""What templates loop over."""

import pytest
from conftest import loaded

from macros.data.activity import ORGANISATION_KINDS
from macros.pages import views
from macros.pages.pages import pages


@pytest.fixture
def lillevig():
    return loaded()


def test_a_citation_names_source_page_and_section(lillevig):
    mark = views.citations(lillevig, ["lillevig-plan/hilsen"])[0]

    assert mark.address == "kilder/lillevig-plan/#hilsen"
    assert mark.seen == "Plan s. 2–3"
    assert mark.unseen == "Planen, Område A: Hilsen"


def test_a_citation_of_a_source_without_pages_gives_the_sections_number(lillevig):
    assert views.citations(lillevig, ["lillevig-brev/brev"])[0].seen == "Brev afs. 1"


def test_each_role_has_a_share_in_each_area_even_an_empty_one(lillevig):
    shares = views.role_shares(lillevig, lillevig.area("lillevig-nabohjaelp/hilsen"))

    assert [(s.role.id, len(s.passages), [a.id for a in s.actions]) for s in shares] == [
        ("beboer", 1, ["hils"]),
        ("vicevaert", 0, []),
        ("forening", 0, ["aaben-doer"]),
    ]


def test_a_role_sees_every_strategy_and_only_areas_that_speak_to_it(lillevig):
    found = views.area_shares(lillevig, lillevig.role("vicevaert"))

    assert [(s.id, [share.area.short_title for share in areas]) for s, areas in found] == [
        ("lillevig-nabohjaelp", []),
        ("lillevig-katalog", []),
        ("lillevig-boern", ["Leg", "Vejen hjem"]),
        ("storvang-sammen", ["Mødesteder", "Tryghed"]),
    ]
    first, areas = views.area_shares(lillevig, lillevig.role("beboer"))[0]
    assert (first.id, [share.area.short_title for share in areas]) == (
        "lillevig-nabohjaelp",
        ["Hilsen"],
    )


def test_coverage_lists_the_pages_that_rest_on_a_section(lillevig):
    uses = views.section_uses(lillevig, pages(lillevig), lillevig.source("lillevig-plan"))

    assert {use.section.id: [page.id for page in use.pages] for use in uses}["hilsen"] == [
        "beboer",
        "vicevaert",
        "lillevig-nabohjaelp/hilsen",
    ]


def test_events_stand_in_the_order_of_time_and_on_the_axis(lillevig):
    events = lillevig.strategy("lillevig-nabohjaelp").events

    axis = views.axis(events)

    assert [event.title for event in views.timeline(events)] == [
        "Naboer hilser",
        "Planen godkendes",
    ]
    assert (axis.first, axis.last) == (1930, 2023)
    assert [tick.x for tick in axis.ticks] == [0.0, 100.0]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("efter § 85", "efter §~85"),
        ("§§ 103 og 104", "§§~103 og 104"),
        ("18 % af os", "18~% af os"),
        ("den 4. maj 2023", "den 4.~maj 2023"),
        ("de 3 ord", "de 3 ord"),
    ],
)
def test_what_belongs_together_stays_on_one_line(text, kept):
    assert views.keep_together(text).replace("\N{NO-BREAK SPACE}", "~") == kept


def test_long_words_get_soft_hyphens_and_short_ones_do_not():
    shown = views.hyphenated("Helhedsorienteret tilgang").replace("\N{SOFT HYPHEN}", "·")

    assert shown.endswith(" tilgang") and "·" in shown
    assert shown.replace("·", "") == "Helhedsorienteret tilgang"
    parts = shown.split()[0].split("·")
    assert len(parts[0]) >= 3 and len(parts[-1]) >= 3


def test_every_kind_of_body_has_a_heading():
    assert set(views.PLURALS) == set(ORGANISATION_KINDS)


def test_silence_names_what_the_source_leaves_out(lillevig):
    assert views.silence(lillevig.area("lillevig-nabohjaelp/hilsen")) == ""
    assert views.silence(lillevig.area("lillevig-katalog/torvet")) == "mål, hvorfor eller hvordan"
