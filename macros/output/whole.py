"""All of a site: an edition's pages, and what is made of all of them together, put into a tree.

Each step is a pure function of what it is given and is asked only for what was not made before.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from macros.data.faults import Fault
from macros.output import exports, feeds, files, finder, finished
from macros.output.calendars import Calendars
from macros.output.html import Html, Made
from macros.output.offers import offers
from macros.output.tree import Tree
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.search import index
from macros.search.page_text import sections
from macros.work.kept import Kept
from macros.work.progress import progress
from macros.work.spread import spread


def put(
    edition: Edition, root: Path, written: Mapping[str, str], tree: Tree, kept: Kept
) -> list[Fault]:
    """Put every file of the edition into the tree; what is wrong with the whole.

    written: the hand-written pages as Markdown makes them.
    """
    html = Html(edition, root, written, kept)
    calendars = Calendars(edition.programme, edition.name, edition.site_url)
    progress.step("Laver kort og kalendere")
    offered = offers(edition.programme, html.card, calendars, kept)
    cards = {id: offer.card for id, offer in offered.items()}
    times = {id: offer.times for id, offer in offered.items()}
    html.finder, found = finder.files(edition.programme, cards, times)
    progress.step("Laver sider")
    made = _pages(html, tree, kept)
    progress.step("Laver filer")
    for path, content in found.items():
        tree.put(path, content)
    tree.make(calendars.files({id: one.events for id, one in offered.items()}))
    for path, content in files.beside(html, root):
        tree.put(path, content)
    if edition.site.activities:
        tree.make((*exports.files(edition), *feeds.files(edition)))
    progress.step("Laver søgningen")
    read = {address: one.read for address, one in made.items()}
    pieces = index.files(edition.programme, edition.pages, read, kept)
    tree.make((path, *piece) for path, piece in pieces.items())
    progress.step("Følger links")
    return _wrong(edition, html, made, tree)


def _wrong(edition: Edition, html: Html, made: Mapping[str, Made], tree: Tree) -> list[Fault]:
    """Faults of the whole: links that lead nowhere, places that stand twice."""
    seen = {one.files[0][0]: one.seen for one in made.values()}
    base = urlsplit(edition.site_url).path or "/"
    seen["404.html"] = finished.seen("404.html", html.lost(), base)
    sources = {f"{page.address}index.html": page.source for page in edition.pages.all}
    return list(finished.faults(seen, sources, tree.paths))


def _pages(html: Html, tree: Tree, kept: Kept) -> dict[str, Made]:
    """Every page by address; only those are made that differ from what stands in the tree."""
    shelf = kept.shelf("pages")
    every: dict[str, Made] = {}
    unknown: list[tuple[Page, str]] = []
    for page in html.edition.pages.all:
        key = html.key(page)
        one: Made | None = shelf.get(key)
        if one and all(tree.has(path, content) for path, content in one.files):
            every[page.address] = one
        else:
            unknown.append((page, key))

    def make(task: tuple[Page, str]) -> Made:
        page, _ = task
        (path, content), *others = html.files(page)
        put = [(path, tree.beside(content)), *((path, tree.beside(c)) for path, c in others)]
        read = index.read(page, sections(content.decode()))
        return Made(tuple(put), read, finished.seen(path, content.decode()))

    for (page, key), one in zip(unknown, spread(make, unknown), strict=True):
        every[page.address] = one
        shelf.put(key, one)
    for page in html.edition.pages.all:
        for path, content in every[page.address].files:
            tree.keep(path, content)
    return {page.address: every[page.address] for page in html.edition.pages.all}
