"""Builds the site beside the old one and puts it in its place only when it is whole."""

from __future__ import annotations

import logging
import os
import re
import shutil
import subprocess
import traceback
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from macros.faults import Fault, report
from macros.hooks import HookStopped
from macros.sheets import NoPango


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


_LINK = re.compile(
    r"Doc file '(?P<file>.+?)' contains a(?:n (?:absolute|unrecognized relative))? link "
    r"'(?P<link>.+?)',"
)


def _told(texts: list[str], stop: SystemExit) -> str:
    """What stopped MkDocs: the hooks' own faults as they are, its words about links in Danish."""
    if isinstance(stop, HookStopped):
        return str(stop)
    faults, rest = [], []
    for text in texts:
        if link := _LINK.match(text):
            what = f"linket »{link['link']}« fører ingen steder hen"
            cure = "ret adressen, eller slet linket"
            faults.append(Fault(f"docs/{link['file']}", 1, 1, what, cure))
        else:
            rest.append(f"MkDocs melder: {text}")
    return "\n".join([*rest, report(faults)]) if faults else "\n".join(rest or [str(stop)])


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
