"""An edition's pages as HTML: a view's input in its template, in the one frame."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from markupsafe import Markup, escape

from macros.data.whose import to_choose_from
from macros.output.assets import Assets
from macros.output.explained import Explainer
from macros.output.finished import Seen
from macros.output.frame import Around, around, frame
from macros.output.offers import known
from macros.output.printouts import File, printout
from macros.output.templates import Templates, Url
from macros.pages import markers
from macros.pages.addresses import EDITING, HELP, MY_LIST, PRINT, relative
from macros.pages.edition import Edition
from macros.pages.kinds import BY_NAME, PRINTOUTS
from macros.pages.page import Page
from macros.pages.parts import PARTS, empty
from macros.pages.views.index import search_field
from macros.pages.views.lost import lost
from macros.pages.views.offers import card
from macros.when.entry import Entry
from macros.work import digest
from macros.work.kept import Kept


@dataclass(frozen=True)
class Made:
    """A page as it was made. files: the page's and those made with it, path -> digest. seen: its
    links and the places on it."""

    files: tuple[tuple[str, str], ...]
    seen: Seen


@dataclass(frozen=True)
class _Known:
    """What this process knows of a page's key: what it was made of."""

    page: Page
    shown: tuple[object, ...] | None
    around: object
    given: tuple[object, ...]
    key: str

    def same(self, page: Page, shown: tuple[object, ...], around: object) -> bool:
        return (
            self.around is around
            and (self.page is page or self.page == page)
            and self.shown == shown
        )


class Html:
    """The pages of an edition. root: the project's folder, whose templates and styles are used.

    written: the hand-written pages as Markdown makes them, with markers for what they call.
    """

    def __init__(
        self, edition: Edition, root: Path, written: Mapping[str, str], kept: Kept | None = None
    ):
        self.edition = edition
        self._root = root
        self._kept = kept or Kept()
        self._written = written
        self.assets = Assets(root)
        self._served = dict(self.assets.addresses)
        self._templates = Templates(root / "overrides", edition.name, self._served)
        self._cards = self._templates.macros("partials/offers.html")
        self._empty = empty(edition.site)
        self._parts: dict[tuple[str, str], Any] = {}
        self._keys: dict[str, str] = {}  # of texts, by address
        self._arounds: dict[tuple[str, str | None], tuple[Around, tuple[str, str]]] = {}

    @property
    def finder(self) -> str | None:
        """The address of the finder's index, which is made before the pages that use it."""
        return self._served.get("finder")

    @finder.setter
    def finder(self, address: str) -> None:
        self._served["finder"] = address

    # --- an activity in a list, made once --------------------------------------------------------

    def card(self, entry: Entry) -> str:
        """An activity in a list, with room for what is another on every page."""
        if offer := known(self.edition, entry, self._kept):
            return offer.card
        return str(self._cards.offer_card(card(self.edition, entry), _LEVEL, _LINK)).strip()

    def filled(self, start: str, id: str, card: str, level: int = 3) -> str:
        """A card on a page, under a heading. start: the page's address; id: the activity's."""
        link = escape(relative(start, self.edition.at("activity", id)))
        return card.replace(_LINK, link).replace(_LEVEL, str(level))

    def _tools(self, page: Page, explainer: Explainer) -> dict[str, Callable[..., str]]:
        """What templates of this very page can call."""

        def card(entry: Entry, level: int = 3) -> Markup:
            return Markup(self.filled(page.address, entry.activity.id, self.card(entry), level))

        return {"explain": explainer.explain, "card": card}

    # --- what a page depends on ------------------------------------------------------------------

    def key(self, page: Page) -> str:
        """A digest of all that a page is made of: equal keys, equal bytes."""
        text = self.text_key(page)
        return digest.of(text, self.finder) if self.names_finder(page) else text

    def text_key(self, page: Page) -> str:
        """The same but for where the finder's index lies, which nobody reads and which is another
        with every activity."""
        if page.address not in self._keys:
            self._keys[page.address] = self._text_key(page)
        return self._keys[page.address]

    def _text_key(self, page: Page) -> str:
        memory, shown = self._kept.memory["keys"], self._shown(page)
        before: _Known | None = memory.get(page.address)
        if before and shown is not None and before.same(page, shown, self._around):
            return before.key
        pages = self.edition.pages
        given = (self._shell, page, pages.above(page), pages.beside(page), self._rests_on(page))
        key = before.key if before and before.given == given else digest.of(*given)
        memory[page.address] = _Known(page, shown, self._around, given, key)
        return key

    def names_finder(self, page: Page) -> bool:
        """Whether it says where the finder's index lies."""
        return not page.generated and "finder" in markers.named(self._written[page.address])

    def _shown(self, page: Page) -> tuple[object, ...] | None:
        """What of the programme is on a page, if it reads of no more of it; None if it may read of
        all."""
        if not page.generated:
            html = self._written[page.address]
            calm = all(PARTS[name].calm for name in markers.named(html))
            return (html, self._empty) if calm else None
        kind = BY_NAME.get(page.kind)
        return kind.shows(self.edition, page) if kind and kind.shows else None

    @cached_property
    def _around(self) -> object:
        """All that pages may be made of beside activities; the very same object as the last time if
        it is the same."""
        pages = [page for page in self.edition.pages.all if page.kind != "activity"]
        now = self._shell, self.edition.site.rest, pages
        memory = self._kept.memory["around"]
        if memory.get("pages") != now:
            memory["pages"] = now
        return memory["pages"]

    def _rests_on(self, page: Page) -> object:
        if page.kind in PRINTOUTS:
            about = self.edition.whole(page.address.removesuffix(PRINT))
            return PRINTOUTS[page.kind].view(self.edition, page), about
        if page.generated:
            kind = BY_NAME[page.kind]
            return (kind.rests_on or kind.view)(self.edition, page)
        html = self._written[page.address]
        return html, [self._part(page, name) for name in markers.named(html)], self._empty

    def _part(self, page: Page, name: str) -> Any:
        """What a hand-written page calls, with what it shows; its key asks for it, and the page."""
        key = page.address, name
        if key not in self._parts:
            self._parts[key] = PARTS[name].view(self.edition, page)
        return self._parts[key]

    @cached_property
    def _shell(self) -> str:
        """What every page is made of. The program and its templates are the memory's own matter."""
        edition = self.edition
        return digest.of(
            edition.name,
            edition.site_url,
            edition.edit_url,
            edition.today,
            edition.pages.menu,
            edition.pages.footer,
            edition.ask,
            edition.there(EDITING),
            edition.there(HELP),
            edition.there(MY_LIST),
            search_field(edition),
            [(one.id, one.title) for one in to_choose_from(edition.site)],
            edition.lexicon.digest,
            edition.site.sources,
        )

    # --- a page --------------------------------------------------------------------------------

    def files(self, page: Page) -> list[tuple[str, bytes]]:
        """A page's HTML, by path, and what is made with it."""
        beside: tuple[File, ...] = ()
        if page.kind in PRINTOUTS:
            shown = printout(self.edition, self._templates, page, self._root)
            content, beside = self._templates.render("pages/printout.html", shown), shown.files
        elif page.generated:
            explainer = Explainer(self.edition, page)
            content = self._templates.render(
                f"pages/{page.kind}.html",
                BY_NAME[page.kind].view(self.edition, page),
                **self._tools(page, explainer),
            ) + self._words(explainer)
        else:
            content = self._hand_written(page, self._written[page.address])
        bare = page.kind in BY_NAME and BY_NAME[page.kind].bare
        menus = () if bare else self._menus(page)
        whole = frame(self.edition, page, content, self.assets.wanted(content), *menus)
        html = self._templates.render("bare.html" if bare else "frame.html", whole).encode()
        return [(f"{page.address}index.html", html), *((f.address, f.content) for f in beside)]

    def _menus(self, page: Page) -> tuple[str, str]:
        """The menus above and the links below, made once for a folder."""
        key = page.address.rstrip("/").rpartition("/")[0], page.chosen
        before = self._arounds.get(key)
        if before and before[0].same_for(page):
            return before[1]
        shown = around(self.edition, page)
        made = self._menus_and_links(shown)
        if shown.same_for(page):
            self._arounds[key] = shown, made
        return made

    def _menus_and_links(self, shown: Around, url: Url | None = None) -> tuple[str, str]:
        menus = self._templates.render("partials/menus.html", shown, url)
        return menus, self._templates.render("partials/foot_links.html", shown, url)

    def _hand_written(self, page: Page, html: str) -> str:
        """A Markdown page's HTML with what it calls filled in and its links from this very page."""
        html = _FROM_ROOT.sub(
            lambda match: f'{match[1]}="{escape(relative(page.address, match[2]))}"', html
        )
        html = _ALIGNED.sub(r' class="align-\1"', html)
        explainer = Explainer(self.edition, page)

        def part(name: str) -> str:
            template = "nothing" if name in self._empty else name
            shown = self._part(page, name)
            return self._templates.render(
                f"partials/{template}.html", shown, **self._tools(page, explainer)
            )

        return markers.fill(html, part) + self._words(explainer)

    def _words(self, explainer: Explainer) -> str:
        return self._templates.render("partials/words.html", explainer.words())

    def lost(self) -> str:
        """The page that is shown where there is none, whatever the address."""
        shown = lost(self.edition)
        # Served at any depth, so its links must start at the site's root.
        base = urlsplit(self.edition.site_url).path or "/"
        url = partial(urljoin, base if base.endswith("/") else f"{base}/")
        content = self._templates.render("pages/lost.html", shown, url)
        menus = self._menus_and_links(around(self.edition, shown.page), url)
        wanted = self.assets.wanted(content)
        whole = frame(self.edition, shown.page, content, wanted, *menus)
        return self._templates.render("frame.html", whole, url)


# The room in a card: signs that YAML allows in no text.
_LEVEL, _LINK = "\1", "\2"
# A link from the site's root, as editors write it; a cell's alignment, which Markdown writes as
# a style (a strict Content-Security-Policy forbids those).
_FROM_ROOT = re.compile(r'(href|src)="/(?!/)([^"]*)"')
_ALIGNED = re.compile(r' style="text-align: (left|right|center);"')
