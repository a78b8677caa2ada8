"""What one writes to the municipality: the forms, and a calendar file looked at first."""

from __future__ import annotations

import csv
import io
import re

import pytest
from conftest import ROOT
from playwright.sync_api import expect

from macros.importing.take import from_file
from macros.reading.load import load


def test_a_suggestion_becomes_a_mail_a_row_and_a_file_that_can_be_used(tab, address, project):
    page = tab("320")
    page.goto(f"{address}aktiviteter/foreslaa/")
    page.get_by_label("Navn").fill("Dans på pladsen")
    page.get_by_label("Beskrivelse").fill("Vi danser.\nDu kan se på: det er gratis.")
    page.get_by_label("Arrangør").fill("Naboenheden")
    page.get_by_label("Gentages").select_option("hver uge")
    page.get_by_label("Tirsdag").check()
    page.get_by_label("Starter kl.").fill("19.00")
    assert not page.get_by_label("Datoer").is_visible()
    page.get_by_text("Fortæl mere", exact=True).click()
    page.get_by_label("Kørestol").select_option("ja")
    page.get_by_label("Hvem tager imod dig").fill('En med "rød" hat; måske to.')
    page.get_by_role("button", name="Se, hvordan det bliver").click()

    assert page.evaluate("document.activeElement.textContent") == "Din mail er klar"
    mail = page.get_by_role("link", name="Åbn den i dit mailprogram").get_attribute("href")
    assert mail.startswith(
        "mailto:naboer@lillevig.example,naboteamet@storvang.example"
        "?subject=Forslag%20til%20en%20aktivitet&body=Navn%3A%20Dans%20p%C3%A5%20pladsen"
    )
    with page.expect_download() as download:
        page.get_by_role("link", name="Gem som regneark").click()
    row = download.value.path().read_bytes()
    yml = page.locator("#filen").input_value()

    (project / "data/activities/dans.yml").write_text(yml, encoding="utf-8")
    one = load(project).things["activity", "dans"]
    assert one.what == "Vi danser.\nDu kan se på: det er gratis."
    assert one.first_visit.met_by == 'En med "rød" hat; måske to.'
    (project / "data/activities/dans.yml").unlink()
    (project / "data/activities/ark.csv").write_bytes(
        filled(row, {"Tjekket dato": "2026-11-24", "Tjekket af": "Naboenheden"})
    )
    same = load(project).things["activity", "dans-paa-pladsen"]
    assert (same.what, same.when, same.first_visit) == (one.what, one.when, one.first_visit)


def test_from_the_front_page_to_files_that_pass_check(tab, address, project):
    """An association nobody knows, at a place nobody knows: three files, ready to be put in."""
    page = tab()
    page.goto(address)
    page.get_by_role("contentinfo").get_by_role("link", name="Få jeres aktivitet med").click()
    page.get_by_role("link", name="otte spørgsmål").click()
    assert page.locator("section.first").count() == 8
    page.get_by_label("Navn").fill("Skumringssang")
    page.get_by_label("Beskrivelse").fill("Vi synger, mens det bliver mørkt. Du må bare lytte.")
    page.get_by_label("Arrangør").fill("Koret Månen")
    page.get_by_label("Gentages").select_option("hver uge")
    page.get_by_label("Onsdag").check()
    page.get_by_label("Starter kl.").fill("19")
    page.get_by_label("Slutter kl.").fill("18.30")
    page.get_by_label("Sted", exact=True).fill("Salen, Torvet 9, 9999 Lillevig")
    page.get_by_label("Voksne", exact=True).check()
    page.get_by_label("Pris").fill("gratis")
    page.get_by_label("Telefon", exact=True).fill("00 00 00 99")
    assert page.get_by_text("Slut ligger ikke efter start.").is_visible()
    page.get_by_role("button", name="Se, hvordan det bliver").click()
    assert page.evaluate("document.activeElement.name") == "Slutter kl."
    page.get_by_label("Slutter kl.").fill("20.30")
    page.get_by_role("button", name="Se, hvordan det bliver").click()

    card = page.locator("[data-preview] .offer")
    assert card.get_by_role("heading").inner_text() == "Skumringssang"
    assert "Hver onsdag kl. 19–20.30" in card.inner_text()
    page.get_by_text("Se, hvad der kommer til at stå på siden").click()
    told = page.locator("[data-page-preview]").inner_text()
    assert "Aktivitet hos Koret Månen" in told and "Vi synger, mens det bliver mørkt." in told
    assert "Hvad sker der første gang?\n\nIkke oplyst." in told
    page.get_by_text("Til redaktøren: det samme som filer").click()
    for link in page.locator("[data-files] a").all():
        with page.expect_download() as download:
            link.click()
        place = project / link.inner_text().removeprefix("Gem ")
        place.write_bytes(download.value.path().read_bytes())

    site = load(project)
    one = site.things["activity", "skumringssang"]
    assert site.organisation(one.organiser).title == "Koret Månen"
    assert (site.place(one.place).title, site.place(one.place).postcode) == ("Salen", "9999")
    assert one.when[0].weekdays == ("onsdag",) and one.free
    assert one.contact.phone == "00 00 00 99"


@pytest.mark.parametrize(
    ("label", "wrong", "said"),
    [
        ("Starter kl.", "klokken ti", "Skriv timer og minutter"),
        ("Sted", "Huset", "Skriv også postnummeret"),
        ("Telefon", "12", "otte cifre"),
    ],
)
def test_the_form_says_what_is_wrong_while_one_writes(label, wrong, said, tab, address):
    page = tab("320")
    page.goto(f"{address}aktiviteter/foreslaa/")
    page.get_by_label(label, exact=True).fill(wrong)
    page.keyboard.press("Tab")

    assert page.get_by_role("alert").filter(has_text=said).is_visible()
    assert page.get_by_label(label, exact=True).get_attribute("aria-invalid") == "true"


def filled(raw: bytes, more: dict[str, str]) -> bytes:
    """A sheet of one row with more of its cells filled in."""
    head, row = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";")
    for name, value in more.items():
        row[head.index(name)] = value
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([head, row])
    return text.getvalue().encode()


def test_a_correction_knows_what_it_is_about(tab, address):
    page = tab()
    page.goto(f"{address}aktiviteter/eksempel-strik-og-snak/")
    page.get_by_role("link", name="Sig til, hvis noget er forkert").click()

    expect(page.get_by_label("Hvad handler det om?")).to_have_value("Strik og snak")
    page.get_by_label("Hvad er forkert?").fill("Vi er flyttet")
    page.get_by_role("button", name="Skriv mailen").click()

    assert page.get_by_label("Mailen").input_value() == (
        "Det handler om: Strik og snak\nDet er forkert: Vi er flyttet\n"
        "Side: aktiviteter/eksempel-strik-og-snak/"
    )


def test_without_javascript_a_form_opens_the_mail_program(tab, address):
    page = tab(java_script_enabled=False)
    page.goto(f"{address}aktiviteter/foreslaa/")

    form = page.locator("form[data-mail]")
    assert form.get_attribute("action").startswith("mailto:")
    assert form.get_attribute("enctype") == "text/plain"
    assert page.get_by_role("link", name="Hent regnearket (Excel)").is_visible()


KEPT = "localStorage.length"


def test_a_draft_is_kept_only_on_ones_own_press_and_comes_back_whole(tab, address):
    page = tab("320")
    page.goto(f"{address}aktiviteter/foreslaa/")
    page.get_by_label("Navn").fill("Dans på pladsen")
    page.get_by_label("Gentages").select_option("hver uge")
    page.get_by_label("Tirsdag").check()
    page.get_by_text("Fortæl mere", exact=True).click()
    page.get_by_label("Hvem tager imod dig").fill("En med hat")
    assert page.evaluate(KEPT) == 0

    page.get_by_role("button", name="Gem en kladde på denne enhed").click()
    expect(page.get_by_text("Kladden er gemt på denne enhed.")).to_be_visible()
    page.reload()
    assert page.get_by_label("Navn").input_value() == ""
    page.get_by_label("Pris").fill("gratis")
    page.get_by_role("button", name="Hent kladden").click()

    assert page.get_by_label("Navn").input_value() == "Dans på pladsen"
    assert page.get_by_label("Pris").input_value() == "gratis"
    assert page.get_by_label("Tirsdag").is_checked()
    assert not page.get_by_label("Onsdag").is_checked()
    assert page.get_by_label("Hvem tager imod dig").input_value() == "En med hat"
    page.get_by_role("button", name="Slet kladden").click()
    assert page.evaluate(KEPT) == 0
    page.reload()
    expect(page.get_by_role("button", name="Hent kladden")).to_be_hidden()


# --- a calendar file ------------------------------------------------------------------------------

FILES = ROOT / "tests/files"


def looked_at(tab, address, name: str, content: bytes):
    page = tab("320", now="2026-11-24T08:00:00+01:00")
    page.goto(f"{address}om/foreninger/")
    file = {"name": name, "mimeType": "text/calendar", "buffer": content}
    page.get_by_label("Kalenderfilen").set_input_files(file)
    page.locator("[data-calendar-file] [role=status]", has_text=re.compile(r"\w")).wait_for()
    return page.locator("[data-calendar-file]")


def names(box, heading: str) -> list[str]:
    return box.locator("h4", has_text=heading).locator("+ ul strong").all_inner_texts()


def test_a_calendar_of_a_real_program_is_judged_as_the_import_judges_it(tab, address, project):
    """calcurse's own export, which the import is tested on too."""
    report = from_file(project, FILES / "calcurse.ics", "naboenheden", False)

    box = looked_at(tab, address, "calcurse.ics", (FILES / "calcurse.ics").read_bytes())

    assert names(box, "Det kan komme på listen") == [draft.name for draft in report.taken]
    assert names(box, "Det kommer ikke med") == [one.name for one in report.skipped]
    assert "5 begivenheder i filen. 3 kan komme på listen." in box.inner_text()
    told = box.inner_text().replace("\xa0", " ")
    first = (
        "Hver uge fra tirsdag den 24. november 2026 kl. 19–21\nHer mangler stedet og hvad det er."
    )
    assert first in told
    assert "Hver 2. uge fra onsdag den 25. november 2026 kl. 10–12" in told
    assert "Det er, fordi den varer hele dagen, så klokkeslættet mangler" in box.inner_text()


EVENT = "BEGIN:VEVENT\r\nUID:{0}\r\nDTSTART:2026120{1}T180000Z\r\nSUMMARY:{2}\r\n{3}END:VEVENT\r\n"
ALARM = "BEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:x\r\nEND:VALARM\r\n"


def calendar(*events: str) -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{''.join(events)}END:VCALENDAR\r\n".encode()


def test_what_is_private_is_told_and_the_file_can_be_had_without_it(tab, address, project):
    whole = calendar(
        EVENT.format("a", 1, "Sang", f"LOCATION:Salen\\, 9999 Lillevig\r\n{ALARM}"),
        EVENT.format("b", 2, "Hos lægen", "CLASS:PRIVATE\r\n"),
        EVENT.format("c", 3, "Aflyst fest", "STATUS:CANCELLED\r\n"),
        # A single time of the private series, moved; a task; and a program that writes small.
        EVENT.format("b", 4, "Hos lægen igen", "RECURRENCE-ID:20261202T180000Z\r\n"),
        "BEGIN:VTODO\r\nUID:d\r\nSUMMARY:Ring til lægen\r\nEND:VTODO\r\n",
        EVENT.format("e", 5, "Egen læge", "CLASS:CONFIDENTIAL\r\n").replace("VEVENT", "vevent"),
    )
    box = looked_at(tab, address, "vores.ics", whole)

    assert names(box, "Det kan komme på listen") == ["Sang"]
    assert names(box, "Det kommer ikke med") == ["Hos lægen", "Aflyst fest", "Egen læge"]
    told = box.inner_text().replace("\xa0", " ")
    assert "1. december 2026 kl. 19 · Salen, 9999 Lillevig" in told  # Danish time
    assert "Her mangler hvornår det slutter og hvad det er" in box.inner_text()
    with box.page.expect_download() as download:
        box.get_by_role("button", name="Gem filen uden det private").click()
    assert download.value.suggested_filename == "vores-uden-privat.ics"
    cleaned = download.value.path().read_bytes()
    assert "læge".encode() not in cleaned and cleaned.count(b"BEGIN:VEVENT") == 2
    (project / "vores.ics").write_bytes(cleaned)
    report = from_file(project, project / "vores.ics", "naboenheden", False)
    assert [draft.name for draft in report.taken] == ["Sang"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("k.zip", b"PK\x03\x04noget", "Den er pakket."),
        ("k.ics", b"<html>", "Gem kalenderen igen som iCalendar."),
        ("k.ics", calendar(), "Gem kalenderen igen som iCalendar."),
        ("k.ics", b"x" * 5_000_001, "Filen er for stor."),
        (
            "k.ics",
            calendar(EVENT.format("a", 1, "<img src=x onerror=document.title='ramt'>", "")),
            "1 begivenhed i filen. 1 kan komme på listen.",
        ),
    ],
    ids=["zip", "page", "empty", "large", "hostile"],
)
def test_a_file_that_is_no_calendar_is_told_and_nothing_in_one_is_run(
    name, content, said, tab, address
):
    box = looked_at(tab, address, name, content)

    assert said in box.inner_text()
    assert box.page.title() != "ramt" and box.locator("img").count() == 0
