"""The command line: what it prints and how it ends."""

import pytest

from macros.__main__ import main


@pytest.fixture
def spoilt(project, monkeypatch):
    """The fictional municipality with one fault and one heavy text, as working folder."""
    role = project / "data/roles/beboer.yml"
    heavy = "Kommunalbestyrelsesmedlemmmerne understøtter helhedsorienterede foranstaltninger"
    text = role.read_text(encoding="utf-8").replace("Sig goddag til din nabo", f"{heavy}. " * 9)
    role.write_text(text, encoding="utf-8")
    other = project / "data/roles/vicevaert.yml"
    text = other.read_text(encoding="utf-8")
    other.write_text(text.replace("Fej trappen hver dag.", "Fej **trappen**."), encoding="utf-8")
    monkeypatch.chdir(project)
    return project


def test_check_prints_faults_and_remarks_and_ends_with_one(spoilt, capsys):
    assert main(["check"]) == 1

    printed = capsys.readouterr().out
    assert "Advarsel: data/roles/beboer.yml:15:15: lixtallet er" in printed
    assert "data/roles/vicevaert.yml:15:15: teksten indeholder koden «**»" in printed
    assert printed.endswith("1 fejl.\n")


def test_check_speaks_githubs_language_with_a_flag(spoilt, capsys):
    assert main(["check", "--github"]) == 1

    lines = capsys.readouterr().out.splitlines()
    assert any(
        line.startswith("::warning file=data/roles/beboer.yml,line=15,col=15,title=lixtallet")
        for line in lines
    )
    assert lines[-2].startswith("::error file=data/roles/vicevaert.yml,line=15,col=15,title=")


def test_check_of_sound_data_ends_with_nought(project, monkeypatch, capsys):
    monkeypatch.chdir(project)

    assert main(["check"]) == 0

    *remarks, last = capsys.readouterr().out.splitlines()
    assert last == "Ingen fejl."
    named = [line.split(":")[1].strip() for line in remarks if line.startswith("Advarsel")]
    assert named == [
        *(f"data/activities/eksempel-{name}.yml" for name in OLD),
        "data/strategies/lillevig-nabohjaelp.yml",  # a follow-up that should have come
    ]


# What Lillevig keeps to show what becomes of it.
OLD = ("faelles-have", "naar-bogstaver-driller", "skak")


def test_remarks_wait_until_references_lead_somewhere(spoilt, capsys):
    role = spoilt / "data/roles/vicevaert.yml"
    text = role.read_text(encoding="utf-8").replace("lillevig-nabohjaelp/haven", "haven")
    role.write_text(text, encoding="utf-8")

    assert main(["check"]) == 1

    assert "Advarsel" not in capsys.readouterr().out


def test_words_are_vouched_for_in_one_press(spoilt, capsys):
    assert main(["words"]) == 0

    printed = capsys.readouterr().out
    assert "Kommunalbestyrelsesmedlemmmerne\n" in printed and "ord er skrevet i" in printed
    assert main(["words"]) == 0
    assert capsys.readouterr().out == "Der er ingen nye ord.\n"


def test_runs_are_written_from_the_sources_and_stop_copied_sentences(project, monkeypatch, capsys):
    monkeypatch.chdir(project)
    text = "Naboer i Lillevig hilser på hinanden hver eneste morgen, når solen står op."
    (project / "kilde.txt").write_text(text, encoding="utf-8")
    role = project / "data/roles/beboer.yml"
    role.write_text(
        role.read_text(encoding="utf-8").replace("Sig goddag til din nabo.", text), encoding="utf-8"
    )
    assert main(["check"]) == 0

    assert main(["runs", "kilde.txt"]) == 0

    assert main(["check"]) == 1
    assert "«Naboer i Lillevig hilser på hinanden hver eneste morgen …»" in capsys.readouterr().out


def test_build_tells_where_the_site_is_and_a_fault_leaves_none(project, spoilt, capsys):
    assert main(["build"]) == 1

    told = capsys.readouterr()
    assert "Siden i site/ er ikke ændret." in told.err
    assert not (project / "site").exists()


def test_schema_writes_what_the_tests_compare(project, monkeypatch):
    monkeypatch.chdir(project)

    assert main(["schema"]) == 0

    assert (project / "data/_schema/role.schema.json").is_file()


@pytest.mark.parametrize("day", ["1/12/2026", "2026-13-01", "i morgen"])
def test_a_day_that_is_none_is_told_and_nothing_is_done(project, monkeypatch, capsys, day):
    monkeypatch.chdir(project)
    monkeypatch.setenv("TODAY", day)

    assert main(["build"]) == 1
    assert "som 2026-12-01" in capsys.readouterr().out and not (project / "site").exists()
