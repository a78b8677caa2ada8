"""The first visit, from home and home again: in steps, printed alone, what is missing counted."""

from __future__ import annotations

from bs4 import BeautifulSoup
from conftest import loaded

from macros.when.rehearsal import rehearsal

ADDRESS = "aktiviteter/eksempel-strik-og-snak"


def test_every_step_is_a_whole_sentence_of_what_was_told(site):
    one = loaded().things["activity", "eksempel-strik-og-snak"]
    steps = rehearsal(one, loaded().place(one.place)).steps

    assert steps[0].title == "Før du går hjemmefra"
    assert steps[-1].title == "Farvel" and steps[-1].lines[0].startswith("Det slutter kl.")
    assert all(line.endswith((".", "!", "?")) for step in steps for line in step.lines)
    shown = BeautifulSoup((site / ADDRESS / "index.html").read_bytes(), "html5lib")
    assert [h3.get_text() for h3 in shown.select(".steps h3")] == [step.title for step in steps]


def test_what_is_not_told_is_counted_for_the_organiser_and_shown_to_the_reader(site):
    missing = {}
    for one in loaded().activities:
        told = rehearsal(one, loaded().place(one.place) if one.place else None)
        if one.first_visit and told.untold and not one.only_cited:
            missing[one.id] = told
    assert missing
    for id, told in missing.items():
        path = site / f"aktiviteter/{id}/index.html"
        shown = BeautifulSoup(path.read_bytes(), "html5lib").main.get_text(" ", strip=True)
        assert f"Arrangøren har ikke fortalt {told.missing}." in shown
        assert f"Der mangler svar på {len(told.untold)} af {told.asked} spørgsmål" in shown


def test_the_steps_are_read_aloud_and_printed_by_themselves(tab, address):
    page = tab()
    page.add_init_script(
        """window.spoken = []; speechSynthesis.speak = (said) => window.spoken.push(said.text);
           window.print = () => { window.printed = document.documentElement.className; };"""
    )
    page.goto(f"{address}{ADDRESS}/")

    page.get_by_role("button", name="Læs trinene op").click()
    page.locator("[data-read-part] [data-stop]").wait_for()
    assert page.evaluate("spoken[0]") == "Første gang"
    page.get_by_role("button", name="Print trinene på et kort").click()
    assert page.evaluate("printed") == "part-alone"  # while it is printed, and not after
    assert page.evaluate("document.documentElement.className") == ""
    page.emulate_media(media="print")
    page.evaluate("document.documentElement.classList.add('part-alone')")
    page.evaluate("document.querySelector('[data-part]').classList.add('alone')")
    shown = [h for h in page.locator("main h2").all() if h.is_visible()]
    assert [h.inner_text() for h in shown] == ["Første gang"]
    assert page.locator(".card-head").is_visible()
