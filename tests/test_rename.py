"""A thing that is renamed is named so everywhere, and its old address leads on."""

import subprocess
import sys
from pathlib import Path

import pytest

from macros.adapter.build import build
from macros.reading.load import load, read
from macros.reading.rename import REDIRECTS, RenameStopped, rename


@pytest.fixture
def project(built):
    return built


def contents(project: Path) -> dict[str, bytes]:
    every = [*(project / "data").rglob("*"), *(project / "docs").rglob("*")]
    return {str(path): path.read_bytes() for path in every if path.is_file()}


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("idea", "flag", "faelles-flag"),
        ("role", "beboer", "nabo"),
        ("source", "lillevig-plan", "planen"),
        ("strategy", "lillevig-boern", "boern"),
        ("area", "lillevig-boern/leg", "lillevig-boern/at-lege"),
        ("organisation", "broen-over-aaen", "broen"),
        ("place", "biblioteket", "bogstuen"),
        ("term", "nhk", "nabohjaelp-k"),
    ],
)
def test_everything_names_it_anew_and_nothing_else_changes(project, kind, old, new):
    before = load(project)
    if (kind, old) not in before.things:
        old = next(id for name, id in before.things if name == kind)

    rename(project, kind, old, new)

    site, faults = read(project)
    assert faults == []
    assert (kind, new) in site.things and (kind, old) not in site.things
    assert len(site.things) - (("redirects", "") in site.things) == len(before.things) - (
        ("redirects", "") in before.things
    )
    count = lambda site: sum(len(named) for named in site.references.values())  # noqa: E731
    assert count(site) == count(before)
    assert not any(
        named == kind and target == old
        for every in site.references.values()
        for _, named, target in every
    )


def test_the_old_address_leads_to_the_new_page(project):
    rename(project, "idea", "flag", "faelles-flag")
    rename(project, "idea", "faelles-flag", "flaget")
    build(project, project / "site")

    for old in ("flag", "faelles-flag"):
        page = (project / f"site/ideer/{old}/index.html").read_text(encoding="utf-8")
        assert '<meta http-equiv="refresh" content="0; url=../flaget/">' in page
        assert '<link rel="canonical"' in page
    assert "new: ideer/faelles-flag/" not in (project / REDIRECTS).read_text(encoding="utf-8")


def test_a_link_of_a_hand_written_page_follows(project):
    page = project / "docs/om/index.md"
    text = page.read_text(encoding="utf-8") + "\n[Flaget](/ideer/flag/#hvad) er med.\n"
    page.write_text(text, encoding="utf-8")

    rename(project, "idea", "flag", "flaget")

    assert "[Flaget](/ideer/flaget/#hvad)" in page.read_text(encoding="utf-8")


def test_remarks_and_order_of_a_file_stay(project):
    site = load(project)
    path = next(
        project / site.documents.path(key)
        for key, named in site.references.items()
        if any((kind, target) == ("place", "biblioteket") for _, kind, target in named)
        and site.documents.path(key).endswith(".yml")
    )
    text = "# husk\n" + path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")

    rename(project, "place", "biblioteket", "biblioteket-i-byen")

    before, after = text.splitlines(), path.read_text(encoding="utf-8").splitlines()
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert changed and all(
        new == old.replace("biblioteket", "biblioteket-i-byen", 1) for old, new in changed
    )


@pytest.mark.parametrize(
    ("kind", "old", "new", "told"),
    [
        ("ide", "flag", "x", "«ide» er ikke en slags"),
        ("idea", "flagg", "x", "mente du «flag»"),
        ("idea", "flag", "Flaget", "kan ikke bruges som id"),
        ("idea", "flag", "baenk", "der er allerede en idé «baenk»"),
        ("area", "lillevig-nabohjaelp/hilsen", "andet/hilsen", "bliver i sin strategi"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_changes(project, kind, old, new, told):
    before = contents(project)

    with pytest.raises(RenameStopped) as stopped:
        rename(project, kind, old, new)

    assert told in str(stopped.value)
    assert contents(project) == before


def test_the_command_says_what_changed(project):
    run = [sys.executable, "-m", "macros", "rename", "idea", "flag", "flaget"]

    told = subprocess.run(run, cwd=project, capture_output=True, text=True)

    assert told.returncode == 0, told.stderr
    assert "data/ideas/flaget.yml" in told.stdout and REDIRECTS in told.stdout


def test_a_cell_that_names_an_id_is_told_and_a_name_would_do(project):
    with pytest.raises(RenameStopped, match="i cellen i stedet for id'et"):
        rename(project, "strategy", "storvang-sammen", "sammen")
