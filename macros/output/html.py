"""An edition's pages as HTML: a view's input in its template, in the one frame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from markupsafe import escape

from macros.output.assets import Assets
from macros.output.explained import Explainer
from macros.output.finder import files as finder_files
from macros.output.frame import Frame, frame
from macros.output.printouts import PrintoutPage, printout
from macros.output.templates import Templates
from macros.pages import markers
from macros.pages.addresses import ACTIVITIES, relative
from macros.pages.edition import Edition
from macros.pages.kinds import BY_NAME, PRINTOUTS
from macros.pages.page import Page
from macros.pages.parts import PARTS, empty
from macros.pages.views.lost import lost
from macros.pages.views.offers import card
from macros.when.programme import Entry


class Html:
    """The pages of an edition. root: the project's folder, whose templates and styles are used."""

    def __init__(self, edition: Edition, root: Path):
        self.edition = edition
        self._root = root
        self.assets = Assets(root)
        overrides = root / "overrides"
        cards = Templates(overrides, edition.name, self.assets.addresses).macros(
            "partials/offers.html", partial(relative, ACTIVITIES)
        )

        def in_finder(entry: Entry) -> str:
            return str(cards.card(card(edition, entry))).strip()

        index, self.finder_files = finder_files(edition.programme, in_finder)
        served = {**self.assets.addresses, "finder": index}
        self._templates = Templates(overrides, edition.name, served)
        self._empty = empty(edition.site)

    def generated(self) -> Iterator[tuple[str, str]]:
        """Path and HTML of every page that is made from data alone."""
        for page in self.edition.pages.all:
            if page.generated:
                yield f"{page.address}index.html", self._framed(page, self._content(page))

    def hand_written(self, page: Page, html: str) -> str:
        """A Markdown page's HTML with what it calls filled in and its links from this very page."""
        html = _FROM_ROOT.sub(
            lambda match: f'{match[1]}="{escape(relative(page.address, match[2]))}"', html
        )
        html = _ALIGNED.sub(r' class="align-\1"', html)
        explainer = Explainer(self.edition, page)

        def part(name: str) -> str:
            template = "nothing" if name in self._empty else name
            shown = PARTS[name].view(self.edition, page)
            return self._templates.render(
                f"partials/{template}.html", shown, explain=explainer.explain
            )

        return markers.fill(html, part) + self._words(explainer)

    def in_frame(self, page: Page, content: str) -> str:
        """The whole document around a page's content."""
        return self._framed(page, content)

    def lost(self) -> str:
        """The page that is shown where there is none, whatever the address."""
        shown = lost(self.edition)
        # Served at any depth, so its links must start at the site's root.
        base = urlsplit(self.edition.site_url).path or "/"
        url = partial(urljoin, base if base.endswith("/") else f"{base}/")
        content = self._templates.render("pages/lost.html", shown, url)
        whole = frame(self.edition, shown.page, content, self.assets.wanted(content))
        return self._templates.render("frame.html", whole, url)

    @cached_property
    def printouts(self) -> dict[str, PrintoutPage]:
        """What is made for print, by the address of its page."""
        return {
            page.address: printout(self.edition, self._templates, page, self._root)
            for page in self.edition.pages.all
            if page.kind in PRINTOUTS
        }

    def _content(self, page: Page) -> str:
        if page.kind in PRINTOUTS:
            return self._templates.render("pages/printout.html", self.printouts[page.address])
        explainer = Explainer(self.edition, page)
        shown = BY_NAME[page.kind].view(self.edition, page)
        content = self._templates.render(
            f"pages/{page.kind}.html", shown, explain=explainer.explain
        )
        return content + self._words(explainer)

    def _words(self, explainer: Explainer) -> str:
        return self._templates.render("partials/words.html", explainer.words())

    def _framed(self, page: Page, content: str) -> str:
        whole: Frame = frame(self.edition, page, content, self.assets.wanted(content))
        return self._templates.render("frame.html", whole)


# A link from the site's root, as editors write it; a cell's alignment, which Markdown writes as
# a style (a strict Content-Security-Policy forbids those).
_FROM_ROOT = re.compile(r'(href|src)="/(?!/)([^"]*)"')
_ALIGNED = re.compile(r' style="text-align: (left|right|center);"')
