"""Builds the site beside the old one and puts it in its place only when it is whole."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import traceback
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from macros.output.printouts import NoPango


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
        shutil.rmtree(staging, ignore_errors=True)
        raise BuildStopped(_told(remarks.texts, stop)) from None
    except NoPango as missing:
        shutil.rmtree(staging, ignore_errors=True)
        raise BuildStopped(str(missing)) from None
    except Exception as error:  # ours to mend, not the editor's: keep the trace for us
        shutil.rmtree(staging, ignore_errors=True)
        log = target.with_name(f"{target.name}.fejl.txt")
        log.write_text(traceback.format_exc(), encoding="utf-8")
        raise BuildStopped(
            f"Siden kunne ikke bygges på grund af en fejl i programmet ({type(error).__name__}).\n"
            f"    Ret: send filen {log.name} til den, der passer programmet"
        ) from None
    finally:
        logger.removeHandler(remarks)
    _replace(target, staging)


def _told(texts: list[str], stop: SystemExit) -> str:
    """What stopped the build: our own faults as they are, else what MkDocs itself says."""
    # MkDocs loads the hooks as a module of their own, so their class is not the one we know.
    if getattr(stop, "ours", False):
        return str(stop)
    return "\n".join(f"MkDocs melder: {text}" for text in texts) or str(stop)


def _replace(target: Path, staging: Path) -> None:
    old = target.with_name(f"{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    staging.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _last_commit(root: Path) -> str:
    """The time of the last commit in seconds, so that equal commits give equal bytes."""
    if not shutil.which("git"):
        return "0"
    run = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=root, capture_output=True, text=True, check=False
    )
    return run.stdout.strip() or "0"


class _Remarks(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())
