"""What a role's page leads to: something to do today, where one works, the same in easy words."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from conftest import loaded

from macros.language.text import lix
from macros.reading.load import load
from macros.rules import readability
from macros.rules.leads import leads_nowhere


def page(site, address: str) -> BeautifulSoup:
    return BeautifulSoup((site / address / "index.html").read_bytes(), "html5lib")


def test_an_action_leads_to_something_to_do_today_and_tells_what_nobody_says(site):
    action = page(site, "hvad-kan-du-goere/forening").find(id="aaben-doer")

    targets = [link["href"] for link in action.find_all("a")]
    assert "../../hjaelp-nu/" in targets
    assert "../../strategier/storvang-sammen/moedesteder/" in targets
    assert "Aftalen siger ikke, hvilken aften det er." in action.get_text()


@pytest.mark.parametrize(
    ("lead", "told"),
    [
        ("", "«Hils» fører ikke til noget"),
        ("page: findes-ikke/", "siden «findes-ikke/» findes ikke"),
        ("activities: storvang-sammen/tryghed", "«Hils» fører ikke til noget"),
    ],
)
def test_an_action_that_leads_nowhere_is_remarked_on(project, lead, told):
    """Nor is a list without activities a way on."""
    assert list(leads_nowhere(load(project))) == []
    role = project / "data/roles/beboer.yml"
    text = role.read_text(encoding="utf-8")
    before = text[text.index("    leads:") :]
    after = f"    leads:\n      - title: Se alt\n        {lead}\n" if lead else ""
    role.write_text(text.replace(before, after), encoding="utf-8")

    assert any(told in remark.what for remark in leads_nowhere(load(project)))


def test_a_way_to_what_is_for_a_group_leads_to_the_list_narrowed_to_it(site):
    link = page(site, "hvad-kan-du-goere/beboer").find("a", string="Se, hvad der er for voksne")

    assert link["href"] == "../../aktiviteter/?til=voksne"


def test_who_works_somewhere_finds_what_is_said_of_it(site):
    tree = page(site, "hvad-kan-du-goere/forening")

    place = tree.find(id="skole")
    assert "Sig goddag til børnene." in place.get_text() and place.find("a", class_="cite")
    assert "parken" in tree.find(id="hvor-arbejder-du").parent.get_text()
    # In one municipality stands only what that one says.
    own = page(site, "hvad-kan-du-goere/forening/lillevig")
    assert own.find(id="skole") and not own.find(id="svoemmehal")


def test_an_easy_text_stands_one_thought_a_line_with_its_sources(site):
    tree = page(site, "hvad-kan-du-goere/forening/let")

    first = tree.find(id="del-1").parent
    lines = [p.get_text(strip=True) for p in first.find_all("p", class_=False, recursive=False)]
    assert lines == ["Det er en plan om naboer.", "Du er med i en forening."]
    assert len(first.find_all("a", class_="cite")) == 1
    assert tree.select_one("[data-read]")
    link = page(site, "hvad-kan-du-goere/forening").select_one(".page-head .to-easy a")
    assert link["href"] == "let/"
    assert not page(site, "hvad-kan-du-goere/beboer").select_one(".to-easy")


def test_an_easy_text_that_is_short_or_heavy_is_remarked_on(project):
    assert not any("forening.yml" in remark.path for remark in readability.advice(load(project)))
    role = project / "data/roles/forening.yml"
    text = role.read_text(encoding="utf-8")
    heavy = "Kommunalbestyrelsens forebyggelsesstrategi understøtter tværfaglighed."
    short = text[: text.index("  - title: Hvad kan I gøre?")]
    role.write_text(short.replace("Det er en plan om naboer.", heavy), encoding="utf-8")

    assert lix(heavy) > readability.EASIEST
    told = [str(remark) for remark in readability.advice(load(project))]
    assert any("150 til 350" in one and "forening.yml" in one for one in told)
    assert any("højst være 25" in one and "forening.yml" in one for one in told)


def test_ideas_already_worked_on_stand_on_top(site):
    tree = page(site, "ideer")

    first = tree.main.find("h2")
    assert first.get_text() == "Det bliver der allerede arbejdet med"
    links = first.parent.find_all("a")
    assert links and all(tree.find(id=link["href"][1:]) for link in links)
    assert len(links) == sum(len(one.further_ideas) for one in loaded().strategies)


def test_the_page_that_a_roles_button_leads_to_says_what_the_sources_say_to_it(site):
    page = BeautifulSoup((site / "om/foreninger/index.html").read_bytes(), "html5lib")
    part = page.find(id="saadan-arbejder-i-sammen").parent
    role = loaded().role("forening")

    assert [one.get_text() for one in part.select("section > h3")] == [
        action.title for action in role.actions
    ]
    first = role.actions[0].passages[0]
    assert first.text in part.get_text(" ") and part.select(".cite")
    told = [one.get_text() for one in part.find_all("summary")]
    assert told and all(": " in one for one in told)
    assert part.find("a", string="Se det hele under »Jeg er med i en forening«")
    assert not part.find("a", href="./")  # none leads to where one is
