"""The adapter to MkDocs: each event delegates. Nothing else in the package knows MkDocs
but `build` and `serve`, which start it.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority

from macros.data.faults import DataFaults, report
from macros.output import finished
from macros.output.assets import NAMES
from macros.output.render import Renderer
from macros.reading import hand_written
from macros.reading.load import load


class HookStopped(Abort):
    """Faults in the data, told in Danish; not to be mixed with what MkDocs itself says."""

    ours = True


_state: dict[str, Renderer] = {}


@event_priority(100)
def on_config(config):
    """Load the data before anything is cleaned or written; stop with all faults."""
    root = Path(config.config_file_path).parent
    try:
        site = load(root)
    except DataFaults as found:
        raise HookStopped(str(found)) from None
    if not site.settings.examples:
        site = site.without_examples()
    config.site_name = site.settings.title
    config.markdown_extensions = hand_written.EXTENSIONS
    config.mdx_configs = hand_written.settings(root)
    edit_url = config.extra.get("edit_url") or ""
    _state["renderer"] = Renderer(site, root, config.site_url or "", edit_url)
    return config


def on_files(files, config):
    """Leave out the theme's own scripts and styles: of it only icons are used (decision 0001);
    and of `docs/` what the rules have not judged."""
    judged = _state["renderer"].site.beside.files
    for file in list(files):
        if file.src_dir != config.docs_dir:
            if file.src_uri.startswith("assets/") and file.src_uri not in NAMES:
                files.remove(file)
        elif not file.is_documentation_page() and file.src_uri not in judged:
            files.remove(file)
    return files


def on_page_read_source(page, config):
    """The page as it was read and judged, with a front matter that holds nothing of an editor's:
    MkDocs would take a title for a number, a time or a date."""
    text, calls = _state["renderer"].source(page.url)
    return f"---\ntitle: page\nrender_macros: {str(calls).lower()}\n---\n{text}"


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
    sources = {page.address: page.source for page in renderer.pages.all}
    if found := finished.faults(site, sources, urlsplit(renderer.site_url).path or "/"):
        raise HookStopped(report(found))


def on_post_template(output_content, template_name, config):
    """The 404 page in the same frame, and the sitemap from the list of pages."""
    return _state["renderer"].template(template_name)
