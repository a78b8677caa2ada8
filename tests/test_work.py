"""What is kept between runs is what was put; anything else on the disk is as good as none."""

import io
import os
import pickle
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import pytest
from conftest import some, sweep

from macros.adapter.build import build
from macros.output.tree import Tree
from macros.work import digest
from macros.work.kept import Kept
from macros.work.once import once
from macros.work.progress import Progress
from macros.work.spread import spread


@dataclass(frozen=True)
class Pair:
    one: object
    other: object


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ab", "ba"),
        (("a", "b"), ("ab",)),
        (("a",), "a"),
        (1, "1"),
        (1, True),
        (None, "None"),
        (Pair("a", "b"), Pair("b", "a")),
        (Pair(("a",), "b"), Pair("a", ("b",))),
        ({"a": "b"}, {"b": "a"}),
        (date(2026, 1, 1), "datetime.date(2026, 1, 1)"),
        (b"a", "a"),
        (frozenset("ab"), frozenset("ac")),
    ],
)
def test_different_values_have_different_digests(left, right):
    assert digest.of(left) != digest.of(right)


def test_equal_values_have_equal_digests():
    assert digest.of(Pair("a", frozenset("abc"))) == digest.of(Pair("a", frozenset("cba")))


def test_what_may_change_unseen_has_no_digest():
    with pytest.raises(TypeError):
        digest.of(object())


def kept_once(folder, **values):
    kept = Kept(folder)
    shelf = kept.shelf("a")
    for key, value in values.items():
        shelf.put(key, value)
    kept.save()
    return kept


def test_values_are_there_in_the_next_run(tmp_path):
    kept_once(tmp_path, one=1, two=[2])

    assert Kept(tmp_path).shelf("a").get("two") == [2]


def test_what_nobody_asked_for_is_gone_after_the_next_run(tmp_path):
    kept_once(tmp_path, one=1, two=2)
    second = Kept(tmp_path)
    second.shelf("a").get("one")
    second.save()

    assert set(Kept(tmp_path).shelf("a")) == {"one"}


def test_nothing_is_written_when_nothing_changed(tmp_path):
    kept_once(tmp_path, one=1, two=2)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")}
    second = Kept(tmp_path)
    second.shelf("a").get("one"), second.shelf("a").get("two")
    second.save()

    assert {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*")} == before


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(os.urandom(200)),
        lambda file: file.write_bytes(file.read_bytes()[:-3]),
        lambda file: file.write_bytes(pickle.dumps({"one": "foreign"})),
        lambda file: file.unlink(),
    ],
    ids=["empty", "noise", "cut", "foreign", "gone"],
)
def test_a_broken_file_is_as_good_as_none(tmp_path, spoil):
    kept_once(tmp_path, one=1)
    for file in some(tmp_path.rglob("[0-9]*")):
        spoil(file)

    assert Kept(tmp_path).shelf("a").get("one") is None


def test_values_of_another_program_are_as_good_as_none(tmp_path):
    (tmp_path / "overrides").mkdir()
    template = tmp_path / "overrides/a.html"
    template.write_text("a")
    kept = Kept(tmp_path / "kept", tmp_path)
    kept.shelf("a").put("one", 1)
    kept.save()
    assert Kept(tmp_path / "kept", tmp_path).shelf("a").get("one") == 1
    template.write_text("b")

    assert Kept(tmp_path / "kept", tmp_path).shelf("a").get("one") is None


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path):
    (tmp_path / "a").write_text("a file where a folder would be")

    kept_once(tmp_path, one=1)


def test_many_tasks_give_the_same_as_one_after_the_other():
    assert list(spread(lambda task: task * 2, range(1_000), few=10)) == list(range(0, 2_000, 2))


def test_a_fault_in_another_process_comes_home():
    def fails(task: int) -> int:
        raise ValueError("det gik galt")

    with pytest.raises(ValueError, match="det gik galt"):
        list(spread(fails, range(1_000), few=10))


@pytest.mark.sweep
class _Slow:
    def __init__(self):
        self.made = 0

    @once
    def part(self) -> list[int]:
        """Made slowly."""
        number = self.made = self.made + 1
        time.sleep(0.05)
        if number == 1:
            raise OSError
        return [number]


def test_a_part_is_made_once_however_many_ask_and_again_if_it_could_not_be():
    slow = _Slow()
    with pytest.raises(OSError):
        _ = slow.part

    with ThreadPoolExecutor(8) as pool:
        parts = list(pool.map(lambda _: slow.part, range(8)))

    assert parts == [[2]] * 8 and len({id(part) for part in parts}) == 1
    assert _Slow.part.__doc__ == "Made slowly."


def test_a_file_that_vanishes_while_others_are_put_there_is_no_trouble(tmp_path):
    target, kept = tmp_path / "site", Kept()
    target.mkdir()
    (target / ".index.html.new").write_text("half", encoding="utf-8")
    tree = Tree(target, kept)
    tree.put("index.html", b"whole")
    (target / ".index.html.new").unlink()

    assert tree.apply() == (1, 1)
    assert [path.name for path in target.iterdir()] == ["index.html"]


def test_a_site_made_by_several_processes_is_the_same(unbuilt, site):
    """As large ones are; with threads about, as here, there is one, so it has one of its own."""
    program = "import macros.work.spread as s, macros.__main__ as m; s.FEW = 3; m.main(['build'])"
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=unbuilt, capture_output=True, text=True
    )

    assert "Siden ligger i" in told.stdout, told.stdout + told.stderr
    made = {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    assert {
        p.relative_to(unbuilt / "site"): p.read_bytes()
        for p in (unbuilt / "site").rglob("*")
        if p.is_file()
    } == made


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "waits"), [(_Terminal, True), sweep(io.StringIO, False)])
def test_who_waits_at_a_terminal_sees_how_far_it_has_come(monkeypatch, unbuilt, stream, waits):
    monkeypatch.setattr("macros.work.progress.PATIENCE", 0.0)
    monkeypatch.setattr("macros.work.progress._EVERY", 0.0)
    told = stream()
    monkeypatch.setattr("sys.stderr", told)

    build(unbuilt, unbuilt / "site")

    lines = told.getvalue().split("\r")
    if waits:
        assert any(re.fullmatch(r"Laver sider \d+ af \d+ …\s*", line) for line in lines)
        assert any("Laver søgningen" in line for line in lines)
        assert lines[-1] == ""  # and the line is left as it was
    else:
        assert told.getvalue() == ""


def test_work_that_is_soon_over_says_nothing(monkeypatch):
    told = _Terminal()
    monkeypatch.setattr("sys.stderr", told)
    progress = Progress()

    progress.begin()
    progress.step("Laver sider")
    progress.tell(1, 2)
    progress.end()

    assert told.getvalue() == ""
