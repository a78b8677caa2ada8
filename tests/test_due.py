"""What somebody should ask the organisers about, and the letters ready to send."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from conftest import loaded

from macros.pages.pages import edition
from macros.pages.views import due

ADDRESS = "om/redaktion/passer-det-stadig/"
CHECKED = date(2026, 11, 1)  # when the coffee was


def asking(day: date, site_url: str = "") -> dict[str, due.Asking]:
    whole = edition(loaded(), day, site_url)
    shown = due.view(whole, whole.pages.by_address[ADDRESS])
    return {one.organiser: one for one in shown.asking}


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2026, 11, 24), None),
        (date(2027, 3, 30), None),
        (date(2027, 4, 1), "Sidst tjekket 1. november 2026."),
        (date(2027, 11, 2), "Sidst tjekket 1. november 2026. Den står ikke på listen mere."),
    ],
)
def test_an_activity_is_due_a_month_before_its_readers_are_told_to_ask(day, told):
    found = asking(day).get("Naboenheden")
    assert (found.due[0].why if found else None) == told


def test_what_nobody_has_checked_comes_first_and_examples_never():
    every = list(asking(date(2027, 4, 1)).values())
    whys = [one.due[0].why for one in every]
    never = "Vi kender den kun fra en kilde. Ingen har tjekket den."

    assert whys == sorted(whys, key=lambda why: why != never) and never in whys
    titles = {one.link.title for each in every for one in each.due}
    examples = {one.title for one in loaded().activities if one.example}
    assert titles and not titles & examples


def test_the_letter_says_what_the_site_says_and_goes_to_who_can_answer():
    found = asking(date(2027, 4, 1), "https://lillevig.example/")["Naboenheden"]
    address = urlsplit(found.mail)

    assert address.path == "kaffe@lillevig.example"
    told = parse_qs(address.query)
    assert told["subject"] == ["Passer det stadig? Naboenheden"]
    assert told["body"] == [found.letter]
    for line in (
        "Hvornår? Hver tirsdag kl. 10–11.30",
        "Hvor? Det store torv, Torvet 1, 9999 Lillevig",
        "Hvad koster det? Gratis",
        "https://lillevig.example/aktiviteter/kaffe/",
        "Passer det stadig? Så svar bare »Ja, det passer«.",
    ):
        assert line in found.letter.splitlines()


def test_the_page_has_no_more_letters_than_one_can_send(monkeypatch):
    monkeypatch.setattr(due, "MOST", 1)
    whole = edition(loaded(), date(2027, 4, 1))
    shown = due.view(whole, whole.pages.by_address[ADDRESS])

    assert len(shown.asking) == 1 and shown.others > 1 and shown.count > 1


def test_who_arranges_it_says_in_one_press_that_it_still_holds(site):
    page = BeautifulSoup((site / "aktiviteter/kaffe/index.html").read_bytes(), "html5lib")
    link = page.find("a", string="Skriv, at det stadig passer")["href"]
    told = parse_qs(urlsplit(link).query)

    if link.startswith("mailto:"):
        assert urlsplit(link).path.endswith("@lillevig.example")
        assert "Kaffe på torvet" in told["subject"][0]
        assert "passer stadig" in told["body"][0]
    else:
        assert told["om"] == ["Kaffe på torvet"] and "passer stadig" in told["forkert"][0]
    cited = BeautifulSoup((site / "aktiviteter/laesehuset/index.html").read_bytes(), "html5lib")
    assert cited.find("a", string="Skriv, at det stadig passer") is None
