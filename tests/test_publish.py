"""What is published is whole at every moment: the old site or the new one, never a mixture."""

import errno
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import carry, make_project, sweep

from macros.adapter import publish as publishing
from macros.adapter.publish import PublishStopped, current, publish, rollback


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not is_packed(path)
    }


def is_packed(path: Path) -> bool:
    """Whether it is another file, compressed for the server."""
    return (
        path.suffix in (".gz", ".br")
        and path.with_suffix("").exists()
        and "sitemap" not in path.name
    )


def rename(project: Path, title: str) -> None:
    role = project / "data/roles/beboer.yml"
    lines = role.read_text(encoding="utf-8").splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith("title:"))
    role.write_text("\n".join([*lines[:at], f"title: {title}", *lines[at + 1 :]]) + "\n", "utf-8")


@pytest.fixture(scope="module")
def begun(tmp_path_factory) -> Path:
    """A project that is published once, in its folder `public`."""
    project = make_project(tmp_path_factory.mktemp("publish"))
    publish(project, project / "public")
    return project


@pytest.fixture
def published(begun, tmp_path) -> Path:
    project = make_project(tmp_path, built=False)
    carry(begun, project, ".build/publish", "public")
    return project


def test_the_first_time_makes_what_the_server_shows(published):
    shown = current(published / "public")

    assert shown.name == "000001"
    assert contents(shown) == contents(published / ".build/publish")
    assert os.readlink(published / "public/current") == "releases/000001"


def test_a_change_is_a_new_release_and_the_old_one_stays_as_it_was(published):
    before = contents(current(published / "public"))
    rename(published, "Nabo")

    publish(published, published / "public")

    after = contents(current(published / "public"))
    assert b"Nabo" in after["hvad-kan-du-goere/beboer/index.html"]
    assert contents(published / "public/releases/000001") == before


def test_what_is_the_same_takes_no_room(published):
    rename(published, "Nabo")
    publish(published, published / "public")

    files = [p for p in current(published / "public").rglob("*.ics") if p.is_file()]
    assert len(files) > 20 and all(path.stat().st_nlink > 1 for path in files)


def test_only_the_last_releases_are_kept(published):
    for title in ("Nabo", "Genbo", "Ven"):
        rename(published, title)
        publish(published, published / "public", keep=2)

    names = [path.name for path in sorted((published / "public/releases").iterdir())]
    assert names == ["000003", "000004"]


def test_where_nothing_was_published_there_is_nothing_to_go_back_to(tmp_path):
    with pytest.raises(PublishStopped, match="ingen ældre udgave"):
        rollback(tmp_path)


def test_what_else_lies_beside_the_releases_is_left_there(published):
    (published / "public/releases/lost+found").mkdir()

    assert publish(published, published / "public", keep=1).release == "000002"

    names = sorted(path.name for path in (published / "public/releases").iterdir())
    assert names == ["000002", "lost+found"]


def test_one_can_go_back_and_forth(published):
    before = contents(current(published / "public"))
    rename(published, "Nabo")
    publish(published, published / "public")

    assert rollback(published / "public").release == "000001"
    assert contents(current(published / "public")) == before
    with pytest.raises(PublishStopped, match="ingen ældre udgave"):
        rollback(published / "public")
    assert publish(published, published / "public").release == "000003"


def test_a_fault_leaves_what_is_shown(published):
    before = contents(current(published / "public"))
    (published / "data/roles/beboer.yml").write_text("farve: blå\n", encoding="utf-8")

    told = subprocess.run(
        [sys.executable, "-m", "macros", "publish", "public"],
        cwd=published,
        capture_output=True,
        text=True,
    )

    assert told.returncode == 1
    assert "feltet «farve» findes ikke her" in told.stderr
    assert "Det, der var udgivet, er der stadig." in told.stderr
    assert contents(current(published / "public")) == before


def test_a_page_that_would_be_lost_is_told_and_nothing_is_published(published):
    (published / "data/activities/kaffe.yml").unlink()

    with pytest.raises(PublishStopped, match=r"/aktiviteter/kaffe/\n.*redirects.yml"):
        publish(published, published / "public")
    assert current(published / "public").name == "000001"

    assert publish(published, published / "public", force=True).release == "000002"


def test_a_site_that_is_suddenly_small_is_told(published, monkeypatch):
    rename(published, "Nabo")
    real = publishing._pages

    def thin(folder: Path) -> dict[str, int]:
        share = 3 if "publish" in str(folder) else 1
        return {address: size // share for address, size in real(folder).items()}

    monkeypatch.setattr(publishing, "_pages", thin)

    with pytest.raises(PublishStopped, match="meget mindre"):
        publish(published, published / "public")


@pytest.mark.parametrize("moments", [6, sweep(50)])
def test_killed_at_any_moment_the_public_sees_the_old_site_or_the_new(
    moments, published, tmp_path, monkeypatch
):
    old = contents(current(published / "public"))
    rename(published, "Nabo")
    publishing.build(published, published / ".build/publish")
    new = contents(published / ".build/publish")
    monkeypatch.setattr(publishing, "build", lambda *_, **__: (0, 0))
    steps = _steps(published, tmp_path / "count")
    some = random.Random(1)
    seen = set()
    for moment in some.sample(range(steps), moments):
        place = tmp_path / f"at-{moment}"
        shutil.copytree(published / "public", place, symlinks=True, copy_function=os.link)

        _killed_at(published, place, moment)

        shown = contents(current(place))
        assert shown in (old, new), moment
        seen.add(shown == new)
        publish(published, place)  # the next one finds its way
        assert contents(current(place)) == new
        assert not list((place / "releases").glob("*.new"))
        shutil.rmtree(place)
    assert seen == {True, False}


# Every way in which the publisher touches the disk.
TOUCHES = ("link", "rename", "replace", "mkdir", "unlink", "rmdir", "symlink", "sync")


def _steps(project: Path, place: Path) -> int:
    """How often it touches the disk."""
    shutil.copytree(project / "public", place, symlinks=True, copy_function=os.link)
    return _killed_at(project, place, 10**9)


def _killed_at(project: Path, place: Path, moment: int) -> int:
    """Publish in a process of its own that ends, without a word, at that touch of the disk; how
    many touches there were."""
    ours, theirs = os.pipe()
    if child := os.fork():
        os.close(theirs)
        os.waitpid(child, 0)
        with os.fdopen(ours) as told:
            return int(told.read() or 0)
    try:
        count = 0

        def counted(real):
            def touch(*arguments, **named):
                nonlocal count
                count += 1
                if count > moment:
                    os._exit(9)
                return real(*arguments, **named)

            return touch

        for name in TOUCHES:
            setattr(os, name, counted(getattr(os, name)))
        publish(project, place, keep=1)
        os.write(theirs, str(count).encode())
    finally:
        os._exit(0)


def test_a_second_one_waits_for_the_first(published):
    rename(published, "Nabo")
    run = [sys.executable, "-m", "macros", "publish", "public"]

    both = [subprocess.Popen(run, cwd=published, stderr=subprocess.PIPE) for _ in range(2)]
    told = [one.communicate(timeout=120)[1].decode() for one in both]

    assert [one.returncode for one in both] == [0, 0]
    assert any("Venter på den" in one for one in told)
    assert contents(current(published / "public")) == contents(published / ".build/publish")


def test_two_builds_at_once_both_leave_the_whole_site(published):
    run = [sys.executable, "-m", "macros", "build"]

    both = [subprocess.Popen(run, cwd=published, stderr=subprocess.DEVNULL) for _ in range(2)]

    assert [one.wait(timeout=120) for one in both] == [0, 0]
    assert contents(published / "site") == contents(published / ".build/publish")


@pytest.mark.parametrize(
    ("number", "what"),
    [(errno.ENOSPC, "der er ikke plads på disken"), (errno.EROFS, "kan ikke skrives i")],
)
def test_a_full_or_locked_disk_is_told_and_nothing_is_lost(published, monkeypatch, number, what):
    before = contents(current(published / "public"))
    rename(published, "Nabo")
    publishing.build(published, published / ".build/publish")

    def refused(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", refused)
    monkeypatch.setattr(shutil, "copy2", refused)
    monkeypatch.setattr(publishing, "build", lambda *_, **__: (0, 0))

    with pytest.raises(PublishStopped, match=what):
        publish(published, published / "public")

    assert contents(current(published / "public")) == before


def test_another_disk_gets_copies(published, monkeypatch):
    rename(published, "Nabo")
    link, there = os.link, f"{published}/public/"

    def far(source, target):
        if not (str(source).startswith(there) and str(target).startswith(there)):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        link(source, target)

    monkeypatch.setattr(os, "link", far)  # for the build too: `site/` may be a mount

    publish(published, published / "public")

    assert contents(current(published / "public")) == contents(published / ".build/publish")


def test_a_folder_of_others_is_left_alone(published, tmp_path):
    (tmp_path / "www/current").mkdir(parents=True)
    (tmp_path / "www/current/index.html").write_text("andres")

    with pytest.raises(PublishStopped, match="ikke lavet af dette program"):
        publish(published, tmp_path / "www")

    assert (tmp_path / "www/current/index.html").read_text() == "andres"
