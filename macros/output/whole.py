"""All of a site: an edition's pages, and what is made of all of them together.

Each part is a pure function of what it is given, and is made when somebody asks for it first: the
build, which puts all into a tree, or who wants to see one file before all are there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from macros.data.faults import Fault
from macros.output import exports, feeds, files, finder, finished
from macros.output.calendars import Calendars
from macros.output.html import Html, Made
from macros.output.offers import Offer, offers
from macros.output.tree import Tree
from macros.pages.addresses import ACTIVITIES, DATA, FINDER_FILES, SEARCH_FILES
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.search import index
from macros.search.page_text import sections
from macros.search.read import Read, is_searched, read_of
from macros.work.kept import Kept
from macros.work.once import once
from macros.work.progress import progress
from macros.work.spread import spread

# Path -> what tells the content from any other, and how to make it.
Pieces = Mapping[str, tuple[str, Callable[[], bytes]]]


class Whole:
    """Every file of an edition. written: the hand-written pages as Markdown makes them. tree: where
    they will stand."""

    def __init__(
        self, edition: Edition, root: Path, written: Mapping[str, str], tree: Tree, kept: Kept
    ):
        self.edition = edition
        self._root, self._tree, self._kept = root, tree, kept
        self._html = Html(edition, root, written, kept)

    def put(self) -> list[Fault]:
        """Put all into the tree; what is wrong with the whole."""
        tree = self._tree
        progress.step("Laver kort og kalendere")
        _, found = self._found
        progress.step("Laver sider")
        made = self._made
        for page in self.edition.pages.all:
            for path, content in made[page.address].files:
                tree.keep(path, content)
        progress.step("Laver filer")
        for path, content in found.items():
            tree.put(path, content)
        for path, content in files.beside(self._html, self._root):
            tree.put(path, content)
        for pieces in (self._timed, self._listed):
            tree.make((path, *piece) for path, piece in pieces.items())
        progress.step("Laver søgningen")
        tree.make((path, *piece) for path, piece in self._search.items())
        progress.step("Følger links")
        return _wrong(self.edition, self._html, made, tree)

    def content(self, path: str) -> bytes | None:
        """What will be in a file, if it is a page or tells of activities; None for all others."""
        if path.startswith(FINDER_FILES):
            return self._found[1].get(path)
        if pieces := self._pieces_of(path):
            return pieces[path][1]() if path in pieces else None
        page = self.edition.pages.by_address.get(path.removesuffix("index.html"))
        if page is None or not path.endswith("index.html"):
            return None
        if self._html.names_finder(page):
            self._ready()
        return self._html.files(page)[0][1]

    def _pieces_of(self, path: str) -> Pieces | None:
        """Those among which a file is, if it is one of them."""
        if path.startswith(SEARCH_FILES):
            return self._search
        if path.startswith(DATA):
            return self._timed if path.endswith(".ics") else self._listed
        return None

    # --- its parts ---------------------------------------------------------------------------

    @once
    def _calendars(self) -> Calendars:
        return Calendars(self.edition.programme, self.edition.name, self.edition.site_url)

    @once
    def _offered(self) -> Mapping[str, Offer]:
        return offers(self.edition, self._html.card, self._calendars, self._kept)

    @once
    def _found(self) -> tuple[str, Mapping[str, bytes]]:
        """The path of the finder's index, and each of the finder's files."""
        cards = {id: offer.card for id, offer in self._offered.items()}
        times = {id: offer.times for id, offer in self._offered.items()}
        filled = partial(self._html.filled, ACTIVITIES)
        return finder.files(self.edition.programme, cards, times, filled)

    def _ready(self) -> None:
        """Let pages name the finder's index."""
        self._html.finder = self._found[0]

    @once
    def _made(self) -> Mapping[str, Made]:
        """Every page, by address; those are made that are not known or stand no more."""
        self._ready()
        shelf, stands = self._kept.shelf("pages"), self._tree.has
        every: dict[str, Made] = {}
        wanted = []
        for page in self.edition.pages.all:
            one = every[page.address] = shelf.get(self._html.key(page))
            if one is None or not all(stands(*file) for file in one.files):
                wanted.append(page)
        return every | {address: made for address, (made, _) in self._make(wanted).items()}

    @once
    def _read(self) -> Mapping[str, Read]:
        """What the search reads of each page, whether or not its file stands."""
        shelf = self._kept.shelf("read")
        every: dict[str, Read] = {}
        wanted = []
        for page in filter(is_searched, self.edition.pages.all):
            every[page.address] = read = shelf.get(self._html.text_key(page))
            if read is None:
                wanted.append(page)
        return every | {address: read for address, (_, read) in self._make(wanted).items()}

    def _make(self, pages: Sequence[Page]) -> dict[str, tuple[Made, Read]]:
        """Pages, and what the search reads of them, by address; both are kept."""
        if any(map(self._html.names_finder, pages)):
            self._ready()
        html, tree = self._html, self._tree

        def make(page: Page) -> tuple[Made, Read]:
            files = html.files(page)
            (path, content), *_ = files
            text = content.decode()
            put = tuple((path, tree.beside(content)) for path, content in files)
            read = read_of(page, sections(text) if is_searched(page) else ())
            return Made(put, finished.seen(path, text)), read

        every: dict[str, tuple[Made, Read]] = {}
        for page, (made, read) in zip(pages, spread(make, pages), strict=True):
            every[page.address] = made, read
            self._kept.shelf("pages").put(html.key(page), made)
            if is_searched(page):
                self._kept.shelf("read").put(html.text_key(page), read)
        return every

    @once
    def _timed(self) -> Pieces:
        """Calendars."""
        events = {id: one.events for id, one in self._offered.items()}
        return {path: (key, make) for path, key, make in self._calendars.files(events)}

    @once
    def _listed(self) -> Pieces:
        """Spreadsheets, and lists for others' sites."""
        if not self.edition.site.activities:
            return {}
        every = (*exports.files(self.edition), *feeds.files(self.edition))
        return {path: (key, make) for path, key, make in every}

    @once
    def _search(self) -> Pieces:
        return index.files(self.edition.programme, self.edition.pages, self._read, self._kept)


def _wrong(edition: Edition, html: Html, made: Mapping[str, Made], tree: Tree) -> list[Fault]:
    """Faults of the whole: links that lead nowhere, places that stand twice."""
    seen = {one.files[0][0]: one.seen for one in made.values()}
    base = urlsplit(edition.site_url).path or "/"
    seen["404.html"] = finished.seen("404.html", html.lost(), base)
    sources = {f"{page.address}index.html": page.source for page in edition.pages.all}
    return list(finished.faults(seen, sources, tree.paths))
