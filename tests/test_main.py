"""The command line: what it prints and how it ends."""

import pytest

from macros.__main__ import main


@pytest.fixture
def spoilt(project, monkeypatch):
    """The fictional municipality with one fault and one heavy text, as working folder."""
    role = project / "data/roles/beboer.yml"
    heavy = "Kommunalbestyrelsesmedlemmerne understøtter helhedsorienterede foranstaltninger"
    text = role.read_text(encoding="utf-8").replace("Sig goddag til din nabo", f"{heavy}. " * 9)
    role.write_text(text, encoding="utf-8")
    other = project / "data/roles/vicevaert.yml"
    text = other.read_text(encoding="utf-8")
    other.write_text(text.replace("lillevig-nabohjaelp/haven", "haven"), encoding="utf-8")
    monkeypatch.chdir(project)
    return project


def test_check_prints_faults_and_remarks_and_ends_with_one(spoilt, capsys):
    assert main(["check"]) == 1

    printed = capsys.readouterr().out
    assert "Advarsel: data/roles/beboer.yml:15:15: lixtallet er" in printed
    assert "data/roles/vicevaert.yml:18:9: rolle «vicevaert» henviser til" in printed
    assert printed.endswith("1 fejl.\n")


def test_check_speaks_githubs_language_with_a_flag(spoilt, capsys):
    assert main(["check", "--github"]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("::warning file=data/roles/beboer.yml,line=15,col=15,title=")
    assert lines[1].startswith("::error file=data/roles/vicevaert.yml,line=18,col=9,title=")


def test_check_of_sound_data_ends_with_nought(project, monkeypatch, capsys):
    monkeypatch.chdir(project)

    assert main(["check"]) == 0
    assert capsys.readouterr().out == "Ingen fejl.\n"


def test_build_tells_where_the_site_is_and_a_fault_leaves_none(project, spoilt, capsys):
    assert main(["build"]) == 1

    told = capsys.readouterr()
    assert "Siden i site/ er ikke ændret." in told.err
    assert not (project / "site").exists()


def test_schema_writes_what_the_tests_compare(project, monkeypatch):
    monkeypatch.chdir(project)

    assert main(["schema"]) == 0

    assert (project / "data/_schema/role.schema.json").is_file()
