"""What the published site was made of: an address that people have must stay or lead on.

The branch `published` is the commit that was last published; the workflow moves it. Where git
or the branch is missing, nothing is known to be published, and nothing is said.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

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


def _git(root: Path, *command: str) -> bytes | None:
    """What git prints; None where there is no git, no repository or no such thing."""
    try:
        run = subprocess.run(
            ["git", *command], cwd=root, capture_output=True, check=False, timeout=20
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return run.stdout if run.returncode == 0 else None
