"""One list of pages: addresses, ways, order."""

import pytest
from conftest import LILLEVIG, every_page, loaded

from macros.pages.addresses import relative
from macros.pages.pages import pages


@pytest.fixture(scope="module")
def lillevig():
    return pages(loaded())


def test_an_area_lies_under_its_strategy(lillevig):
    page = lillevig.by_key["area", "lillevig-nabohjaelp/hilsen"]

    assert page.address == "strategier/lillevig-nabohjaelp/hilsen/"
    assert [step.address for step in lillevig.above(page)] == [
        "",
        "strategier/",
        "strategier/lillevig-nabohjaelp/",
    ]


def test_each_page_names_the_file_an_editor_changes(lillevig):
    for page in lillevig.all:
        assert (LILLEVIG / page.source).is_file()


def test_next_leads_through_a_strategy_and_stops(lillevig):
    page, way = lillevig.by_key["strategy", "lillevig-nabohjaelp"], []
    while page:
        way.append(page.title)
        page = lillevig.beside(page)[1]

    assert way == ["Nabohjælp i Lillevig", "Hilsen på trappen", "Haven"]


def test_previous_is_the_other_way_of_next(lillevig):
    for page in lillevig.all:
        after = lillevig.beside(page)[1]
        assert after is None or lillevig.beside(after)[0] == page


def test_roles_begin_with_their_overview(lillevig):
    page = lillevig.by_address["hvad-kan-du-goere/"]

    assert lillevig.beside(page)[1].address == "hvad-kan-du-goere/beboer/"


def test_menu_follows_its_numbers(lillevig):
    assert [page.menu for page in lillevig.menu] == [1, 2, 3, 4, 5, 6]


def test_addresses_and_titles_are_unique_and_addresses_are_plain():
    found = every_page()

    assert len({page.address for page in found}) == len(found)
    assert len({page.title for page in found}) == len(found)
    for page in found:
        assert page.address.isascii()
        assert page.address == "" or page.address.endswith("/")


@pytest.mark.parametrize(
    ("start", "target", "link"),
    [
        ("", "om/", "om/"),
        ("om/", "", "../"),
        ("a/b/", "a/c/", "../c/"),
        ("a/b/", "a/b/", "./"),
        ("a/b/", "a/b/#x", "#x"),
        ("a/", "b/#x", "../b/#x"),
        ("a/b/", "assets/site.css?v=1", "../../assets/site.css?v=1"),
    ],
)
def test_links_are_relative(start, target, link):
    assert relative(start, target) == link


def test_the_contracts_addresses_are_there():
    addresses = {page.address for page in every_page()}

    assert addresses >= {
        "",
        "strategier/",
        "strategier/lillevig-nabohjaelp/",
        "strategier/lillevig-nabohjaelp/hilsen/",
        "strategier/lillevig-nabohjaelp/print/",
        "strategier/lillevig-katalog/",
        "strategier/lillevig-boern/",
        "strategier/storvang-sammen/",
        "hvad-kan-du-goere/",
        "hvad-kan-du-goere/beboer/",
        "hvad-kan-du-goere/beboer/print/",
        "hvad-kan-du-goere/vicevaert/",
        "hvad-kan-du-goere/forening/",
        "kilder/",
        "kilder/lillevig-plan/",
        "om/",
        "om/redaktion/",
        "ideer/",
        "ideer/baenk/",
        "emner/",
        "emner/torv/",
        "maal/",
        "tidslinje/",
        "ordliste/",
        "ordliste/nabohjaelp/",
        "foreninger/",
        "foreninger/naboenheden/",
        "steder/",
        "steder/torvet/",
        "soeg/",
        "aktiviteter/",
        "aktiviteter/kaffe/",
        "aktiviteter/foreslaa/",
        "aktiviteter/sig-til/",
        "aktiviteter/dage/mandag/",
        "aktiviteter/byer/9999-lillevig/",
        "aktiviteter/fokusomraader/lillevig-nabohjaelp/hilsen/",
    }
