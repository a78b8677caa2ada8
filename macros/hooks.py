"""The adapter to MkDocs: each event delegates. Nothing else in the package knows MkDocs
but `build` and `serve`, which start it.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.exceptions import Abort
from mkdocs.plugins import event_priority

from macros.data.faults import DataFaults, report
from macros.output import files as others
from macros.output import finished
from macros.output.assets import NAMES
from macros.output.html import Html
from macros.pages.page import Page
from macros.pages.pages import edition
from macros.reading import hand_written
from macros.reading.load import load


class HookStopped(Abort):
    """Faults in the data, told in Danish; not to be mixed with what MkDocs itself says."""

    ours = True


_state: dict[str, Html] = {}


@event_priority(100)
def on_config(config):
    """Load the data before anything is cleaned or written; stop with all faults."""
    root = Path(config.config_file_path).parent
    try:
        site = load(root)
    except DataFaults as faults:
        raise HookStopped(str(faults)) from None
    if not site.settings.examples:
        site = site.without_examples()
    config.site_name = site.settings.title
    config.markdown_extensions = hand_written.EXTENSIONS
    config.mdx_configs = hand_written.settings(root)
    edit_url = config.extra.get("edit_url") or ""
    _state["html"] = Html(edition(site, None, config.site_url or "", edit_url), root)
    return config


def on_files(files, config):
    """Leave out the theme's own scripts and styles: of it only icons are used (decision 0001);
    and of `docs/` what the rules have not judged."""
    judged = _state["html"].edition.site.beside.files
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
    site, id = _state["html"].edition.site, _page(page).id
    calls = str(site.things["doc", id].render_macros).lower()
    return f"---\ntitle: page\nrender_macros: {calls}\n---\n{site.beside.texts[id][0]}"


def on_page_content(html, page, config, files):
    """Put the rendered partials where the macros left their markers."""
    return _state["html"].hand_written(_page(page), html)


def on_post_page(output, page, config):
    """The site's own frame instead of the theme's."""
    return _state["html"].in_frame(_page(page), page.content)


def on_post_build(config):
    """What is made from data alone, beside the hand-written pages."""
    html, site = _state["html"], Path(config.site_dir)
    pages = ((path, text.encode()) for path, text in html.generated())
    _write(site, chain(pages, others.beside(html, Path(config.config_file_path).parent)))
    index = others.search(
        html.edition, lambda page: (site / page.address / "index.html").read_bytes()
    )
    _write(site, index.items())
    sources = {page.address: page.source for page in html.edition.pages.all}
    if faults := finished.faults(site, sources, urlsplit(html.edition.site_url).path or "/"):
        raise HookStopped(report(faults))


def on_post_template(output_content, template_name, config):
    """The 404 page in the same frame, and the sitemap from the list of pages."""
    html = _state["html"]
    return others.sitemap(html.edition) if template_name == "sitemap.xml" else html.lost()


def _page(page) -> Page:
    """Our page of MkDocs' page."""
    url = "" if page.url in ("", "./", ".") else page.url
    return _state["html"].edition.pages.by_address[url]


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    for path, content in files:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
