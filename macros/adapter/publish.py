"""Publishes the site to a folder that a web server shows, whole at every moment.

    DIR/current        -> releases/000012, what the server shows
    DIR/releases/…     the last ones, each whole; files that are the same are the same on the disk

The new release is made beside the others, judged against the one that is shown, and then `current`
is switched, which the file system does whole or not at all.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from macros.adapter.build import DISK, BuildStopped, alone, build
from macros.output.calendars import NO_MORE, ended
from macros.output.editing import ADDRESS
from macros.pages.addresses import BUILT, DATA
from macros.work import compressed
from macros.work.progress import progress

KEEP = 5  # releases, the one that is shown among them
_BUILT = ".build/publish"  # where the site is built before it is copied
_BUSY = "En anden udgiver lige nu."
SHRUNK = 0.5  # of the pages or of their weight: less is hardly meant


class PublishStopped(BuildStopped):
    """Nothing was published; what was shown is still shown. The text says why."""


@dataclass(frozen=True)
class Published:
    """A release. pages: how many it has."""

    release: str
    pages: int


def publish(
    root: Path, place: Path, keep: int = KEEP, force: bool = False, editor: bool = False
) -> Published:
    """Build `root` and show it at `place`/current. force: even if pages are lost or many are gone.
    editor: with the editor in the browser.

    Raises BuildStopped, and what was shown stays.
    """
    with _told(place), alone(place / ".lock", _BUSY):
        built = root / _BUILT
        build(root, built, editor=editor)
        shown = current(place)
        if shown and not force:
            _judge(shown, built)
        releases = place / "releases"
        _tidy(place)
        number = 1 + max((int(path.name) for path in _releases(place)), default=0)
        new = releases / f"{number:06}"
        _copy(built, shown, new.with_suffix(".new"))
        if shown:
            _end_calendars(shown, new.with_suffix(".new"))
        progress.begin()
        progress.step("Pakker filer")
        compressed.beside(new.with_suffix(".new"), shown)
        progress.end()
        os.sync()  # what is switched to is on the disk
        os.rename(new.with_suffix(".new"), new)
        _switch(place, new)
        for old in _releases(place)[:-keep]:
            if old != new:
                shutil.rmtree(old)
        return Published(new.name, len(_pages(new)))


def rollback(place: Path) -> Published:
    """Show the release before the one that is shown."""
    with _told(place), alone(place / ".lock", _BUSY):
        shown = current(place)
        older = [path for path in _releases(place) if shown and path.name < shown.name]
        if not older:
            raise PublishStopped(
                "Der er ingen ældre udgave at gå tilbage til.\n"
                "    Ret: find den rigtige udgave af filerne i git, og udgiv igen"
            )
        _switch(place, older[-1])
        return Published(older[-1].name, len(_pages(older[-1])))


def _releases(place: Path) -> list[Path]:
    """Those that there are, oldest first; what else may lie there is not ours."""
    return sorted(path for path in place.glob("releases/*") if path.name.isdecimal())


def current(place: Path) -> Path | None:
    """The release that is shown."""
    link = place / "current"
    return link.resolve() if link.is_symlink() and link.exists() else None


def _judge(shown: Path, built: Path) -> None:
    """Raises PublishStopped if pages that people know are gone, or too many."""
    before, after = _pages(shown), _pages(built)
    lost = sorted(
        address
        for address in before.keys() - after.keys()
        # A day's lists come and go, and the editor is nobody's page.
        if not address.startswith((*BUILT, ADDRESS))
    )
    if lost:
        some = "".join(f"\n      /{address}" for address in lost[:10])
        more = f"\n      og {len(lost) - 10} til" if len(lost) > 10 else ""
        raise PublishStopped(
            f"Siden er ikke udgivet: {_sider(len(lost))} ville forsvinde for dem, der har adressen:"
            f"{some}{more}\n"
            "    Ret: skriv i data/redirects.yml, hvor hver af dem fører hen; "
            "skal de væk, så udgiv med --force"
        )
    weight = sum(before.values()), sum(after.values())
    if len(after) < SHRUNK * len(before) or weight[1] < SHRUNK * weight[0]:
        raise PublishStopped(
            f"Siden er ikke udgivet: den ville blive meget mindre, fra {_sider(len(before))} "
            f"({weight[0] // 1000} kB) til {_sider(len(after))} ({weight[1] // 1000} kB).\n"
            "    Ret: se, om noget mangler i data/; er det meningen, så udgiv med --force"
        )


def _sider(count: int) -> str:
    return "1 side" if count == 1 else f"{count} sider"


def _pages(folder: Path) -> dict[str, int]:
    """The address of each page, and its size in bytes."""
    pages = {}
    for place, _, files in os.walk(folder):
        if "index.html" in files:
            inside = os.path.relpath(place, folder)
            address = "" if inside == "." else f"{inside}/"
            pages[address] = os.path.getsize(os.path.join(place, "index.html"))
    return pages


def _end_calendars(shown: Path, new: Path) -> None:
    """What people subscribed to and is gone says so: without events, or without a file, their
    programs would go on showing what there was. A calendar whose activity is over stays empty."""
    for old in sorted(shown.glob(f"{DATA}*/*.ics")) + sorted(shown.glob(f"{DATA}*/*/*.ics")):
        told, path = old.read_bytes(), new / old.relative_to(shown)
        if _EVENT not in told or (path.exists() and not _is_no_more(path.read_bytes())):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)  # it may be the same file elsewhere
        path.write_bytes(ended(told))


_EVENT = b"BEGIN:VEVENT"


def _is_no_more(calendar: bytes) -> bool:
    return f"X-WR-CALNAME:{NO_MORE}\r\n".encode() in calendar


def _copy(built: Path, shown: Path | None, new: Path) -> None:
    """The built files in a new release. Nobody ever writes into a file that is there: one that is
    the same can be the same on the disk."""
    for place, _, files in os.walk(built):
        inside = Path(place).relative_to(built)
        (new / inside).mkdir(parents=True, exist_ok=True)
        for name in files:
            source, target = Path(place) / name, new / inside / name
            try:
                os.link(source, target)
            except OSError:  # another disk, or one that has no links
                _from_afar(source, shown and shown / inside / name, target)


def _from_afar(source: Path, shown: Path | None, target: Path) -> None:
    """A file from another disk: the one that is shown already, if it is the same."""
    told = source.stat()
    if shown and shown.is_file():
        there = shown.stat()
        if (there.st_size, there.st_mtime_ns) == (told.st_size, told.st_mtime_ns):
            os.link(shown, target)
            return
    shutil.copy2(source, target)


def _switch(place: Path, release: Path) -> None:
    beside = place / "current.new"
    beside.unlink(missing_ok=True)
    beside.symlink_to(Path("releases") / release.name)
    os.replace(beside, place / "current")


def _tidy(place: Path) -> None:
    """Without what was begun and never finished."""
    (place / "releases").mkdir(parents=True, exist_ok=True)
    for path in (place / "releases").glob("*.new"):
        shutil.rmtree(path)
    link = place / "current"
    if link.exists() and not link.is_symlink():
        raise PublishStopped(
            f"Siden er ikke udgivet: {link} er ikke lavet af dette program.\n"
            "    Ret: vælg en mappe, der er tom, eller flyt det, der ligger der"
        )


@contextmanager
def _told(place: Path) -> Iterator[None]:
    """What goes wrong with the disk, told as it is."""
    try:
        yield
    except OSError as error:
        if error.errno not in DISK:
            raise
        what, cure = DISK[error.errno]
        raise PublishStopped(
            f"Siden er ikke udgivet til {place}: {what}.\n    Ret: {cure}"
        ) from None
