"""The build: whole or not at all, the same bytes each time, at home anywhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest
from bs4 import BeautifulSoup
from conftest import LILLEVIG, ROOT, some

from macros.adapter.build import BuildStopped, build
from macros.output.assets import NAMES


@pytest.fixture
def project(built):
    return built


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_builds_are_byte_identical(site, unbuilt):
    build(unbuilt, unbuilt / "again")

    assert contents(unbuilt / "again") == contents(site)


def test_a_fault_stops_the_build_and_leaves_the_old_site(project):
    target = project / "site"
    build(project, target)
    before = contents(target)
    role = project / "data/roles/beboer.yml"
    role.write_text(role.read_text(encoding="utf-8") + "farve: blå\n", encoding="utf-8")

    with pytest.raises(BuildStopped) as stopped:
        build(project, target)

    assert "data/roles/beboer.yml:24:1: feltet «farve» findes ikke her" in str(stopped.value)
    assert "1 fejl." in str(stopped.value)
    assert contents(target) == before
    assert not target.with_name("site.new").exists()


def test_a_broken_link_in_a_hand_written_page_stops_the_build(project):
    page = project / "docs/om/index.md"
    page.write_text(
        page.read_text(encoding="utf-8") + "\n[væk](findes-ikke.md)\n", encoding="utf-8"
    )

    with pytest.raises(BuildStopped) as stopped:
        build(project, project / "site")

    assert str(stopped.value) == (
        "docs/om/index.md:13:7: linket »findes-ikke.md« fører ingen steder hen\n"
        "    Ret: ret adressen, eller slet linket\n\n1 fejl."
    )
    assert not (project / "site.new").exists()


def test_template_code_in_a_page_is_never_run(project):
    page = project / "docs/om/index.md"
    page.write_text(
        page.read_text(encoding="utf-8") + "\nTo og to er {{ 2 + 2 }}.\n", encoding="utf-8"
    )

    with pytest.raises(BuildStopped) as stopped:
        build(project, project / "site")

    assert "docs/om/index.md:13:13: «{{ 2 + 2 }}»" in str(stopped.value)


def test_an_error_in_the_program_is_told_in_danish_and_kept_for_us(unbuilt, monkeypatch):
    monkeypatch.setattr("macros.output.html.Html.files", lambda self, page: 1 / 0)

    with pytest.raises(BuildStopped) as stopped:
        build(unbuilt, unbuilt / "site")

    assert "fejl i programmet (ZeroDivisionError)" in str(stopped.value)
    assert "division by zero" in (unbuilt / "site.fejl.txt").read_text(encoding="utf-8")


def test_a_dead_link_of_a_template_stops_the_build_too(unbuilt):
    (unbuilt / "overrides").unlink()
    shutil.copytree(ROOT / "overrides", unbuilt / "overrides")
    template = unbuilt / "overrides/pages/term.html"
    text = template.read_text(encoding="utf-8")
    template.write_text(
        text + '<p id="x"><a href="{{ url("findes-ikke/") }}">Væk</a></p>'
        '<p id="x"><a href="{{ url("om/#ikke-her") }}">Sted</a></p>\n',
        encoding="utf-8",
    )

    with pytest.raises(BuildStopped) as stopped:
        build(unbuilt, unbuilt / "site")

    told = str(stopped.value)
    page = "data/terms/nhk.yml:1:1: {} på siden /ordliste/nhk/ {}"
    assert page.format("linket »../../findes-ikke/«", "fører ingen steder hen") in told
    assert page.format("linket »../../om/#ikke-her«", "fører til et sted, der ikke er") in told
    assert "data/terms/nhk.yml:1:1: id «x» står to gange på siden /ordliste/nhk/" in told
    assert not (unbuilt / "site").exists()


def test_the_published_site_has_no_dead_link_either(project, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://lillevig.example/plan/")
    build(project, project / "site")

    page = (project / "site/404.html").read_text(encoding="utf-8")
    links = re.findall(r'href="/plan/([^"#?]*)', page)
    assert links
    for link in links:
        assert (project / "site" / link).exists(), link


def test_data_text_is_escaped_everywhere(project):
    spoilt = 0
    for file in some((project / "data").rglob("*.yml")):
        lines = file.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if match := re.fullmatch(r"(.*\b(?:text|headline|about): )(?!\")(.*)", line):
                lines[number] = f"{match[1]}'{match[2]} & <5 \" *x*'"
                spoilt += 1
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    build(project, project / "site")

    assert spoilt > 50
    shown = 0
    for page in some((project / "site").rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        html5lib.HTMLParser(strict=True).parse(html)
        assert "& <5" not in html and "<5" not in html and "<em>x</em>" not in html, page
        shown += html.count("&amp; &lt;5")
    assert shown > spoilt


def test_nothing_but_our_own_files_is_published(site):
    kinds = {path.suffix for path in site.rglob("*") if path.is_file()}

    data = {".json", ".ics", ".csv", ".xlsx", ".pdf"}
    assert kinds == data | {".html", ".css", ".js", ".png", ".svg", ".txt", ".webmanifest"}
    scripts = {path.name for path in site.rglob("*.js")}
    assert scripts == {name.removeprefix("assets/") for name in NAMES if name.endswith(".js")}


# --- what editors write on pages ----------------------------------------------------------------


TITLES = ("2024", "yes", "1:30", "2026-12-01", "'null'", "'# Nej'", "0123", "1e3")


def test_a_title_is_the_text_that_was_written(project):
    for number, title in enumerate(TITLES):
        page = f"---\ntitle: {title}\ndescription: {title}\n---\n\nTekst.\n"
        (project / f"docs/om/nr-{number}.md").write_text(page, encoding="utf-8")

    build(project, project / "site")

    for number, title in enumerate(TITLES):
        html = (project / f"site/om/nr-{number}/index.html").read_text(encoding="utf-8")
        assert f"<h1>{title.strip(chr(39))}</h1>" in html


def test_a_page_can_link_to_pages_made_from_data_and_show_a_picture(project):
    (project / "docs/om/baenk.png").write_bytes(PICTURE)
    page = project / "docs/om/index.md"
    page.write_text(
        page.read_text(encoding="utf-8")
        + "\n[Bænken](/ideer/baenk/#hvad), [flaget](../ideer/flag/) og ![En bænk](baenk.png)\n\n"
        "| a | b |\n|---|--:|\n| 1 | 2 |\n",
        encoding="utf-8",
    )

    build(project, project / "site")

    main = BeautifulSoup((project / "site/om/index.html").read_text(encoding="utf-8"), "html5lib")
    assert main.find("a", string="Bænken")["href"] == "../ideer/baenk/#hvad"
    assert main.find("a", string="flaget")["href"] == "../ideer/flag/"
    assert main.find("img")["alt"] == "En bænk"
    assert (project / "site/om/baenk.png").read_bytes() == PICTURE
    assert main.find("td", class_="align-right").get_text() == "2" and not main.find(style=True)


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "000002000001e221bc330000000049454e44ae426082"
)


def test_what_a_page_takes_in_is_looked_at_each_time(project):
    page = project / "docs/om/index.md"
    page.write_text(page.read_text(encoding="utf-8") + '\n--8<-- "note.md"\n', encoding="utf-8")
    for text in ("Først sådan.", "Så sådan."):
        (project / "note.md").write_text(text, encoding="utf-8")

        build(project, project / "site")

        assert text in (project / "site/om/index.html").read_text(encoding="utf-8")
    (project / "note.md").write_text('--8<-- "more.md"', encoding="utf-8")
    for text in ("Endnu et lag.", "Og et andet."):
        (project / "more.md").write_text(text, encoding="utf-8")

        build(project, project / "site")

        assert text in (project / "site/om/index.html").read_text(encoding="utf-8")


def test_what_a_page_takes_in_and_did_not_change_is_no_change(project, monkeypatch):
    page = project / "docs/om/index.md"
    page.write_text(page.read_text(encoding="utf-8") + '\n--8<-- "note.md"\n', encoding="utf-8")
    (project / "note.md").write_text("Sådan.", encoding="utf-8")
    build(project, project / "site")
    monkeypatch.setattr("macros.adapter.build.gather", None)  # not even read

    assert build(project, project / "site") == (0, 0)


def test_a_second_build_of_the_same_writes_nothing(project):
    build(project, project / "site")
    before = {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*")}

    assert build(project, project / "site") == (0, 0)

    assert {path: path.stat().st_mtime_ns for path in (project / "site").rglob("*")} == before


def test_what_does_not_belong_is_taken_away_with_its_folders(project):
    build(project, project / "site")
    for path in ("gammel/dyb/dybere/a.js", "gammel/dyb/b.js", "gammel/c/d.js"):
        (project / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (project / "site" / path).write_text("x", encoding="utf-8")

    assert build(project, project / "site") == (0, 3)
    assert not (project / "site/gammel").exists()


def test_one_changed_activity_writes_few_files(project):
    build(project, project / "site")
    path = project / "data/activities/kaffe.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("what: ", "what: Nu med kage. ", 1), encoding="utf-8")

    written, removed = build(project, project / "site")

    # Its card changes, and so do the names of the finder's index and of one piece of its cards.
    assert 0 < written < 60 and removed == 2


def test_an_old_address_leads_on(project):
    (project / "data/redirects.yml").write_text(
        "moved:\n  - old: ideer/flaget/\n    new: ideer/flag/\n", encoding="utf-8"
    )

    build(project, project / "site")

    page = (project / "site/ideer/flaget/index.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../flag/">' in page
    assert '<a href="../flag/">Et flag</a>' in page
    assert "flaget" not in (project / "site/data/soeg/indeks.json").read_text(encoding="utf-8")


def test_a_known_address_gives_sitemap_canonical_links_and_a_rooted_404(project, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://lillevig.example/plan/")

    build(project, project / "site")

    assert (
        "<loc>https://lillevig.example/plan/om/</loc>" in (project / "site/sitemap.xml").read_text()
    )
    page = (project / "site/om/index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://lillevig.example/plan/om/">' in page
    assert 'href="/plan/strategier/"' in (project / "site/404.html").read_text(encoding="utf-8")


def test_a_known_repository_gives_an_edit_link_to_the_very_file(project, monkeypatch):
    monkeypatch.setenv("EDIT_URL", "https://git.example/edit/main")

    build(project, project / "site")

    page = (project / "site/hvad-kan-du-goere/beboer/index.html").read_text(encoding="utf-8")
    assert 'href="https://git.example/edit/main/data/roles/beboer.yml"' in page


def test_the_core_works_with_mkdocs_absent():
    code = (
        "import sys\n"
        "for name in ('mkdocs', 'material', 'mkdocs_macros', 'jinja2'):\n"
        "    sys.modules[name] = None\n"
        "import macros.data.kinds, macros.reading.load, macros.rules.run\n"
        "from macros.__main__ import main\n"
        "sys.exit(main(['check']))\n"
    )

    run = subprocess.run([sys.executable, "-c", code], cwd=LILLEVIG, capture_output=True, text=True)

    assert run.returncode == 0 and run.stdout.endswith("\nIngen fejl.\n"), run.stderr


def test_plain_mkdocs_builds_the_same_site(site, project):
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-d", str(project / "site")],
        cwd=project,
        capture_output=True,
        text=True,
    )

    assert run.returncode == 0, run.stderr
    assert contents(project / "site") == contents(site)


def test_an_editor_never_meets_a_traceback(project):
    (project / "data/roles/beboer.yml").write_bytes(b"\xff\xfe\x00")

    for command in ("check", "build"):
        run = subprocess.run(
            [sys.executable, "-m", "macros", command], cwd=project, capture_output=True, text=True
        )
        assert run.returncode == 1
        assert "Traceback" not in run.stdout + run.stderr
        assert "filen er ikke gemt som UTF-8" in run.stdout + run.stderr
