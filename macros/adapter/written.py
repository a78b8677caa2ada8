"""The hand-written pages as MkDocs makes them of `docs/`, asked for only when they change."""

from __future__ import annotations

import logging
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from macros.data.site import Site
from macros.work import digest
from macros.work.kept import Kept

SETTINGS = ("SITE_URL", "EDIT_URL")  # of `mkdocs.yml`


class MkDocsStopped(Exception):
    """MkDocs could not make the pages; the text is its own."""


@dataclass
class Asked:
    """What MkDocs is asked for. pages: address -> HTML, with markers for what a page calls.
    site_url, edit_url: as `mkdocs.yml` sets them."""

    # The plugin writes all that is in its settings into its log, for which it asks how it looks.
    site: Site = field(repr=False)
    pages: dict[str, str] = field(default_factory=dict, repr=False)
    site_url: str = ""
    edit_url: str = ""


def written(root: Path, site: Site, kept: Kept) -> Asked:
    """The pages of `docs/` and the settings. Raises MkDocsStopped."""
    texts = site.beside.texts
    # A page may take in other files.
    taken_in = [site.beside.html[id] for id, (text, _) in texts.items() if "--8<--" in text]
    settings = [os.environ.get(name, "") for name in SETTINGS]
    shelf, key = (
        kept.shelf("written"),
        digest.of(texts, site.docs, taken_in, site.beside.files, settings),
    )
    if (known := shelf.get(key)) is None:
        asked = Asked(site)
        _ask(root, asked)
        known = asked.pages, asked.site_url, asked.edit_url
        shelf.put(key, known)
    return Asked(site, *known)


def _ask(root: Path, asked: Asked) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    remarks = _Remarks()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(remarks)
    try:
        with tempfile.TemporaryDirectory() as folder:
            config = load_config(str(root / "mkdocs.yml"), site_dir=folder)
            config.extra["asked"] = asked
            build(config)
    except SystemExit as stop:  # MkDocs' Abort
        told = "\n".join(f"MkDocs melder: {text}" for text in remarks.texts)
        raise MkDocsStopped(told or str(stop)) from None
    finally:
        logger.removeHandler(remarks)


class _Remarks(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())
