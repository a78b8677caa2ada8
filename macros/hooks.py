"""The adapter to MkDocs: each event delegates. Nothing else in the package knows MkDocs
but `build` and `serve`, which start it.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority

from macros.faults import DataFaults
from macros.load import load
from macros.render import Renderer

# Of the theme only icons are used, and those are inlined (docs/decisions/0001).
_OURS = ("assets/site.css",)


class HookStopped(Abort):
    """Faults in the data, told in Danish; not to be mixed with what MkDocs itself says."""


_state: dict[str, Renderer] = {}


@event_priority(100)
def on_config(config):
    """Load the data before anything is cleaned or written; stop with all faults."""
    root = Path(config.config_file_path).parent
    try:
        site = load(root)
    except DataFaults as found:
        raise HookStopped(str(found)) from None
    _state["renderer"] = Renderer(
        site, root, config.site_name, config.site_url or "", config.extra.get("edit_url") or ""
    )
    return config


def on_files(files, config):
    """Leave out the theme's own scripts and styles."""
    for file in list(files):
        theirs = file.src_dir != config.docs_dir and file.src_uri.startswith("assets/")
        if theirs and file.src_uri not in _OURS:
            files.remove(file)
    return files


def on_page_content(html, page, config, files):
    """Put the rendered partials where the macros left their markers."""
    return _state["renderer"].content(page.url, html)


def on_post_page(output, page, config):
    """The site's own frame instead of the theme's."""
    return _state["renderer"].frame(page.url, page.content)


def on_post_build(config):
    """The pages that are made from data alone, beside the hand-written ones."""
    for path, html in _state["renderer"].generated():
        target = Path(config.site_dir, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(html, encoding="utf-8")


def on_post_template(output_content, template_name, config):
    """The 404 page in the same frame, and the sitemap from the list of pages."""
    return _state["renderer"].template(template_name)
