"""A page read aloud by the browser's own voice, in real Chromium with a voice that says nothing."""

from __future__ import annotations

import pytest

VOICE = """
  window.said = [];
  const voices = [{ lang: "en-US", localService: true, name: "E" },
                  { lang: "da-DK", localService: true, name: "D" }];
  window.SpeechSynthesisUtterance = class extends EventTarget {
    constructor(text) { super(); this.text = text; }
  };
  const fake = {
    getVoices: () => voices, cancel() { this.now = null; },
    speak(one) { this.now = one; said.push([one.text, one.lang, one.voice?.lang]); },
    finish() { this.now?.dispatchEvent(new Event("end")); },
  };
  Object.defineProperty(window, "speechSynthesis", { value: fake });
"""


@pytest.fixture
def heard(tab, address):
    """A function: a page's path -> that page, its voice ours."""

    def open_page(path: str):
        page = tab()
        page.add_init_script(VOICE)
        page.goto(address + path)
        return page

    return open_page


def test_a_page_is_read_aloud_sentence_by_sentence_with_pause_and_stop(heard):
    page = heard("hvad-kan-du-goere/beboer/")
    page.get_by_role("button", name="Læs op").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => said.length === 1")
    assert page.evaluate("said[0]") == ["Hvad kan du gøre?", "da-DK", "da-DK"]
    page.evaluate("speechSynthesis.finish()")
    assert page.evaluate("[...CSS.highlights.get('read')][0].toString()") == "Jeg bor her"

    page.evaluate("speechSynthesis.finish()")
    assert page.evaluate("said.at(-1)[0]") == "Her ser du, hvad du kan gøre."
    page.get_by_role("button", name="Pause").click()
    assert page.evaluate("speechSynthesis.now") is None
    page.get_by_role("button", name="Fortsæt").click()
    assert page.evaluate("said.at(-1)[0] === said.at(-2)[0]")

    page.get_by_role("button", name="Stop").click()
    assert page.evaluate("CSS.highlights.has('read')") is False
    assert page.get_by_role("button", name="Læs op").evaluate("e => e === document.activeElement")
    assert page.get_by_text("Oplæsningen er stoppet.").is_visible()


def test_escape_stops_the_reading(heard):
    page = heard("ideer/besoegsvenner/")
    page.get_by_role("button", name="Læs op").click()
    page.wait_for_function("() => said.length === 1")

    page.keyboard.press("Escape")

    assert page.get_by_role("button", name="Læs op").is_visible()
    assert page.evaluate("speechSynthesis.now") is None


def test_the_whole_text_is_read_once_and_no_mark_or_menu(heard):
    page = heard("strategier/storvang-sammen/unge-og-gamle/")
    assert page.get_by_text("Aftale s. 9–10").count() > 9

    page.get_by_role("button", name="Læs op").click()
    page.wait_for_function("() => said.length === 1")
    page.evaluate("for (let i = 0; i < 400 && speechSynthesis.now; i++) speechSynthesis.finish()")
    said = [text for text, _, _ in page.evaluate("said")]

    assert page.get_by_text("Oplæsningen er færdig.").is_visible()
    for once in ("Ensomhed rammer mest de helt unge og de helt gamle.", "To hundrede byttepar"):
        assert said.count(once) == 1
    assert said.index("Du skriver på et kort, hvad du kan.") < said.index(
        "I prøver det af tre gange."
    )
    assert not any("Aftale s." in text or "Redaktionen" in text for text in said)
    assert not {"Menu", "Ordliste", "Aktiviteter", "Læs op"} & set(said)
    assert max(map(len, said)) <= 260


def test_without_a_voice_there_is_no_button(tab, address):
    page = tab()
    page.add_init_script("delete window.speechSynthesis; delete Window.prototype.speechSynthesis")
    page.goto(f"{address}hvad-kan-du-goere/beboer/")

    page.locator("[data-read]").wait_for(state="detached")

    assert page.get_by_role("button", name="Læs op").count() == 0
