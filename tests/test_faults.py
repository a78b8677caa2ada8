"""Every fault an editor can meet: a bad file for each, with the whole output expected.

A case in `faults/` says which rule it is for, changes the fictional municipality line by
line (`- old`, `+ new`), and below `=` stands all that `make check` then prints.
`ACCEPT=1` writes the present output into the cases; read the diff before you commit it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import LILLEVIG

from macros.data.faults import Fault, report
from macros.data.fields import models
from macros.data.kinds import KINDS
from macros.data.values import Model
from macros.reading import files
from macros.reading.load import read
from macros.rules import run

CASES = sorted((Path(__file__).parent / "faults").glob("*.case"))


def split(case: Path) -> tuple[str, list[str], str]:
    """The rule, the lines that change the project, and the output expected."""
    head, _, expected = case.read_text(encoding="utf-8").partition("\n=\n")
    first, *lines = head.splitlines()
    return first.removeprefix("rule: "), lines, expected


def spoil(project: Path, lines: list[str]) -> None:
    """Change the project as the lines of a case say."""
    path = project
    old: list[str] = []
    new: list[str] = []

    def change() -> None:
        nonlocal old, new
        if old or new:
            path.parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8") if path.exists() else ""
            before, after = ("".join(f"{line}\n" for line in part) for part in (old, new))
            assert before in text, f"«{before}» står ikke i {path}"
            path.write_text(text.replace(before, after, 1) if before else after, encoding="utf-8")
        old, new = [], []

    for line in lines:
        if line.startswith("file: "):
            change()
            path = project / line.removeprefix("file: ")
        elif line == "publish:":
            publish(project)
        elif line.startswith("move: "):
            change()
            source, target = line.removeprefix("move: ").split(" -> ")
            shutil.move(project / source, project / target)
        elif line.startswith("-"):
            if new:
                change()
            old.append(line[2:])
        elif line.startswith("+"):
            new.append(line[2:])
    change()


def publish(project: Path) -> None:
    """Make the project as it is now what was last published."""
    who = ["-c", "user.name=Lillevig", "-c", "user.email=lillevig@lillevig.example"]
    for command in (
        ["init", "-q", "-b", "published"],
        ["add", "data", "docs"],
        [*who, "commit", "-q", "-m", "Udgiv"],
    ):
        subprocess.run(["git", *command], cwd=project, check=True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_bad_file_gives_exactly_its_faults(case, project):
    rule, lines, expected = split(case)
    spoil(project, lines)

    site, faults = read(project)

    printed = report(faults) + "\n"
    if os.environ.get("ACCEPT"):
        case.write_text(f"rule: {rule}\n" + "\n".join(lines) + f"\n=\n{printed}", encoding="utf-8")
        return
    assert printed == expected
    for named in RULES:
        if named.__name__ == rule:
            assert _alone(named, site), f"reglen {rule} melder intet"


RULES = [*run.TEXT_RULES, *run.THING_RULES, *run.SITE_RULES, *run.WHOLE_RULES]


def _alone(rule, site) -> list[Fault]:
    if rule in run.THING_RULES:
        every = site.things.items()
        return [fault for key, thing in every for fault in rule(site.documents[key], thing)]
    if rule not in run.TEXT_RULES:
        return list(rule(site))
    return [
        fault
        for document in site.documents.values()
        for where, value in document.scalars()
        for fault in rule(document, where, value)
    ]


def test_every_rule_has_a_case():
    rules = {rule.__name__ for rule in RULES} | {
        f"{model.__name__}.{name}"
        for kind in KINDS
        for inside in models(kind.model)
        for model in inside.__mro__
        if issubclass(model, Model)
        for name in model.__pydantic_decorators__.model_validators
        if name in vars(model)
    }

    tried = {split(case)[0] for case in CASES}

    assert rules <= tried


def test_every_rule_states_itself():
    for rule in RULES:
        assert rule.__doc__ and rule.__doc__.rstrip().endswith(".")


def test_the_fictional_municipality_itself_has_no_fault():
    assert read(LILLEVIG)[1] == []


def test_wrong_encoding_names_line_and_column(project):
    file = project / "data/roles/beboer.yml"
    file.write_bytes(file.read_text(encoding="utf-8").replace("Beboer", "Beboær").encode("cp1252"))

    _, faults = read(project)

    assert str(faults[0]) == (
        "data/roles/beboer.yml:2:12: filen er ikke gemt som UTF-8, så æ, ø og å går tabt\n"
        "    Ret: gem filen igen med tegnkodningen UTF-8"
    )


def test_a_page_in_a_wrong_encoding_is_told_too(project):
    file = project / "docs/om/index.md"
    file.write_bytes(file.read_text(encoding="utf-8").encode("cp1252"))

    _, faults = read(project)

    assert [fault.path for fault in faults] == ["docs/om/index.md"]
    assert "ikke gemt som UTF-8" in faults[0].what


@pytest.mark.parametrize("gone", ["data", "data and docs"])
def test_a_project_without_content_is_a_fault(project, gone):
    for name in gone.split(" and "):
        shutil.rmtree(project / name)

    assert "data:1:1: mappen er tom eller findes ikke" in report(read(project)[1])


def test_strange_files_give_no_traceback(project):
    (project / "data/roles/mappe.yml").mkdir()
    (project / "docs/mappe.md").mkdir()
    (project / "docs/sloejfe.md").symlink_to(project / "docs/sloejfe.md")
    (project / "docs/hemmeligt").symlink_to("/etc")
    (project / "data/roles/genvej.yml").symlink_to("/etc/passwd")
    (project / "data/roles/nul.yml").write_bytes(b"title: \0")
    os.mkfifo(project / "data/roles/ror.yml")
    (project / os.fsdecode(b"data/roles/\xe6ble.yml")).write_text("title: Æble")
    # What programs leave behind while they work is nobody's fault.
    for name in ("data/roles/beboer.yml~", "data/roles/.#beboer.yml", "docs/om/.index.md.swp"):
        (project / name).write_text("x")
    (project / "docs/.#index.md").symlink_to("nogen@enmaskine.1234")

    assert [fault.path for fault in sorted(read(project)[1])] == [
        "data/roles/genvej.yml",
        "data/roles/nul.yml",
        "data/roles/\N{REPLACEMENT CHARACTER}ble.yml",
        "docs/hemmeligt",
        "docs/sloejfe.md",
    ]


def test_a_file_that_cannot_be_read_is_a_fault(project, monkeypatch):
    def locked(path, *more, **named):
        if path.endswith("beboer.yml"):
            raise PermissionError(13, "Permission denied")
        return open(path, *more, **named)

    monkeypatch.setattr(files, "open", locked, raising=False)

    assert str(read(project)[1][0]) == (
        "data/roles/beboer.yml:1:1: filen kan ikke læses\n"
        "    Ret: se, om du må åbne den, og om den er helt gemt"
    )


def test_byte_order_mark_is_no_fault(project):
    file = project / "data/roles/beboer.yml"
    page = project / "docs/om/index.md"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    page.write_bytes(b"\xef\xbb\xbf" + page.read_bytes())

    assert read(project)[1] == []


def test_windows_line_ends_are_no_fault(project):
    file = project / "data/roles/beboer.yml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert read(project)[1] == []


def test_all_faults_of_all_files_come_at_once_sorted(project):
    for name in ("roles/vicevaert", "roles/beboer", "sources/lillevig-plan"):
        file = project / f"data/{name}.yml"
        file.write_text(file.read_text(encoding="utf-8") + "\nfarve: blå\n", encoding="utf-8")

    _, faults = read(project)

    assert [fault.path for fault in sorted(faults)] == [
        "data/roles/beboer.yml",
        "data/roles/vicevaert.yml",
        "data/sources/lillevig-plan.yml",
    ]
    assert report(faults).endswith("3 fejl.")


def test_annotation_escapes_what_githubs_runner_reads_as_signs():
    fault = Fault("data/a,b.yml", 3, 7, "100 % galt: nej", "ret det")

    assert fault.annotation() == (
        "::error file=data/a%2Cb.yml,line=3,col=7,title=100 %25 galt%3A nej"
        "::100 %25 galt: nej Ret: ret det"
    )
