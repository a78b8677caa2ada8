"""Builds the site beside the old one and puts it in its place only when it is whole."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config


class BuildStopped(Exception):
    """The build found something wrong; the old site still stands. The text says what."""


def build(root: Path, target: Path) -> None:
    """Build `root` into the folder `target`. Raises BuildStopped and leaves `target` as it was."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", _last_commit(root))
    staging = target.with_name(f"{target.name}.new")
    shutil.rmtree(staging, ignore_errors=True)
    remarks = _Remarks()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(remarks)
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(staging))
        mkdocs_build(config)
    except SystemExit as stop:  # MkDocs' Abort, which the hooks raise too
        raise BuildStopped("\n".join([*remarks.texts, str(stop)])) from None
    finally:
        logger.removeHandler(remarks)
    _replace(target, staging)


def _replace(target: Path, staging: Path) -> None:
    old = target.with_name(f"{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    staging.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _last_commit(root: Path) -> str:
    """The time of the last commit in seconds, so that equal commits give equal bytes."""
    found = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=root, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or "0"


class _Remarks(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())
