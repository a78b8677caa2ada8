"""Pages -> HTML: one Jinja environment, one frame, for every kind of page.

Autoescape and StrictUndefined; templates come from `overrides/`. The same renderer
serves the pages made from data and, for MkDocs, the hand-written ones.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, cached_property, partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from macros.data.catalogue import Term
from macros.data.kinds import ACTIVITY
from macros.data.settings import Move
from macros.data.site import Site
from macros.data.values import Thing
from macros.language.text import upfirst
from macros.output import calendars, forms, linked_data, pictures, printed, schema, style, template
from macros.output.assets import Assets
from macros.output.finder import Finder
from macros.pages import markers, views
from macros.pages.kinds import PAGE_KINDS, SHEETS
from macros.pages.lexicon import Lexicon
from macros.pages.listings import Listing, listings, ways
from macros.pages.pages import Page, Pages, empty, pages, relative
from macros.search import index
from macros.when import wording
from macros.when.programme import Entry, Programme, today

LOST = "overrides/pages/lost.html"


class Renderer:
    """Renders any page of a site. Holds no state between pages.

    site_url: where it will stand, for canonical links, sitemap,
    calendars and the 404 page; «» if unknown. edit_url: what to put before a file's path to edit
    it; «» if unknown. day: the day whose programme is shown; today in Denmark if not given.
    """

    def __init__(
        self,
        site: Site,
        root: Path,
        site_url: str = "",
        edit_url: str = "",
        day: date | None = None,
    ):
        self.site = site
        name = site.settings.title
        self.programme = Programme(site, day or today())
        self._listings = {listing.id: listing for listing in listings(self.programme)}
        self.pages: Pages = pages(site, self._listings.values())
        self._calendars = calendars.Calendars(self.programme, name, site_url)
        self._root = root
        self._empty = empty(site)
        self._lexicon = Lexicon(site)
        self.site_url = site_url
        self.edit_url = edit_url.rstrip("/")
        overrides = root / "overrides"
        self._assets = Assets(root)
        self._env = _environment(overrides)
        self._globals = {
            "name": name,
            "site": site,
            "pages": self.pages,
            "there": frozenset(self.pages.by_address),
            "views": views,
            "icon": icon,
            "cites": partial(views.citations, site),
            "section_uses": partial(views.section_uses, site, self.pages),
            "role_shares": partial(views.role_shares, site),
            "area_shares": partial(views.area_shares, site),
            "uses": partial(views.uses, self._lexicon, self.pages),
            "programme": self.programme,
            "wording": wording,
            "calendar": calendars.address,
            "everything": calendars.EVERYTHING,
            "webcal": self._webcal,
            "finder": Finder(self.programme),
            "ways": ways(self.programme),
            "suggestion": forms.suggestion(),
            "template_headings": template.headings(ACTIVITY),
            "activities_email": views.activities_email(site),
            "places_by_town": views.places_by_town(site),
            "assets": self._assets.addresses,
            "read_kinds": frozenset(kind.name for kind in PAGE_KINDS if kind.read_aloud),
            "search_index": index.HEAD,
            "search_address": index.ADDRESS,
        }
        self._globals["finder_index"], self._finder_files = self._globals["finder"].files(
            self._card
        )

    def generated(self) -> Iterator[tuple[str, str]]:
        """Path and HTML of every page that is made from data alone."""
        for page in self.pages.all:
            if page.generated:
                words = _Words(self.site, self._lexicon, page)
                template = "sheet" if page.kind in SHEETS else page.kind
                content = self._part(page, f"pages/{template}.html", words)
                content += self._part(page, "partials/words.html", words)
                yield f"{page.address}index.html", self.frame(page.address, content)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Path and content of what is no page: calendars, the finder's data, templates."""
        yield from self._calendars.files()
        yield from self._finder_files.items()
        yield from pictures.files(self._globals["name"]).items()
        for move in self.site.moved:
            yield f"{move.old}index.html", self._moved(move).encode()
        yield from self._assets.files.items()
        yield "robots.txt", self._robots().encode()
        for sheet in self._sheets.values():
            yield from ((file.address, file.content) for file in sheet.files)
        for name in template.NAMES:
            kept = self._root / schema.FOLDER / name  # making one takes 0.3 s
            yield (
                f"{calendars.FOLDER}{name}",
                kept.read_bytes() if kept.exists() else template.make(name, ACTIVITY),
            )

    def _moved(self, move: Move) -> str:
        """A page at an old address that leads to the new one."""
        link = relative(move.old, move.new)
        return self._env.get_template("moved.html").render(
            name=self._globals["name"],
            title=self.pages.by_address[move.new].title
            if move.new in self.pages.by_address
            else "",
            link=link,
            canonical=urljoin(self.site_url, move.new) if self.site_url else link,
        )

    def search(self, read: Callable[[Page], bytes]) -> dict[str, bytes]:
        """The search's index by path, made of the finished pages. read: a page's HTML."""
        return index.files(self.programme, self.pages, read)

    def _card(self, entry: Entry) -> str:
        """An entry as the finder's script shows it, with links from the finder's page."""
        return str(self._offers.card(entry, 3, f"{entry.activity.id}/")).strip()

    @cached_property
    def _sheets(self) -> dict[str, printed.Sheet]:
        """What is made for print, by its page's address."""
        return {page.address: self._sheet(page) for page in self.pages.all if page.kind in SHEETS}

    def _sheet(self, page: Page) -> printed.Sheet:
        shown = SHEETS[page.kind]
        about = self.pages.by_key[shown, page.id]
        address = urljoin(self.site_url, about.address) if self.site_url else ""
        template = self._env.get_template(f"sheets/{shown}.html")

        def body(picture: bool, files: tuple[printed.File, ...] = ()) -> printed.Sheet:
            code, where = printed.code(address, picture)
            sheet = printed.Sheet(Markup(), code, where, files)
            html = template.render(
                self._globals, page=page, thing=self.site.things[about.key], sheet=sheet
            )
            return replace(sheet, body=Markup(html))

        files = printed.pdf_files(
            self._env, page, self._globals, body(True).body, style.sheet("print.css"), self._root
        )
        return body(False, tuple(files))

    @cached_property
    def _offers(self):
        return self._env.get_template("partials/offers.html").make_module(dict(self._globals))

    def _webcal(self, path: str) -> str | None:
        """The address to subscribe to; None when nobody knows where the site will stand."""
        if not self.site_url:
            return None
        return re.sub(r"^https?:", "webcal:", urljoin(self.site_url, path))

    def source(self, address: str) -> tuple[str, bool]:
        """A hand-written page's Markdown, and whether it calls for content."""
        id = _address(address)
        return self.site.beside.texts[id][0], self.site.things["doc", id].render_macros

    def content(self, address: str, html: str) -> str:
        """A Markdown page's HTML with its markers filled in and its links from this very page."""
        page = self.pages.by_address[_address(address)]
        html = _FROM_ROOT.sub(
            lambda found: f'{found[1]}="{escape(relative(page.address, found[2]))}"', html
        )
        html = _ALIGNED.sub(r' class="align-\1"', html)
        words = _Words(self.site, self._lexicon, page)

        def part(name: str) -> str:
            template = "nothing" if name in self._empty else name
            return self._part(page, f"partials/{template}.html", words)

        filled = markers.fill(html, part)
        return filled + self._part(page, "partials/words.html", words)

    def _part(self, page: Page, template: str, words: _Words) -> str:
        return self._env.get_template(template).render(
            self._globals,
            page=page,
            thing=self._thing(page),
            sheet=self._sheets.get(page.address) if page.kind in SHEETS else None,
            url=partial(relative, page.address),
            link=partial(self._link, page),
            explain=words.explain,
            terms=tuple(words.explained),
            page_url=urljoin(self.site_url, page.address) if self.site_url else "",
        )

    def _thing(self, page: Page) -> Thing | Listing:
        """What a page shows."""
        kind = SHEETS.get(page.kind, page.kind)
        return self.site.things.get((kind, page.id)) or self._listings[page.id]

    def _link(self, page: Page, kind: str, id: str, part: str = "") -> str:
        """The link from a page to another thing's page, or to a part of it."""
        target = self.pages.by_key[kind, id].address
        return relative(page.address, f"{target}#{part}" if part else target)

    def frame(self, address: str, content: str) -> str:
        """The whole document around a page's content."""
        page = self.pages.by_address[_address(address)]
        return self._framed(page, content, partial(relative, page.address))

    def _framed(self, page: Page, content: str, url) -> str:
        before, after = self.pages.beside(page)
        above = self.pages.above(page)
        return self._env.get_template("frame.html").render(
            self._globals,
            page=page,
            content=Markup(content),
            url=url,
            above=above,
            before=before,
            after=after,
            canonical=urljoin(self.site_url, page.address) if self.site_url else None,
            shared=urljoin(self.site_url, pictures.SHARED) if self.site_url else None,
            shared_size=pictures.SHARED_SIZE,
            icons=pictures,
            edit=f"{self.edit_url}/{page.source}" if self.edit_url else None,
            scripts=self._assets.wanted(content),
            linked_data=linked_data.script(self.programme, page, above, self.site_url),
        )

    def template(self, name: str) -> str:
        """The pages that lie outside the list: `404.html` and `sitemap.xml`."""
        if name == "sitemap.xml":
            return self._sitemap()
        page = Page(
            "404.html", "Siden findes ikke", "Adressen findes ikke her.", "lost", "404", LOST
        )
        # Served at any depth, so its links must start at the site's root.
        url = partial(_from_root, urlsplit(self.site_url).path or "/")
        content = self._env.get_template("pages/lost.html").render(
            self._globals, page=page, url=url
        )
        return self._framed(page, content, url)

    def _robots(self) -> str:
        where = f"Sitemap: {urljoin(self.site_url, 'sitemap.xml')}\n" if self.site_url else ""
        return f"User-agent: *\nAllow: /\n{where}"

    def _sitemap(self) -> str:
        if not self.site_url:
            return ""
        top = ElementTree.Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
        for page in self.pages.all:
            if not page.indexed:
                continue
            entry = ElementTree.SubElement(top, "url")
            ElementTree.SubElement(entry, "loc").text = urljoin(self.site_url, page.address)
        ElementTree.indent(top)
        return ElementTree.tostring(top, encoding="unicode", xml_declaration=True) + "\n"


# A link from the site's root, as editors write it; a cell's alignment, which Markdown writes as
# a style (a strict Content-Security-Policy forbids those).
_FROM_ROOT = re.compile(r'(href|src)="/(?!/)([^"]*)"')
_ALIGNED = re.compile(r' style="text-align: (left|right|center);"')


class _Words:
    """The terms explained on one page: each at its first use, none on its own page."""

    def __init__(self, site: Site, lexicon: Lexicon, page: Page):
        self._site, self._lexicon, self._own = site, lexicon, page.key
        self.explained: dict[Term, None] = {}

    def explain(self, text: str) -> Markup:
        """The text as HTML, where a term's first use on the page opens its explanation."""
        parts, done = [], 0
        for occurrence in self._lexicon.occurrences(text):
            key = occurrence.keys[0]
            term = self._site.things[key]
            if key == self._own or not isinstance(term, Term) or term in self.explained:
                continue
            self.explained[term] = None
            word = views.keep_together(text[occurrence.start : occurrence.end])
            # A sign after the word must not begin the next line, as it may after a button.
            sign = re.match(r"[.,:;!?)«]*", text[occurrence.end :]).group()
            parts.append(escape(views.keep_together(text[done : occurrence.start])))
            parts.append(_opener(term.id, word, sign))
            done = occurrence.end + len(sign)
        parts.append(escape(views.keep_together(text[done:])))
        return Markup("").join(parts)


def _opener(id: str, word: str, sign: str) -> Markup:
    """The word as what opens its explanation; in HTML alone, so that no script is needed."""
    first, space, last = word.rpartition(" ")
    if not space:
        button = _BUTTON.format(id=id, word=word, seen=word)
        return _KEEP.format(button=button, sign=sign) if sign else button
    # A button cannot break over lines; a label can, and a press on it presses its button.
    button = _BUTTON.format(id=id, word=word, seen=last)
    return _LABEL.format(first=first, button=_KEEP.format(button=button, sign=sign))


_BUTTON = Markup(
    '<button type="button" class="term" id="aabn-{id}" popovertarget="ord-{id}"'
    ' aria-label="{word}">{seen}</button>'
)
_KEEP = Markup('<span class="keep">{button}{sign}</span>')
_LABEL = Markup('<label class="term-label">{first} {button}</label>')


def _address(url: str) -> str:
    return "" if url in ("", "./", ".") else url


def _from_root(base: str, target: str) -> str:
    return urljoin(base if base.endswith("/") else f"{base}/", target)


@cache
def _environment(overrides: Path) -> Environment:
    """The one Jinja environment; templates are compiled anew only when they change."""
    env = Environment(
        loader=FileSystemLoader(overrides),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters["typeset"] = views.keep_together
    env.filters["hyphenate"] = views.hyphenated
    env.filters["trim_address"] = lambda url: re.sub(r"^https?://(www\.)?|/$", "", url)
    env.filters["unbroken"] = lambda text: text.replace(" ", "\N{NO-BREAK SPACE}")
    env.filters["upfirst"] = upfirst
    return env


@cache
def icon(name: str) -> Markup:
    """An icon of Material's set as inline SVG, hidden from screen readers."""
    package = importlib.util.find_spec("material")
    assert package and package.submodule_search_locations
    folder = Path(package.submodule_search_locations[0]) / "templates/.icons/material"
    svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
    return Markup(
        svg.replace("<svg ", '<svg class="icon" aria-hidden="true" focusable="false" ', 1)
    )
