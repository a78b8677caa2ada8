"""The adapter to MkDocs: each event delegates. Nothing else in the package knows MkDocs
but `build` and `serve`, which start it.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, InclusionLevel

from macros.faults import DataFaults
from macros.load import load
from macros.render import Renderer

# Of the theme only icons are used, and those are inlined (docs/decisions/0001).
_OURS = ("assets/site.css",)
_state: dict[str, Renderer] = {}


@event_priority(100)
def on_config(config):
    """Load the data before anything is cleaned or written; stop with all faults."""
    root = Path(config.config_file_path).parent
    try:
        site = load(root)
    except DataFaults as found:
        raise Abort(str(found)) from None
    _state["renderer"] = Renderer(
        site, root, site_url=config.site_url or "", edit_url=config.extra.get("edit_url", "")
    )
    return config


def on_files(files, config):
    """Add a file for each generated page; leave out the theme's own scripts and styles."""
    for file in list(files):
        if file.src_uri.startswith("assets/") and file.src_uri not in _OURS:
            files.remove(file)
    for page in _state["renderer"].pages.all:
        if page.generated:
            files.append(
                File.generated(
                    config,
                    f"{page.address}index.md",
                    content="---\nrender_macros: true\n---\n{{ body() }}\n",
                    inclusion=InclusionLevel.NOT_IN_NAV,
                )
            )
    return files


def on_page_content(html, page, config, files):
    """Put the rendered partials where the macros left their markers."""
    return _state["renderer"].content(page.url, html)


def on_post_page(output, page, config):
    """The site's own frame instead of the theme's."""
    return _state["renderer"].frame(page.url, page.content)


def on_post_template(output_content, template_name, config):
    """The 404 page in the same frame, and the sitemap from the list of pages."""
    return _state["renderer"].template(template_name)
