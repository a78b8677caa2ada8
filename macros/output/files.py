"""What an edition has beside its pages: calendars, the finder's data, pictures, PDF files …"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

from macros.data.activity import ACTIVITY
from macros.data.settings import Move
from macros.output import blank_spreadsheet, pictures, schema
from macros.output.html import Html
from macros.output.templates import Templates
from macros.pages.addresses import CHOICES, DATA, MOVED, relative
from macros.pages.choices import choices
from macros.pages.edition import Edition


def beside(html: Html, root: Path) -> Iterator[tuple[str, bytes]]:
    """Path and content of what is no page and knows no activity."""
    edition = html.edition
    yield from pictures.files(edition.name).items()
    yield from html.assets.files.items()
    templates = Templates(root / "overrides", edition.name, {})
    for move in edition.site.moved:
        yield f"{move.old}index.html", moved(edition, templates, move).encode()
    if edition.site.moved:
        yield MOVED, _map(edition).encode()
    for path in sorted(edition.site.beside.files):
        yield path, (root / "docs" / path).read_bytes()
    for name in blank_spreadsheet.NAMES:
        kept = root / schema.FOLDER / name  # making one takes 0.3 s
        content = kept.read_bytes() if kept.exists() else blank_spreadsheet.make(name, ACTIVITY)
        yield f"{DATA}{name}", content
    if known := choices(edition):
        yield CHOICES, json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode()
    yield "404.html", html.lost().encode()
    yield "robots.txt", _robots(edition).encode()
    if told := sitemap(edition):
        yield "sitemap.xml", told.encode()
        yield "sitemap.xml.gz", gzip.compress(told.encode(), mtime=0)


@dataclass(frozen=True)
class Moved:
    """A page at an old address that leads to the new one."""

    title: str
    link: str
    canonical: str


def moved(edition: Edition, templates: Templates, move: Move) -> str:
    link, there = relative(move.old, move.new), edition.pages.by_address.get(move.new)
    shown = Moved(there.title if there else "", link, edition.whole(move.new) or link)
    return templates.render("moved.html", shown, lambda address: relative(move.old, address))


def _map(edition: Edition) -> str:
    """Old path and new, as a map of nginx has them."""
    base = urlsplit(edition.site_url).path or "/"
    return "".join(f"{base}{move.old} {base}{move.new};\n" for move in edition.site.moved)


def _robots(edition: Edition) -> str:
    where = edition.whole("sitemap.xml")
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {where}\n" if where else "")


def sitemap(edition: Edition) -> str:
    """Every page that search engines may keep; «» when nobody knows where the site will stand."""
    if not edition.site_url:
        return ""
    top = ElementTree.Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for page in edition.pages.all:
        if page.indexed:
            entry = ElementTree.SubElement(top, "url")
            ElementTree.SubElement(entry, "loc").text = edition.whole(page.address)
    ElementTree.indent(top)
    return ElementTree.tostring(top, encoding="unicode", xml_declaration=True) + "\n"
