"""Organisers' own calendars beside our activities, against a server of our own."""

from __future__ import annotations

import http.server
import re
import socket
import subprocess
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT, loaded, on_now
from test_importing import contents, ics

from macros.__main__ import main
from macros.importing import compared, take
from macros.output.calendars import Calendars
from macros.reading import net
from macros.reading.changed import with_field
from macros.reading.load import read

DAY = date(2026, 11, 24)
KAFFE = "data/activities/kaffe.yml"
ENHED = "data/organisations/naboenheden.yml"
# The activity as its own organiser's program would export it.
SERIES = (
    "UID:kaffe\r\nSUMMARY:{name}\r\nDTSTART;TZID=Europe/Copenhagen:20261103T{start}00\r\n"
    "DTEND;TZID=Europe/Copenhagen:20261103T113000\r\nRRULE:FREQ=WEEKLY;BYDAY=TU\r\n"
    "LOCATION:{where}{more}"
)
THERE = "Det store torv\\, Torvet 1\\, 9999 Lillevig"


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    """Reading in a process of its own takes a second; `test_importing` tries its bounds."""
    monkeypatch.setattr(compared, "in_bounds", lambda work, *arguments: work(*arguments))


@pytest.fixture
def calendar():
    """What the organiser's server answers, free to change; a function answers by itself."""
    told: dict[str, object] = {"raw": b""}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            raw = told["raw"]
            self.send_response(200 if raw else 404)
            self.end_headers()
            if callable(raw):
                raw(self.wfile)
            else:
                self.wfile.write(raw)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told["address"] = f"http://127.0.0.1:{server.server_port}/kalender.ics"
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture
def asked(project, calendar, monkeypatch):
    """The project, whose neighbours' unit has told where its calendar is. Its coffee is plainly
    every Tuesday."""
    organisation, coffee = project / ENHED, project / KAFFE
    organisation.write_text(
        organisation.read_text("utf-8") + f"calendar: {calendar['address']}\n", "utf-8"
    )
    text = coffee.read_text("utf-8")
    text = text.replace("    not_on_public_holidays: ja\n    pauses: lillevig\n", "")
    text = re.sub(r"    (cancelled|not_on):\n      - .*\n", "", text)
    coffee.write_text(text.replace("place:", "# En bemærkning.\nplace:"), encoding="utf-8")
    monkeypatch.chdir(project)
    return project


def series(name="Kaffe på torvet", start="1000", where=THERE, more="") -> str:
    return SERIES.format(name=name, start=start, where=where, more=more)


def changed(start: str, more: str) -> str:
    """A single time of the series, on 1 December."""
    return (
        "UID:kaffe\r\nSUMMARY:Kaffe på torvet\r\n"
        "RECURRENCE-ID;TZID=Europe/Copenhagen:20261201T100000\r\n"
        f"DTSTART;TZID=Europe/Copenhagen:{start}\r\n{more}"
    )


def look(project: Path, calendar, *events: str) -> list[compared.Difference]:
    calendar["raw"] = ics(*events).encode()
    (looked,) = compared.check(project, DAY)
    assert not looked.unread
    return looked.differences


def test_a_calendar_that_says_the_same_is_not_told(asked, calendar, capsys):
    assert look(asked, calendar, series()) == []
    before = contents(asked)

    assert main(["calendars", "--check", "--write"]) == 0
    assert "Siden og kalenderen er ens." in capsys.readouterr().out
    assert contents(asked) == before


def test_our_own_calendar_differs_in_nothing():
    """What we send out and what we compare with say the same, holidays and called-off times too."""
    made = Calendars(on_now(), "Lillevig", "https://lillevig.example/")
    entries = [e for e in on_now().entries if e.activity.organiser == "naboenheden"]
    assert [e.activity.id for e in entries if not e.activity.example] == ["kaffe"]
    events = {e.activity.id: made.events_text(e) for e in on_now().entries}
    files = {path: content for path, _, content in made.files(events)}
    raw = files["data/v1/aktiviteter/kaffe.ics"]()
    drafts, skipped = take.read(0, raw, loaded(), "naboenheden", DAY)

    found = list(compared.compared(loaded(), ROOT, "naboenheden", drafts, skipped, DAY))
    assert found == []


def test_a_moved_time_becomes_a_correction_that_keeps_what_else_the_file_says(asked, calendar):
    (difference,) = look(asked, calendar, series(start="1030"))

    assert difference.what == "flyttet"
    assert difference.told == (
        "På siden: Hver tirsdag kl. 10–11.30. I kalenderen: Hver tirsdag kl. 10.30–11.30."
    )
    text = difference.files[KAFFE]
    assert "start: '10.30'" in text or "start: 10.30" in text
    assert "# En bemærkning.\nplace: torvet" in text and "first_visit:\n  met_by" in text
    around = (asked / KAFFE).read_text("utf-8").split("when:\n")[0]
    assert text.startswith(around)


def test_a_single_moved_time_is_told_by_its_date(asked, calendar):
    (difference,) = look(asked, calendar, series(), changed("20261202T180000", ""))

    assert difference.told == (
        "På siden: Hver tirsdag kl. 10–11.30. "
        "I kalenderen: Hver tirsdag kl. 10–11.30. 2. december 2026 kl. 18."
    )
    skipped = series(more="\r\nEXDATE;TZID=Europe/Copenhagen:20261222T100000")
    (difference,) = look(asked, calendar, skipped)
    assert difference.told == "Ikke mere: 22. december 2026 kl. 10."
    assert "not_on:" in difference.files[KAFFE]


def test_a_called_off_time_is_marked_and_the_rest_of_the_rule_stays(asked, calendar, capsys):
    off = changed("20261201T100000", "STATUS:CANCELLED")
    (difference,) = look(asked, calendar, series(), off)

    assert (difference.what, difference.told) == ("aflyst", "Aflyst: 1. december 2026 kl. 10.")
    assert main(["calendars", "--check", "--write"]) == 1
    site, faults = read(asked)
    assert not faults
    (when,) = site.things["activity", "kaffe"].when
    assert when.cancelled == (date(2026, 12, 1),) and when.weekdays == ("tirsdag",)
    assert look(asked, calendar, series(), off) == []  # put right, it is the same


def test_what_is_new_and_what_is_gone(asked, calendar, capsys):
    new = series("Sang på torvet", where="Kirken\\, Kirkevej 2\\, 9999 Lillevig")
    differences = look(asked, calendar, new)

    assert [(one.title, one.what) for one in differences] == [
        ("Sang på torvet", "ny"), ("Kaffe på torvet", "væk"),
    ]  # fmt: skip
    assert set(differences[0].files) == {
        "data/activities/sang-paa-torvet.yml", "data/places/kirken.yml",
    }  # fmt: skip
    assert "expires: '2026-11-24'" in differences[1].files[KAFFE]
    main(["calendars", "--check"])
    told = (asked / ".build/kalendere/naboenheden.txt").read_text("utf-8")
    assert "- Sang på torvet: ny. Den er i kalenderen og ikke på siden." in told
    assert "Til: (ingen mailadresse oplyst)" in told


def test_the_patch_is_one_that_git_takes(asked, calendar):
    calendar["raw"] = ics(series(start="1030"), series("Sang", where=THERE)).encode()
    run = ["git", "-C", str(asked), "-c", "user.name=x", "-c", "user.email=x@x.example"]
    subprocess.run([*run, "init", "-q"], check=True)
    main(["calendars", "--check"])
    subprocess.run([*run, "apply", ".build/kalendere/rettelser.patch"], check=True)

    site, faults = read(asked)
    assert not faults
    assert site.things["activity", "kaffe"].when[0].start.isoformat() == "10:30:00"
    assert ("activity", "sang") in site.things


def test_another_place_and_another_time_are_both_in_the_file(asked, calendar):
    where = "Biblioteket\\, Torvet 7\\, 9999 Lillevig"
    times, place = look(asked, calendar, series(start="1030", where=where))

    assert (times.what, place.what) == ("flyttet", "andet sted")
    assert "10.30" in place.files[KAFFE] and "place: torvet" not in place.files[KAFFE]


@pytest.mark.parametrize("kind", ["PRIVATE", "CONFIDENTIAL"])
def test_what_is_private_is_told_to_nobody(asked, calendar, kind, capsys):
    secret = series("Samtale med Ib", more=f"\r\nCLASS:{kind}").replace("UID:kaffe", "UID:x")
    assert look(asked, calendar, series(), secret) == []

    main(["calendars", "--check"])
    assert "Ib" not in capsys.readouterr().out


def test_what_cannot_be_compared_is_left_to_people(asked, calendar):
    monthly = series().replace("FREQ=WEEKLY;BYDAY=TU", "FREQ=MONTHLY;BYMONTHDAY=3")
    (difference,) = look(asked, calendar, monthly)

    assert (difference.what, difference.files) == ("kan ikke sammenlignes", {})
    assert "kun ugedage kan vises" in str(difference)


def test_a_correction_that_check_would_stop_is_not_made(asked, calendar):
    clash = series("Legekassen", more="").replace("UID:kaffe", "UID:y")
    differences = look(asked, calendar, series(), clash)  # another organiser's file has that name

    (new,) = differences
    assert new.what == "ny" and not new.files and "Ret selv" in str(new)


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"<html>Log ind</html>", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT", b"\xff\xfe" * 1000,
        ("BEGIN:VCALENDAR\r\n" + "BEGIN:VEVENT\r\nSUMMARY:x\r\nEND:VEVENT\r\n" * 1001
         + "END:VCALENDAR").encode(),
        ics("UID:x\r\nSUMMARY:x\r\nDTSTART:20261103T100000\r\n"
            "RRULE:FREQ=SECONDLY;COUNT=99999999").encode(),
    ],
    ids=["404", "html", "cut", "noise", "many", "seconds"],
)  # fmt: skip
def test_a_hostile_calendar_changes_nothing(asked, calendar, raw, capsys):
    calendar["raw"] = raw
    before = contents(asked)
    main(["calendars", "--check", "--write"])

    # At most what is on no calendar any more is proposed; nothing of the foreign file is taken.
    taken = [path for path, content in contents(asked).items() if before.get(path) != content]
    assert taken in ([], [KAFFE])
    assert read(asked)[1] == []


def test_a_calendar_without_end_or_with_a_slow_server_is_left(asked, calendar, monkeypatch):
    def endless(out):
        for _ in range(200):
            out.write(b"X" * 65_536)

    def slow(out):
        for _ in range(30):
            out.write(b"X")
            out.flush()
            time.sleep(0.1)

    calendar["raw"] = endless
    (looked,) = compared.check(asked, DAY)
    assert looked.unread == "den er for stor"
    monkeypatch.setattr(net, "SECONDS", 0.5)
    calendar["raw"] = slow
    (looked,) = compared.check(asked, DAY)
    assert looked.unread == "den er for langsom"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"hvad som helst\r\n\r\n", "kan ikke"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\nBEGIN:VCALENDAR", "ikke helt frem"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nBEGIN", "kan ikke"),
    ],
)
def test_an_answer_that_is_cut_off_or_none_is_no_calendar(answer, why):
    with socket.create_server(("127.0.0.1", 0)) as server:

        def speak() -> None:
            other, _ = server.accept()
            with other:
                other.recv(1000)
                other.sendall(answer)

        threading.Thread(target=speak, daemon=True).start()
        with pytest.raises(ValueError, match=why):
            net.fetched(f"http://127.0.0.1:{server.getsockname()[1]}/", 1000)


def test_an_address_with_a_gap_is_none():
    with pytest.raises(ValueError):
        net.fetched("http://lillevig.example/a b", 1000)


def test_only_the_web_is_asked():
    with pytest.raises(ValueError):
        net.fetched("file:///etc/passwd", 1000)


def test_a_field_is_put_in_its_place_and_nothing_else_moves():
    text = "a: 1\n# om b\nb:\n  - x\n  # væk\n  - y\n\n# om c\nc: 3\n"

    assert with_field(text, "b", ["z"]) == "a: 1\n# om b\nb:\n  - z\n\n# om c\nc: 3\n"
    assert with_field("a: 1", "d", "to\nlinjer") == "a: 1\nd: |-\n  to\n  linjer\n"
