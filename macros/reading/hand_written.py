"""The Markdown of hand-written pages: the extensions, once for the build and for the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import markdown
from pymdownx.snippets import SnippetMissingError

from macros.language.text import heading_slug

EXTENSIONS = ["tables", "attr_list", "toc", "pymdownx.snippets"]


def settings(root: Path) -> dict[str, dict[str, Any]]:
    """Each extension's own settings. root: where what a page takes in is looked for."""
    return {
        "toc": {"slugify": heading_slug},
        "pymdownx.snippets": {"base_path": [str(root)], "check_paths": True},
    }


def rendered(text: str, root: Path) -> tuple[str, str]:
    """A page's HTML, and the name of what it takes in but is not there («» if all is)."""
    maker = markdown.Markdown(extensions=EXTENSIONS, extension_configs=settings(root))
    try:
        return maker.convert(text), ""
    except SnippetMissingError as missing:
        return "", str(missing).partition("'")[2].partition("'")[0] or ""
