"""The build: whole or not at all, the same bytes each time, at home anywhere."""

import re
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest
from conftest import ROOT

from macros.build import BuildStopped, build


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_builds_are_byte_identical(site, tmp_path):
    build(ROOT, tmp_path / "again")

    assert contents(tmp_path / "again") == contents(site)


def test_a_fault_stops_the_build_and_leaves_the_old_site(project):
    target = project / "site"
    build(project, target)
    before = contents(target)
    role = project / "data/roles/beboer.yml"
    role.write_text(role.read_text(encoding="utf-8") + "farve: blå\n", encoding="utf-8")

    with pytest.raises(BuildStopped) as stopped:
        build(project, target)

    assert "data/roles/beboer.yml:19:1: feltet «farve» findes ikke her" in str(stopped.value)
    assert "1 fejl." in str(stopped.value)
    assert contents(target) == before
    assert not target.with_name("site.old").exists()


def test_a_broken_link_in_a_hand_written_page_stops_the_build(project):
    page = project / "docs/om/index.md"
    page.write_text(
        page.read_text(encoding="utf-8") + "\n[væk](findes-ikke.md)\n", encoding="utf-8"
    )

    with pytest.raises(BuildStopped) as stopped:
        build(project, project / "site")

    assert str(stopped.value) == (
        "docs/om/index.md:1:1: linket »findes-ikke.md« fører ingen steder hen\n"
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


def test_an_error_in_the_program_is_told_in_danish_and_kept_for_us(project, monkeypatch):
    monkeypatch.setattr("macros.render.Renderer.generated", lambda self: 1 / 0)

    with pytest.raises(BuildStopped) as stopped:
        build(project, project / "site")

    assert "fejl i programmet (ZeroDivisionError)" in str(stopped.value)
    assert "division by zero" in (project / "site.fejl.txt").read_text(encoding="utf-8")


def test_the_published_site_has_no_dead_link_either(tmp_path, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://lillevig.example/plan/")
    build(ROOT, tmp_path / "site")

    page = (tmp_path / "site/404.html").read_text(encoding="utf-8")
    for link in re.findall(r'href="/plan/([^"#?]*)', page):
        assert (tmp_path / "site" / link).exists(), link


def test_data_text_is_escaped_everywhere(project):
    spoilt = 0
    for file in (project / "data").rglob("*.yml"):
        lines = file.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if match := re.fullmatch(r"(.*\b(?:text|headline|about): )(?!\")(.*)", line):
                lines[number] = f"{match[1]}'{match[2]} & <5 \" *x*'"
                spoilt += 1
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")

    build(project, project / "site")

    assert spoilt > 50
    shown = 0
    for page in (project / "site").rglob("*.html"):
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
    assert scripts == {"activities.js", "read.js", "search.js", "site.js"}


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
        "for name in ('mkdocs', 'material', 'mkdocs_macros', 'jinja2', 'markdown'):\n"
        "    sys.modules[name] = None\n"
        "import macros.model, macros.load, macros.checks\n"
        "from macros.__main__ import main\n"
        "sys.exit(main(['check']))\n"
    )

    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert run.returncode == 0 and run.stdout.endswith("\nIngen fejl.\n"), run.stderr


def test_plain_mkdocs_builds_the_same_site(site, tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-d", str(tmp_path / "site")],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert run.returncode == 0, run.stderr
    assert contents(tmp_path / "site") == contents(site)


def test_an_editor_never_meets_a_traceback(project):
    (project / "data/roles/beboer.yml").write_bytes(b"\xff\xfe\x00")

    for command in ("check", "build"):
        run = subprocess.run(
            [sys.executable, "-m", "macros", command], cwd=project, capture_output=True, text=True
        )
        assert run.returncode == 1
        assert "Traceback" not in run.stdout + run.stderr
        assert "filen er ikke gemt som UTF-8" in run.stdout + run.stderr
