"""The adapter to MkDocs: each event delegates. Nothing else in the package knows MkDocs but
`adapter/written`, which asks it for the hand-written pages, and `adapter/serve`, which serves.

`python -m macros build` asks MkDocs for the pages of `docs/` alone; `mkdocs build` gives the same
site by way of the last event.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.exceptions import Abort

from macros.adapter.written import Asked
from macros.data.faults import DataFaults, report
from macros.data.site import Site
from macros.output.tree import Tree
from macros.output.whole import Whole
from macros.pages.pages import edition
from macros.reading import hand_written
from macros.reading.load import load
from macros.work.kept import Kept


class HookStopped(Abort):
    """Faults in the data, told in Danish; not to be mixed with what MkDocs itself says."""


_asked: list[Asked] = []


def on_config(config):
    """Load the data before anything is cleaned or written; stop with all faults."""
    root = Path(config.config_file_path).parent
    asked = config.extra.get("asked") or Asked(_site(root))
    asked.site_url, asked.edit_url = config.site_url or "", config.extra.get("edit_url") or ""
    _asked[:] = [asked]
    config.site_name = asked.site.settings.title
    config.markdown_extensions = hand_written.EXTENSIONS
    config.mdx_configs = hand_written.settings(root)
    return config


def _site(root: Path) -> Site:
    try:
        return load(root)
    except DataFaults as faults:
        raise HookStopped(str(faults)) from None


def on_files(files, config):
    """Pages and what the rules have judged beside them; of the theme nothing is used (decision
    0001). We copy the files ourselves, but links to them must be known."""
    judged = _asked[0].site.beside.files
    for file in list(files):
        if not file.is_documentation_page() and file.src_uri not in judged:
            files.remove(file)
    return files


def on_page_read_source(page, config):
    """The page as it was read and judged, with a front matter that holds nothing of an editor's:
    MkDocs would take a title for a number, a time or a date."""
    site, id = _asked[0].site, _address(page)
    calls = str(site.things["doc", id].render_macros).lower()
    return f"---\ntitle: page\nrender_macros: {calls}\n---\n{site.beside.texts[id][0]}"


def on_page_content(html, page, config, files):
    """The page with markers for what it calls: what MkDocs is asked for."""
    _asked[0].pages[_address(page)] = html
    return html


def on_post_build(config):
    """Under `mkdocs build`: the whole site, where MkDocs has put its own."""
    asked = _asked[0]
    if config.extra.get("asked"):
        return
    root, target, kept = Path(config.config_file_path).parent, Path(config.site_dir), Kept()
    site = asked.site if asked.site.settings.examples else asked.site.without_examples()
    tree = Tree(target, kept)
    shown = edition(site, None, asked.site_url, asked.edit_url)
    if faults := Whole(shown, root, asked.pages, tree, kept).put():
        tree.drop()
        raise HookStopped(report(faults))
    tree.apply()


def _address(page) -> str:
    return "" if page.url in ("", "./", ".") else page.url
