"""The adapter to MkDocs: each event delegates. Nothing else in the package knows MkDocs
but `build` and `serve`, which start it.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority

from macros.faults import DataFaults
from macros.load import load
from macros.render import ASSETS, Renderer


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
    if not config.extra["examples"]:
        site = site.without_examples()
    _state["renderer"] = Renderer(
        site, root, config.site_name, config.site_url or "", config.extra.get("edit_url") or ""
    )
    return config


def on_files(files, config):
    """Leave out the theme's own scripts and styles: of it only icons are used (decision 0001)."""
    for file in list(files):
        theirs = file.src_dir != config.docs_dir and file.src_uri.startswith("assets/")
        if theirs and file.src_uri not in ASSETS:
            files.remove(file)
    return files


def on_page_content(html, page, config, files):
    """Put the rendered partials where the macros left their markers."""
    return _state["renderer"].content(page.url, html)


def on_post_page(output, page, config):
    """The site's own frame instead of the theme's."""
    return _state["renderer"].frame(page.url, page.content)


def on_post_build(config):
    """What is made from data alone, beside the hand-written pages."""
    renderer = _state["renderer"]
    pages = ((path, html.encode()) for path, html in renderer.generated())
    for path, content in chain(pages, renderer.files()):
        target = Path(config.site_dir, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    site = Path(config.site_dir)
    index = renderer.search(lambda page: (site / page.address / "index.html").read_bytes())
    for path, content in index.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(content)


def on_post_template(output_content, template_name, config):
    """The 404 page in the same frame, and the sitemap from the list of pages."""
    return _state["renderer"].template(template_name)
