"""Which pages a change touches, before and after."""

from __future__ import annotations

import subprocess

import pytest
from bs4 import BeautifulSoup

from macros.__main__ import main

KAFFE = "data/activities/kaffe.yml"


@pytest.fixture
def history(project, monkeypatch):
    """The project with a past in git."""
    git = ["git", "-C", str(project), "-c", "user.name=x", "-c", "user.email=x@x.example"]
    (project / ".gitignore").write_text(".build/\nmacros\noverrides\n", encoding="utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *command], check=True)
    monkeypatch.chdir(project)
    return project


def test_a_changed_text_is_shown_with_what_it_was(history, capsys):
    file = history / KAFFE
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Den grønne bænk", "Den blå bænk"), encoding="utf-8")

    assert main(["diff", "HEAD"]) == 0

    told = capsys.readouterr().out
    assert "- /aktiviteter/kaffe/ (ændret): Kaffe på torvet" in told
    assert "/ordliste/" not in told
    page = BeautifulSoup((history / ".build/diff/index.html").read_bytes(), "html5lib")
    assert {one.get_text() for one in page.find_all("del")} == {"grønne"}
    assert {one.get_text() for one in page.find_all("ins")} == {"blå"}
    for link in page.find_all("a"):
        assert (history / ".build/diff" / link["href"]).is_file()


def test_a_new_page_and_one_that_is_gone_are_told_and_nothing_is_nothing(history, capsys):
    assert main(["diff", "HEAD"]) == 0
    assert capsys.readouterr().out.startswith("Ændringen rører ingen sider.")

    (history / "data/terms/hoering.yml").rename(history / "data/terms/en-hoering.yml")
    assert main(["diff", "HEAD"]) == 0
    told = capsys.readouterr().out
    assert "- /ordliste/en-hoering/ (ny): " in told and "- /ordliste/hoering/ (væk): " in told
    assert (
        told
        == (history / ".build/diff/summary.md").read_text("utf-8") + told.splitlines()[-1] + "\n"
    )


def test_what_git_does_not_know_is_told(history, capsys):
    assert main(["diff", "ikke-her"]) == 1
    assert "git kender ikke »ikke-her«" in capsys.readouterr().err


def test_a_change_with_faults_is_told_as_check_does(history, capsys):
    (history / KAFFE).write_text("title: x\n", encoding="utf-8")
    assert main(["diff", "HEAD"]) == 1
    assert "data/activities/kaffe.yml" in capsys.readouterr().err
