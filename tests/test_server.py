"""The published site as Debian's nginx shows it, with the settings of `server/`."""

from __future__ import annotations

import configparser
import gzip
import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import brotli
import icalendar
import pytest
import yaml
from conftest import ROOT, make_project, one_of_each_kind

from macros.adapter.publish import publish
from macros.output.policy import POLICY

SERVER = ROOT / "server"
SETTINGS = (SERVER / "nginx.conf").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
GONE = "aktiviteter/kaffe/"
RENAMED = "foreninger/gammel/"
LONG = f"ideer/{'mindfulness-og-naturoplevelser-' * 7}for-alle/"


@pytest.fixture(scope="module")
def public(tmp_path_factory) -> Path:
    """A folder in which the site was published twice: an activity went, and an address moved."""
    project = make_project(tmp_path_factory.mktemp("public"))
    publish(project, project / "srv")
    (project / "data/activities/kaffe.yml").unlink()
    organisation = sorted((project / "data/organisations").glob("*.yml"))[0].stem
    moved = [
        {"old": GONE, "new": "aktiviteter/"},
        {"old": RENAMED, "new": f"foreninger/{organisation}/"},
        {"old": LONG, "new": "ideer/"},
    ]
    (project / "data/redirects.yml").write_text(yaml.safe_dump({"moved": moved}), "utf-8")
    publish(project, project / "srv")
    return project / "srv"


@pytest.fixture(scope="module")
def port(public, tmp_path_factory):
    """nginx's port on this machine; it runs as nobody in particular and may write in one folder."""
    own = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = own / "nginx.conf"
    settings.write_text(
        SETTINGS.replace("/srv/site", str(public))
        .replace("/tmp/nginx", f"{own}/nginx")
        .replace("listen 8080", f"listen 127.0.0.1:{port}"),
        encoding="utf-8",
    )
    someone = {}
    if os.geteuid() == 0:
        for folder in (own, *own.parents, public, *public.parents):
            if not folder.stat().st_mode & 0o001:
                folder.chmod(0o755)
        os.chown(own, 65534, 65534)
        someone = {"user": 65534, "group": 65534, "extra_groups": []}
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    with (own / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [nginx, "-c", str(settings), "-g", "daemon off;"], stderr=log, **someone
        )
    end = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            assert process.poll() is None and time.monotonic() < end, (own / "log.txt").read_text()
            time.sleep(0.05)
    yield port
    process.terminate()
    process.wait(timeout=30)


@pytest.fixture
def ask(port):
    """A function: path, headers -> status, headers by small name, body."""

    def ask(path: str, method: str = "GET", body: bytes | None = None, **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        content = answer.read()
        connection.close()
        return answer.status, told, content

    return ask


def test_a_page_is_sent_with_what_protects_its_reader(ask, public):
    status, told, content = ask("/")

    assert status == 200 and content == (public / "current/index.html").read_bytes()
    assert told["content-type"] == "text/html; charset=utf-8"
    assert told["content-security-policy"] == f"{POLICY}; frame-ancestors 'none'"
    assert "unsafe" not in told["content-security-policy"]
    assert int(re.search(r"max-age=(\d+)", told["strict-transport-security"])[1]) >= 31536000
    assert told["x-content-type-options"] == "nosniff"
    assert told["referrer-policy"] == "no-referrer"
    assert "geolocation=()" in told["permissions-policy"]
    assert told["cross-origin-opener-policy"] == "same-origin"
    assert told["cross-origin-resource-policy"] == "same-origin"
    assert "access-control-allow-origin" not in told
    assert told["server"] == "nginx"  # and no version
    assert "set-cookie" not in told


def test_only_lists_without_menus_may_stand_in_others_frames(ask):
    status, told, _ = ask("/foreninger/naboenheden/vis/")

    assert status == 200
    assert told["content-security-policy"] == f"{POLICY}; frame-ancestors *"
    for path in ("/foreninger/naboenheden/", "/soeg/?q=/vis/"):
        assert ask(path)[1]["content-security-policy"].endswith("frame-ancestors 'none'"), path


@pytest.mark.parametrize("path", ["/", "/ikke-her/", "/data/v1/aktiviteter.ics", "/was"])
def test_every_answer_is_protected(ask, path):
    told = ask(path)[1]

    for name in ("content-security-policy", "x-content-type-options", "strict-transport-security"):
        assert name in told, name


def test_what_is_asked_for_compressed_comes_compressed(ask, public):
    plain = (public / "current/index.html").read_bytes()

    for encoding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        status, told, content = ask("/", Accept_Encoding=encoding)
        assert status == 200 and told["content-encoding"] == encoding
        assert "accept-encoding" in told["vary"].lower()
        assert unpack(content) == plain and len(content) < len(plain) / 2
    both = ask("/", Accept_Encoding="gzip, deflate, br, zstd")[1]
    assert both["content-encoding"] == "br"
    assert "content-encoding" not in ask("/")[1]


def test_everything_a_page_needs_lies_there_compressed(public):
    shown = public / "current"
    large = [
        path
        for path in shown.rglob("*")
        if path.suffix in (".html", ".css", ".js", ".json", ".ics") and path.stat().st_size > 600
    ]

    assert len(large) > 100
    for path in large:
        raw = path.read_bytes()
        assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == raw, path
        assert brotli.decompress(Path(f"{path}.br").read_bytes()) == raw, path


def test_a_page_is_asked_for_again_and_sent_again_only_when_it_differs(ask):
    for encoding in ("identity", "gzip", "br"):
        told = ask("/", Accept_Encoding=encoding)[1]
        assert told["cache-control"] == "no-cache"

        by_tag = ask("/", Accept_Encoding=encoding, If_None_Match=told["etag"])
        by_time = ask("/", Accept_Encoding=encoding, If_Modified_Since=told["last-modified"])
        assert [by_tag[0], by_time[0]] == [304, 304] and by_tag[2] == b""
        assert ask("/", Accept_Encoding=encoding, If_None_Match='"andet"')[0] == 200


def test_what_has_its_content_in_its_address_is_kept_for_good(ask, public):
    page = (public / "current/index.html").read_text(encoding="utf-8")
    assets = re.findall(r'(?:href|src)="(assets/\w+\.(?:css|js)\?v=\w+)"', page)

    assert len(assets) >= 2
    for asset in assets:
        status, told, _ = ask(f"/{asset}")
        assert status == 200 and "immutable" in told["cache-control"]
        assert ask(f"/{asset.partition('?')[0]}")[1]["cache-control"] == "no-cache"
    assert "immutable" not in ask("/assets/gammel.js?v=12345678")[1]["cache-control"]


def test_what_is_not_there_is_told_as_the_site_tells_it(ask, public):
    expected = (public / "current/404.html").read_bytes()

    for path in ("/ikke-her/", "/hvad-kan-du-goere/ikke-her", "/assets/", "/.git/config"):
        status, _, content = ask(path)
        assert status == 404 and content == expected, path


def test_the_statement_on_access_is_where_the_law_says(ask):
    status, told, _ = ask("/was")

    assert status == 301 and told["location"] == "/was/"
    assert ask("/was/")[0] == 200


def test_old_addresses_lead_on(ask, public):
    assert ask(f"/{GONE}")[1]["location"] == "/aktiviteter/"
    assert ask(f"/{LONG}")[1]["location"] == "/ideer/"
    status, told, _ = ask(f"/{RENAMED}")

    assert status == 301 and ask(told["location"])[0] == 200
    # Where no server knows, the page itself does.
    page = (public / "current" / GONE / "index.html").read_text(encoding="utf-8")
    assert 'http-equiv="refresh"' in page and 'rel="canonical"' in page


def test_a_calendar_whose_activity_is_gone_calls_everything_off(ask, public):
    before = icalendar.Calendar.from_ical(
        (public / "releases/000001/data/v1/aktiviteter/kaffe.ics").read_bytes()
    )
    status, told, content = ask("/data/v1/aktiviteter/kaffe.ics")
    after = icalendar.Calendar.from_ical(content)

    assert status == 200 and told["content-type"].startswith("text/calendar")
    known, ended = (list(calendar.walk("VEVENT")) for calendar in (before, after))
    assert len(known) == len(ended) and any(event["status"] == "CONFIRMED" for event in known)
    for old, new in zip(known, ended, strict=True):
        assert new["uid"] == old["uid"] and new.get("rrule") == old.get("rrule")
        assert new["status"] == "CANCELLED" and new["summary"].startswith("Aflyst: ")
        assert int(new["sequence"]) == int(old["sequence"]) + 1


def test_it_stays_called_off_at_the_next_publishing(public, tmp_path):
    project = public.parent
    path = "data/v1/aktiviteter/kaffe.ics"
    before = (public / "current" / path).read_bytes()

    again = tmp_path / "again"
    shutil.copytree(public, again, symlinks=True)
    publish(project, again)

    assert (again / "current" / path).read_bytes() == before


def test_open_data_is_open_to_every_program(ask):
    status, told, _ = ask("/data/v1/aktiviteter.ics", Origin="https://andre.example")

    assert status == 200 and told["access-control-allow-origin"] == "*"
    assert told["cross-origin-resource-policy"] == "cross-origin"


def test_nobody_can_send_anything(ask):
    for method in ("POST", "PUT", "DELETE"):
        assert ask("/", method, b"x")[0] == 405
    assert ask("/", "POST", b"x" * 5000)[0] in (405, 413)


def test_what_the_server_needs_is_its_own(ask, public):
    assert (public / "current/data/v1/flyttet.map").exists()
    assert ask("/data/v1/flyttet.map")[0] == 404
    assert ask("/index.html.gz")[0] == 404


@pytest.mark.sweep
def test_no_page_breaks_its_policy_and_all_works_under_it(port, tab):
    page = tab()
    broken: list[str] = []
    page.expose_function("broken", lambda told: broken.append(told))
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation',"
        " e => broken(`${e.violatedDirective} ${e.blockedURI} ${location}`))"
    )
    base = f"http://127.0.0.1:{port}/"
    addresses = [path for path in one_of_each_kind() if path != GONE]
    assert len(addresses) > 20
    for path in addresses:
        page.goto(f"{base}{path}", wait_until="load")
        assert page.evaluate("getComputedStyle(document.body).fontFamily") != "", path
    page.goto(f"{base}soeg/?q=nabo")
    page.locator(".hits a").first.wait_for()
    page.goto(f"{base}aktiviteter/")
    page.locator("[data-finder]").wait_for()
    assert broken == []

    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.ran=1>')"
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None and broken  # it would have been told


def test_a_page_says_its_policy_where_no_server_does(tab, address):
    page = tab()
    page.goto(address)

    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<b onclick=window.ran=1>x</b>')")
    page.evaluate("document.body.lastElementChild.click()")
    assert page.evaluate("window.ran") is None


CONTAINER = (SERVER / "Containerfile").read_text(encoding="utf-8")


def test_the_container_is_nobody_and_has_what_the_settings_name():
    users = re.findall(r"^USER (\S+)", CONTAINER, re.MULTILINE)
    assert users == ["www-data"]
    for option in ("--read-only", "--cap-drop=all", "no-new-privileges", ":ro"):
        assert option in CONTAINER
    assert "libnginx-mod-http-brotli-static" in CONTAINER and "nginx-light" in CONTAINER
    for source in re.findall(r"^COPY (\S+)", CONTAINER, re.MULTILINE):
        assert (SERVER / source).is_file()
    # Whatever it writes lies in the one folder it may write to.
    written = re.findall(r"^\s*(?:pid|\w+_temp_path) (\S+);", SETTINGS, re.MULTILINE)
    assert len(written) == 6 and all(path.startswith("/tmp/") for path in written)
    port = re.search(r"listen (\d+)", SETTINGS)[1]
    assert f"EXPOSE {port}" in CONTAINER


UNITS = sorted((SERVER / "systemd").iterdir())


def unit(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_calls_only_what_there_is(path):
    read, text = unit(path), path.read_text(encoding="utf-8")

    for target in re.findall(r"make ([a-z-]+)", text):
        assert re.search(rf"^{target}:", MAKEFILE, re.MULTILINE), target
    for started in re.findall(r"^Unit=(\S+)", text, re.MULTILINE):
        assert (SERVER / "systemd" / started).is_file()
    for named in re.findall(r"/srv/strategiportal/(server/\S+)", text):
        assert (ROOT / named).is_file()
    if path.suffix == ".service":
        assert read["Service"]["ProtectSystem"] == "strict"
        assert read["Service"]["NoNewPrivileges"] == "true"
    if checker := shutil.which("systemd-analyze"):
        told = subprocess.run([checker, "verify", str(path)], capture_output=True, text=True)
        ours = [line for line in told.stderr.splitlines() if f"{path.name}:" in line]
        assert not ours


def test_every_night_and_every_push_publishes():
    night, push = (
        unit(SERVER / f"systemd/strategiportal-publish.{kind}") for kind in ("timer", "path")
    )

    assert night["Timer"]["Unit"] == push["Path"]["Unit"] == "strategiportal-publish.service"
    assert night["Timer"]["OnCalendar"].endswith("Europe/Copenhagen")
    assert push["Path"]["PathChanged"].endswith("refs/heads/main")


def test_a_push_publishes_by_the_hook_alone(tmp_path):
    """With git as it is, and a Makefile that notes what it was asked for."""

    def git(*command: str, at: Path) -> None:
        who = ["-c", "user.name=x", "-c", "user.email=x@lillevig.example"]
        subprocess.run(["git", *who, *command], cwd=at, check=True, capture_output=True)

    shared, editor, server = (tmp_path / name for name in ("shared.git", "editor", "server"))
    git("init", "-q", "--bare", "-b", "main", str(shared), at=tmp_path)
    git("clone", "-q", str(shared), str(editor), at=tmp_path)
    (editor / "Makefile").write_text(
        'check:\n\t@echo check >> ../asked\npublish:\n\t@echo "publish $(DIR)" >> ../asked\n'
    )
    git("add", "-A", at=editor)
    git("commit", "-q", "-m", "Begynd", at=editor)
    git("push", "-q", "origin", "HEAD:main", at=editor)
    git("clone", "-q", "-b", "main", str(shared), str(server), at=tmp_path)
    shutil.copy2(SERVER / "post-receive", shared / "hooks/post-receive")
    (editor / "data.yml").write_text("x\n")
    git("add", "-A", at=editor)
    git("commit", "-q", "-m", "Ret", at=editor)

    subprocess.run(
        ["git", "push", "-q", "origin", "HEAD:main"],
        cwd=editor,
        check=True,
        capture_output=True,
        env={**os.environ, "STRATEGIPORTAL": str(server), "PUBLIC": "/srv/vist"},
    )

    assert (server / "data.yml").exists()
    assert (tmp_path / "asked").read_text().split("\n")[:2] == ["check", "publish /srv/vist"]


GITLAB = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
JOBS = {name: job for name, job in GITLAB.items() if isinstance(job, dict) and "script" in job}


def test_gitlab_does_what_the_other_workflow_does():
    called = {
        name: set(re.findall(r"^make ([a-z-]+)", "\n".join(job["script"]), re.MULTILINE))
        for name, job in JOBS.items()
    }

    assert called["content"] == {"check", "build"} and "needs" not in JOBS["content"]
    assert called["product"] == {"lint", "test", "sweep"}
    for targets in called.values():
        assert all(re.search(rf"^{target}:", MAKEFILE, re.MULTILINE) for target in targets)
    assert JOBS["pages"]["artifacts"]["paths"] == ["public"]
    assert JOBS["pages"]["needs"] == ["content", "product"]
    assert all(job["stage"] in GITLAB["stages"] for job in JOBS.values())
    # What is published is compared with, so that no later text takes an untested product along.
    assert "rules" not in JOBS["product"]
    assert "changed.sh" in JOBS["product"]["script"][0]
    assert "heads/published" in JOBS["pages"]["script"][-1]
    assert "origin/published" in " ".join(GITLAB["default"]["before_script"])
