"""What git knows of earlier days: what the published site was made of, since an address that people
have must stay or lead on, and what was listed a year ago.

The branch `published` is the commit that was last published; the workflow moves it. Where git
or the branch is missing, nothing is known to be published, and nothing is said.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path

from macros.when.recurrence import DANISH_TIME

BRANCHES = ("refs/remotes/origin/published", "refs/heads/published")


def since(root: Path) -> Iterator[tuple[str, bytes]]:
    """Path (from `root`) and content of each published file of data/ and docs/ that is gone now,
    or is a spreadsheet and not the same: what may have held something that is not there now."""
    if not (root / ".git").exists():
        return  # not a project of its own
    for branch in BRANCHES:
        told = _git(root, "diff", "-z", "--name-only", "--no-renames", "--diff-filter=DM", branch,
                    "--", "data", "docs")  # fmt: skip
        if told is None:
            continue
        for path in filter(None, told.decode("utf-8", "replace").split("\0")):
            if not (root / path).exists() or path.endswith((".csv", ".xlsx")):
                yield path, _git(root, "show", f"{branch}:{path}") or b""
        return


def a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # the 29th of February
        return day.replace(year=day.year - 1, day=28)


def commit_of(root: Path, day: date) -> str:
    """The commit that was the newest when a day ended; «» where git knows of none."""
    if not (root / ".git").exists():
        return ""
    end = datetime.combine(day, time(23, 59, 59), DANISH_TIME)
    told = _git(root, "rev-list", "-1", f"--before={end.isoformat()}", "HEAD")
    return (told or b"").decode().strip()


def files_of(root: Path, commit: str, folders: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Path and content of each file that lay in the folders."""
    told = _git(root, "ls-tree", "-r", "-z", commit, "--", *folders) or b""
    named = [one.decode("utf-8", "replace").partition("\t") for one in told.split(b"\0") if one]
    blobs = [(path, entry.split()[2]) for entry, _, path in named if entry.split()[1] == "blob"]
    every = _git(root, "cat-file", "--batch", given="\n".join(blob for _, blob in blobs))
    if every is None:
        return
    at = 0
    for path, _ in blobs:
        end = every.index(b"\n", at)
        if every.endswith(b" missing", at, end):  # of a clone that has not everything
            at = end + 1
            continue
        size = int(every[at:end].split()[2])
        yield path, every[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def _git(root: Path, *command: str, given: str = "") -> bytes | None:
    """What git prints; None where there is no git, no repository or no such thing. given: what it
    reads."""
    try:
        run = subprocess.run(
            ["git", *command],
            cwd=root,
            input=given.encode(),
            capture_output=True,
            check=False,
            timeout=20,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return run.stdout if run.returncode == 0 else None
