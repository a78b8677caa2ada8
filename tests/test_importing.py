"""Foreign calendars and Open Referral files: taken, told, or refused; never half."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT, make_project, sweep

import macros.importing.take as importing
from macros.importing.draft import ImportStopped
from macros.importing.take import from_file
from macros.reading.load import load
from macros.when.recurrence import occurrences

FILES = ROOT / "tests/files"
EXAMPLES = ROOT.parent / "shared/standards"


@pytest.fixture
def bounded():
    """Who asks for this reads a file as `make import` does: in a process of its own."""


@pytest.fixture(autouse=True)
def _here(request, monkeypatch):
    """The others read it here: a process takes a second to begin."""
    if "bounded" not in request.fixturenames:
        monkeypatch.setattr(importing, "in_bounds", lambda work, *arguments: work(*arguments))


def contents(project: Path) -> dict[str, bytes]:
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in sorted((project / "data").rglob("*"))
        if path.is_file()
    }


def ics(*events: str) -> str:
    inside = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//DA\r\n{inside}END:VCALENDAR\r\n"


def take(project: Path, text: str | bytes, name: str = "kalender.ics", write: bool = True):
    file = project / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return from_file(project, file, "naboenheden", write)


def test_a_calendar_that_a_program_exported_becomes_activities(project, bounded):
    report = from_file(project, FILES / "calcurse.ics", "naboenheden", True)

    assert str(report) == (
        "Taget med: Kortspil på biblioteket, kom og vær med "
        "(data/activities/kortspil-paa-biblioteket-kom-og-vaer-med.yml)\n"
        "    beskrivelsen mangler: skriv selv, hvad det er\n"
        "Taget med: Strikning; hver anden onsdag "
        "(data/activities/strikning-hver-anden-onsdag.yml)\n"
        "    beskrivelsen mangler: skriv selv, hvad det er\n"
        "Taget med: Åben aften (data/activities/aaben-aften.yml)\n"
        "    beskrivelsen mangler: skriv selv, hvad det er\n"
        "Sprunget over: Juleaften\n"
        "    den varer hele dagen, så klokkeslættet mangler\n"
        "Sprunget over: Morgensang\n"
        "    den gentages hver 3. dag; kun hver dag, uge eller måned kan vises\n"
        "3 taget med, 2 sprunget over."
    )
    site = load(project)
    cards = site.things["activity", "kortspil-paa-biblioteket-kom-og-vaer-med"]
    found = occurrences(cards, {}, date(2026, 11, 24), date(2027, 12, 31))
    assert [f"{one.start:%d.%m %H:%M}–{one.end:%H:%M}" for one in found[:3]] == [
        "24.11 19:00–21:00",
        "01.12 19:00–21:00",
        "08.12 19:00–21:00",
    ]
    days = [one.day for one in found]
    assert date(2026, 12, 22) not in days and max(days) == date(2027, 6, 1)


def test_a_second_import_of_the_same_changes_nothing(project):
    from_file(project, FILES / "calcurse.ics", "naboenheden", True)
    before = contents(project)

    report = from_file(project, FILES / "calcurse.ics", "naboenheden", True)

    assert not report.taken and contents(project) == before
    assert "den findes allerede: data/activities/aaben-aften.yml" in str(report)


def test_a_dry_run_tells_the_same_and_changes_nothing(project):
    before = contents(project)

    tried = from_file(project, FILES / "calcurse.ics", "naboenheden", False)

    assert contents(project) == before
    assert str(tried) == str(from_file(project, FILES / "calcurse.ics", "naboenheden", True))


def test_moved_and_called_off_times_of_a_series_are_taken(project):
    series = ics(
        "UID:a\r\nSUMMARY:Sang\r\nDTSTART;TZID=Europe/Copenhagen:20261103T190000\r\n"
        "DTEND;TZID=Europe/Copenhagen:20261103T200000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU\r\n"
        "EXDATE;TZID=Europe/Copenhagen:20261222T190000\r\n"
        "LOCATION:Salen\\, Torvet 7\\, 9999 Lillevig",
        "UID:a\r\nSUMMARY:Sang\r\nRECURRENCE-ID;TZID=Europe/Copenhagen:20261201T190000\r\n"
        "DTSTART;TZID=Europe/Copenhagen:20261202T183000\r\n"
        "DTEND;TZID=Europe/Copenhagen:20261202T200000",
        "UID:a\r\nSUMMARY:Sang\r\nSTATUS:CANCELLED\r\n"
        "RECURRENCE-ID:20261208T180000Z\r\nDTSTART:20261208T180000Z",
    )

    take(project, series)

    site = load(project)
    song = site.things["activity", "sang"]
    found = occurrences(song, {}, date(2026, 11, 24), date(2026, 12, 29))
    assert [(f"{one.start:%d.%m %H:%M}", one.cancelled) for one in found] == [
        ("24.11 19:00", False),
        ("02.12 18:30", False),
        ("08.12 19:00", True),
        ("15.12 19:00", False),
        ("29.12 19:00", False),
    ]
    place = site.things["place", song.place]
    assert (place.title, place.address, place.postcode) == ("Salen", "Torvet 7", "9999")


def test_a_place_on_two_lines_keeps_name_and_address_apart(project):
    """As Apple's calendar writes it."""
    take(project, ics(
        "UID:1\r\nSUMMARY:Sang\r\nDTSTART:20261201T100000\r\n"
        "LOCATION:Biblioteket\\nTorvet 7\\, 9999 Lillevig",
        "UID:2\r\nSUMMARY:Dans\r\nDTSTART:20261202T100000\r\n"
        "LOCATION:Det store torv\\nTorvet 1\\, 9999 Lillevig\\nDanmark",
    ))  # fmt: skip

    site = load(project)
    new = site.things["place", site.things["activity", "sang"].place]
    assert (new.title, new.address, new.postcode) == ("Biblioteket", "Torvet 7", "9999")
    assert site.things["activity", "dans"].place == "torvet"


def test_an_open_referral_service_becomes_an_activity(project):
    report = from_file(project, FILES / "openreferral.json", None, True)

    site = load(project)
    one = site.things["activity", "raadgivning-paa-torvet"]
    assert one.what == "Du kan få råd om det, der er svært."
    assert (one.free, one.age_from, one.contact.phone) == (True, 18, "00 00 00 11")
    assert [when.weekdays for when in one.when] == [("tirsdag", "torsdag")]
    assert site.things["place", one.place].access_note == "Der er en rampe."
    assert site.things["organisation", one.organiser].title == "Foreningen Råd"
    told = str(report)
    assert "en tid er udeladt: den sluttede 01.01.2025" in told
    assert "en tid er udeladt: reglen er ikke en ugedag hver uge" in told
    assert "der er ikke plads til: godkendelser" in told
    assert told.endswith("3 taget med, 0 sprunget over.")


def test_an_organisations_own_services_are_taken_with_it(project):
    report = from_file(project, FILES / "openreferral_organization.json", None, True)

    site = load(project)
    band, walk = (site.things["activity", id] for id in ("orkester-for-alle", "gaa-med-musik"))
    body = site.things["organisation", band.organiser]
    assert (body.title, body.about) == ("Foreningen Pauken", "Vi spiller højt.")
    assert (body.contact.phone, body.contact.email) == (None, "pauken@lillevig.example")
    assert walk.organiser == band.organiser
    assert band.checked.by == "Foreningen Pauken"
    assert [when.weekdays for when in walk.when] == [("onsdag",)]
    assert str(report).endswith("3 taget med, 0 sprunget over.")


@pytest.mark.parametrize("wrapped", [lambda o: [o], lambda o: {"contents": [o]}])
def test_organisations_may_come_as_a_list_or_a_page_of_an_answer(wrapped, project):
    body = json.loads((FILES / "openreferral_organization.json").read_text(encoding="utf-8"))

    report = take(project, json.dumps(wrapped(body)), "k.json", write=False)

    assert [draft.id for draft in report.taken if draft.kind == "activity"] == [
        "orkester-for-alle",
        "gaa-med-musik",
    ]


@pytest.mark.skipif(not EXAMPLES.exists(), reason="the standard's own examples are not here")
@pytest.mark.parametrize("name", ["service_full.json", "organization_full.json"])
def test_the_standards_own_examples_are_taken_as_far_as_they_go(name, project):
    report = str(from_file(project, EXAMPLES / name, None, True))

    one = load(project).things["activity", "community-counselling"]
    assert (one.age_from, one.age_to, one.place, one.when) == (12, 100, None, ())
    assert "stedet er udeladt: det har ikke et dansk postnummer, siden kender" in report
    assert "den er sidst tjekket 01.01.2005: vises ikke, før nogen tjekker den" in report


# --- hostile and broken -------------------------------------------------------------------------

ONE = "UID:1\r\nSUMMARY:{}\r\nDTSTART:20261201T100000"
SKIPPED = {
    "every second": (f"{ONE.format('A')}\r\nRRULE:FREQ=SECONDLY", "reglen «SECONDLY» kan ikke"),
    "every minute": (f"{ONE.format('A')}\r\nRRULE:FREQ=MINUTELY;COUNT=9", "reglen «MINUTELY»"),
    "without end of count": (
        f"{ONE.format('A')}\r\nRRULE:FREQ=DAILY;COUNT=1000000000",
        "den gentages 1000000000 gange",
    ),
    "interval of nothing": (f"{ONE.format('A')}\r\nRRULE:FREQ=WEEKLY;INTERVAL=0", "for særlig"),
    "a date that is not": (
        "UID:1\r\nSUMMARY:A\r\nDTSTART:20260230T100000",
        "kan ikke læses",
    ),
    "only script": (ONE.format("<script>alert(1)</script>"), "ikke noget navn"),
    "nothing but signs": (ONE.format("=+-@"), "ikke noget navn"),
    "no start": ("UID:1\r\nSUMMARY:A", "den har ingen starttid"),
    "long past": ("UID:1\r\nSUMMARY:A\r\nDTSTART:20200101T100000", "den er forbi (01.01.2020)"),
}


@pytest.mark.parametrize("name", SKIPPED)
def test_an_event_that_cannot_be_taken_is_told_and_nothing_changes(name, project):
    event, why = SKIPPED[name]
    before = contents(project)

    report = take(project, ics(event))

    assert not report.taken and contents(project) == before
    assert len(report.skipped) == 1 and why in report.skipped[0].why


WEEKLY = "DTSTART;TZID=Europe/Copenhagen:20261103T190000\r\nRRULE:FREQ=WEEKLY"
TRAPS = {
    "private": (f"UID:1\r\nSUMMARY:Læge\r\n{WEEKLY}\r\nCLASS:PRIVATE", "den er privat"),
    "a clock that changes on other days": (
        "UID:1\r\nSUMMARY:A\r\nDTSTART;TZID=America/New_York:20261110T130000\r\nRRULE:FREQ=WEEKLY",
        "den gentages i en anden tidszone, så den flytter sig i dansk tid",
    ),
    "another day": (
        "UID:1\r\nSUMMARY:A\r\nDTSTART;TZID=Asia/Tokyo:20261110T020000\r\n"
        "RRULE:FREQ=WEEKLY;UNTIL=20261130T000000Z",
        "den gentages i en anden tidszone",
    ),
    "a date of the month": (
        "UID:1\r\nSUMMARY:A\r\nDTSTART;TZID=Europe/Copenhagen:20261115T190000\r\n"
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=15",
        "den er på en bestemt dato i måneden",
    ),
    "the date of the month it starts on": (
        "UID:1\r\nSUMMARY:A\r\nDTSTART;TZID=Europe/Copenhagen:20261115T190000\r\n"
        "RRULE:FREQ=MONTHLY",
        "den er på en bestemt dato i måneden",
    ),
    "universal time": (
        "UID:1\r\nSUMMARY:A\r\nDTSTART:20260908T170000Z\r\nRRULE:FREQ=WEEKLY",
        "den gentages i en anden tidszone",
    ),
    "weeks from Sunday": (
        "UID:1\r\nSUMMARY:A\r\nDTSTART;TZID=Europe/Copenhagen:20260906T190000\r\n"
        "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TU",
        "den regner ugen fra en anden dag",
    ),
    "two positions": (
        "UID:1\r\nSUMMARY:A\r\nDTSTART;TZID=Europe/Copenhagen:20261103T190000\r\n"
        "RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1,3",
        "for særlig",
    ),
    "two frequencies": (
        "UID:1\r\nSUMMARY:A\r\nDTSTART:20261103T190000\r\nRRULE:FREQ=WEEKLY,DAILY",
        "for særlig",
    ),
}


@pytest.mark.parametrize("name", TRAPS)
def test_what_a_schedule_cannot_say_is_not_taken_for_something_else(name, project):
    event, why = TRAPS[name]

    report = take(project, ics(event))

    assert not report.taken and why in report.skipped[0].why


def test_a_rule_in_a_zone_that_changes_its_clocks_with_ours_is_taken(project):
    take(project, ics(
        "UID:1\r\nSUMMARY:Sang\r\nDTSTART;TZID=Europe/London:20261110T130000\r\n"
        "RRULE:FREQ=WEEKLY"
    ))  # fmt: skip

    song = load(project).things["activity", "sang"]
    found = occurrences(song, {}, date(2027, 3, 15), date(2027, 4, 6))
    assert {f"{one.start:%H:%M}" for one in found} == {"14:00"} and len(found) == 4


def test_an_end_before_the_days_time_leaves_that_day_out_and_one_far_away_is_none(project):
    take(project, ics(
        f"UID:1\r\nSUMMARY:Tidligt\r\n{WEEKLY};UNTIL=20261215T120000Z",
        f"UID:2\r\nSUMMARY:Altid\r\n{WEEKLY};UNTIL=99991231T235959Z",
    ))  # fmt: skip

    site = load(project)
    assert site.things["activity", "tidligt"].when[0].last == date(2026, 12, 14)
    assert site.things["activity", "altid"].when[0].last is None


def test_places_are_told_apart_by_their_whole_address(project):
    take(project, ics(
        "UID:1\r\nSUMMARY:Sang\r\nDTSTART:20261201T100000\r\nLOCATION:Salen\\, Vej 1\\, 9999 L",
        "UID:2\r\nSUMMARY:Dans\r\nDTSTART:20261201T100000\r\nLOCATION:Salen\\, Gade 2\\, 9999 L",
        "UID:3\r\nSUMMARY:Spil\r\nDTSTART:20261201T100000\r\nLOCATION:Torvet 12\\, 9999 L",
        "UID:4\r\nSUMMARY:Kaffe\r\nDTSTART:20261201T100000\r\nLOCATION:Det store torv",
    ))  # fmt: skip

    site = load(project)
    doors = {
        name: site.things["place", site.things["activity", name].place].address
        for name in ("sang", "dans", "spil", "kaffe")
    }
    assert doors == {"sang": "Vej 1", "dans": "Gade 2", "spil": "Torvet 12", "kaffe": "Torvet 1"}


def test_addresses_and_ampersands_in_a_text_stay(project):
    take(project, ics(
        "UID:1\r\nSUMMARY:Sang & dans\r\nDTSTART:20261201T100000\r\n"
        "DESCRIPTION:Se <https://x.dk/?a=1&copy=2> eller <anna@x.dk>. Q&A\\; 3 < 5"
    ))  # fmt: skip

    one = load(project).things["activity", "sang-dans"]
    assert one.title == "Sang & dans"
    assert one.what == "Se https://x.dk/?a=1&copy=2 eller anna@x.dk . Q& A; 3 < 5"


def test_an_import_that_is_interrupted_leaves_nothing(project, monkeypatch):
    before, opened = contents(project), Path.open

    def interrupted(path, mode="r", **more):
        if mode == "x" and path.name == "aaben-aften.yml":
            raise KeyboardInterrupt
        return opened(path, mode, **more)

    monkeypatch.setattr(Path, "open", interrupted)
    with pytest.raises(KeyboardInterrupt):
        from_file(project, FILES / "calcurse.ics", "naboenheden", True)

    assert contents(project) == before


ZONE = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:Min\r\nBEGIN:DAYLIGHT\r\n"
    "DTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
    "END:DAYLIGHT\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:A\r\n"
    "DTSTART;TZID=Min:20261201T100000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
HEAVY = {
    "a time zone of seconds": ZONE,
    "a million weekdays": ics(f"{ONE.format('A')}\r\nRRULE:FREQ=WEEKLY;BYDAY={'TU,' * 10**6}TU"),
    "deep code": ics(f"{ONE.format('A')}\r\nDESCRIPTION:{'<div>' * 600_000}"),
    "nested parts": "BEGIN:VCALENDAR\r\n" + "BEGIN:X\r\n" * 200_000,
}  # fmt: skip


@pytest.mark.parametrize("name", ["a time zone of seconds", *map(sweep, list(HEAVY)[1:])])
def test_a_small_file_that_would_take_for_ever_is_given_up(name, project, bounded):
    before, start = contents(project), time.monotonic()

    try:
        report = take(project, HEAVY[name], write=False)
    except ImportStopped as stopped:
        assert "Ret: " in str(stopped)
    else:
        assert report.taken or report.skipped

    assert time.monotonic() - start < 30  # it ended
    assert contents(project) == before


def test_code_in_every_field_is_gone_and_told(project):
    evil = "<img src=x onerror=alert(1)>{{7*7}}<script>x()</script>&lt;b&gt;"

    report = take(project, ics(
        f"UID:{evil}\r\nSUMMARY:=Sang {evil}\r\nDESCRIPTION:Kom {evil} nu\r\nLOCATION:{evil}\r\n"
        "DTSTART:20261201T100000"
    ))  # fmt: skip

    assert len(report.taken) == 1
    text = (project / report.taken[0].path).read_text(encoding="utf-8")
    for sign in ("<img", "onerror", "{{", "script", "=Sang"):
        assert sign not in text
    assert "HTML-kode er fjernet" in str(report)


REFUSED = {
    "50 MB": ("k.ics", b"X" * 50_000_000, "filen fylder 50 MB; den må højst fylde 5"),
    "100,000 events": (
        "k.ics",
        ("BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\nEND:VEVENT\n" * 100_000 + "END:VCALENDAR\n").encode(),
        "kalenderen har flere end 1000 begivenheder",
    ),
    "noise": ("k.ics", bytes(range(256)) * 40, "filen er ikke en kalender"),
    "two bytes a sign": ("k.ics", ics(ONE.format("A")).encode("utf-16"), "ikke en kalender"),
    "nothing": ("k.ics", b"", "filen er ikke en kalender"),
    "no event": ("k.ics", ics().encode(), "kalenderen har ingen begivenheder"),
    "deep JSON": ("k.json", b"[" * 100_000, "ikke gyldig JSON"),
    "broken JSON": ("k.json", b'{"name": "\xff"}', "ikke gyldig JSON"),
    "empty JSON": ("k.json", b"[]", "filen har ingen tilbud"),
    "many services": ("k.json", b"[" + b"{}," * 3000 + b"{}]", "flere end 1000 tilbud"),
    "another shape": (
        "k.json",
        b'{"name": "Sang", "address": "Torvet 1"}',
        "filen er ikke tilbud efter Open Referral UK: «organization» mangler (den har name, "
        "address)",
    ),
    "a list of another shape": (
        "k.json",
        b'[{"titel": "Sang"}, {"titel": "Dans", "sted": "Torvet"}]',
        "«organization» mangler (den har titel, sted)",
    ),
    "a picture": ("k.png", b"\x89PNG", "filer, der ender på «.png», kan ikke importeres"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_with_a_cure_and_nothing_changes(name, project):
    file, raw, why = REFUSED[name]
    before = contents(project)

    with pytest.raises(ImportStopped) as stopped:
        take(project, raw, file)

    assert why in str(stopped.value) and "\n    Ret: " in str(stopped.value)
    assert contents(project) == before


def test_a_refusal_comes_whole_out_of_the_process_that_reads(project, bounded):
    file, raw, why = REFUSED["no event"]

    with pytest.raises(ImportStopped) as stopped:
        take(project, raw, file)

    assert str(stopped.value) == f"{why}\n    Ret: vælg en anden fil"


WRONG = [1, -1e400, True, "tekst", [], [1], {}, {"a": 1}, None]


@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_any_field_of_any_type_is_taken_or_told(value, project):
    service = json.loads((FILES / "openreferral.json").read_text(encoding="utf-8"))

    spoilt = [
        {**service, "name": f"Nr {at}", "organization": {"name": f"O {at}"}, name: value}
        for at, name in enumerate(service)
    ]
    report = take(project, json.dumps(spoilt), "k.json", write=False)

    told = sum(draft.kind == "activity" for draft in report.taken) + len(report.skipped)
    assert told == len(service)
    for draft in report.taken:
        assert "True" not in str(draft.values.values()) and "{'a'" not in draft.name


def test_an_unknown_organiser_is_told_with_a_guess(project):
    with pytest.raises(ImportStopped, match="«naboenhed» er ikke en arrangør på siden") as stopped:
        from_file(project, FILES / "calcurse.ics", "naboenhed", True)

    assert "mente du «naboenheden»?" in str(stopped.value)


def test_when_a_file_cannot_be_written_none_is(project, monkeypatch):
    before, opened = contents(project), Path.open

    def full_disk(path, mode="r", **more):
        if mode == "x" and path.name == "aaben-aften.yml":
            raise OSError(28, "No space left on device")
        return opened(path, mode, **more)

    monkeypatch.setattr(Path, "open", full_disk)

    with pytest.raises(ImportStopped, match="filerne kan ikke gemmes"):
        from_file(project, FILES / "calcurse.ics", "naboenheden", True)

    assert contents(project) == before


@pytest.mark.parametrize("name", [sweep("100,000 events"), "50 MB", sweep("deep JSON")])
def test_the_worst_files_are_answered_in_little_memory(name, tmp_path):
    """In less memory than is promised (500 MB); one that never ended would be stopped here."""
    project = make_project(tmp_path)
    file, raw, why = REFUSED[name]
    (project / file).write_bytes(raw)
    command = [sys.executable, "-m", "macros", "import", file, "--organisation", "naboenheden"]

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000))

    run = subprocess.run(
        command, cwd=project, capture_output=True, text=True, timeout=60, preexec_fn=limit
    )

    assert run.returncode == 1 and why in run.stderr
    assert run.stderr.endswith("Der er ikke gemt noget.\n")


def test_two_names_that_make_one_file_are_never_one_activity(project):
    events = [
        f"BEGIN:VEVENT\r\nUID:{hour}@x\r\nDTSTAMP:20261101T000000Z\r\n"
        f"DTSTART;TZID=Europe/Copenhagen:20261201T{hour}0000\r\nSUMMARY:Sang {sign} dans\r\n"
        "DESCRIPTION:Vi synger.\r\nEND:VEVENT\r\n"
        for hour, sign in ((10, "&"), (14, "–"))
    ]
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//\r\n"
    file = project / "to.ics"
    file.write_text(head + "".join(events) + "END:VCALENDAR\r\n", encoding="utf-8")

    report = from_file(project, file, "broen-over-aaen", True)

    assert [one.name for one in report.taken if one.kind == "activity"] == ["Sang & dans"]
    assert [one.name for one in report.skipped] == ["Sang – dans"]
    assert "samme fil som »Sang & dans«" in report.skipped[0].why
