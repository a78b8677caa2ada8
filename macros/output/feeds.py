"""Lists of activities for other programs: JSON in schema.org's terms, and Atom (RFC 4287)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from xml.etree import ElementTree

from macros.output import linked_data
from macros.pages.addresses import ACTIVITIES, feed
from macros.pages.edition import Edition
from macros.pages.showings import Showing, shown
from macros.when import wording
from macros.when.entry import Entry
from macros.work import digest

ATOM = "http://www.w3.org/2005/Atom"


def files(edition: Edition) -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    """Path, what tells the content from any other, and how to make it; Atom only where it is known
    where the site will stand, since an entry's address is its name."""
    around = digest.of(edition.name, edition.site_url)
    for showing in edition.showings.values():
        entries = shown(edition.programme, showing)
        told = "".join([around, showing.name, *(entry.digest for entry in entries)])
        key = f"feed-{digest.of_bytes(told.encode())}"
        kind, id = showing.made_of
        own = "town" if kind == "postcode" else kind

        def as_json(showing: Showing = showing, entries: Sequence[Entry] = entries) -> bytes:
            return _json(edition, showing, entries)

        def as_atom(showing: Showing = showing, entries: Sequence[Entry] = entries) -> bytes:
            return _atom(edition, showing, entries)

        yield feed(own, id, "json"), f"{key}-j", as_json
        if edition.site_url:
            yield feed(own, id, "atom"), f"{key}-a", as_atom


def _json(edition: Edition, showing: Showing, entries: Sequence[Entry]) -> bytes:
    nodes = [_node(edition, entry) for entry in entries]
    head = {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": showing.name,
        "url": edition.whole(showing.about) or None,
        "numberOfItems": len(nodes),
    }
    # An activity is on several lists, so that each is told in letters once and then put together.
    told = _as_text(head).removesuffix("}")
    items = ",\n".join(nodes)
    return f'{told},"itemListElement":[\n{items}\n]}}\n'.encode()


def _node(edition: Edition, entry: Entry) -> str:
    known = edition.programme.kept.made("nodes", digest.of(edition.today, edition.site_url))
    if entry.digest not in known:
        node = linked_data.activity(edition.programme, entry.activity, edition.site_url)
        known[entry.digest] = _as_text(node)
    return known[entry.digest]


def _as_text(node: object) -> str:
    return json.dumps(linked_data.clean(node), ensure_ascii=False, separators=(",", ":"))


def _atom(edition: Edition, showing: Showing, entries: Sequence[Entry]) -> bytes:
    top = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "da"})

    def put(parent: ElementTree.Element, name: str, text: str = "", **named: str) -> None:
        ElementTree.SubElement(parent, name, named).text = text or None

    own = edition.whole(feed_of(showing))
    put(top, "id", own)
    put(top, "title", showing.name)
    put(top, "link", rel="self", href=own)
    put(top, "link", href=edition.whole(showing.about))
    put(top, "updated", max((_known(one) for one in entries), default=_at(edition.today)))
    author = ElementTree.SubElement(top, "author")
    put(author, "name", edition.name)
    for entry in entries:
        one, item = entry.activity, ElementTree.SubElement(top, "entry")
        whole = edition.whole(f"{ACTIVITIES}{one.id}/")
        put(item, "id", whole)
        put(item, "title", wording.titled(one))
        put(item, "link", href=whole)
        put(item, "updated", _known(entry))
        rules = [f"{wording.rule(when)}." for when in one.when]
        where = f"{entry.place.title}." if entry.place else ""
        put(item, "summary", " ".join(filter(None, (*rules, where, one.what))))
    ElementTree.indent(top)
    return ElementTree.tostring(top, encoding="utf-8", xml_declaration=True)


def feed_of(showing: Showing) -> str:
    kind, id = showing.made_of
    return feed("town" if kind == "postcode" else kind, id, "atom")


def _known(entry: Entry) -> str:
    return _at(entry.activity.known_since)


def _at(day: object) -> str:
    return f"{day}T00:00:00Z"
