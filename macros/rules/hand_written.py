"""Rules on hand-written pages: they hold text, links that lead somewhere, and no code.

The Markdown is read by the very extensions of the build (`hand_written`), so that a link is
what a reader will meet, wherever it stands.
"""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from macros.data.faults import Fault, shown
from macros.data.site import Site
from macros.language.text import HIDDEN
from macros.pages import markers
from macros.pages.addresses import BUILT
from macros.pages.pages import pages
from macros.rules.registry import site_rule, whole_rule


@site_rule
def pages_hold_no_hidden_signs(site: Site) -> Iterator[Fault]:
    """A page holds no signs that nobody sees."""
    for id, (text, first) in site.beside.texts.items():
        if match := HIDDEN.search(text.replace("\t", " ")):
            line, column = _at(text, match.start(), first)
            what = f"siden indeholder et usynligt tegn (U+{ord(match.group()):04X})"
            path = site.documents.path(("doc", id))
            yield Fault(path, line, column, what, "slet ordet, og skriv det igen")


_CALL = re.compile(r"\{\{ ?(\w+)\(\) ?\}\}")
_CODE = re.compile(r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\{#.*?(?:#\}|$)", re.MULTILINE)


@site_rule
def pages_run_no_code(site: Site) -> Iterator[Fault]:
    """A page calls what there is to call, says that it does, and holds no other template code."""
    for id, (text, first) in site.beside.texts.items():
        document = site.documents["doc", id]
        front = document.value if isinstance(document.value, dict) else {}
        calls = str(front.get("render_macros")).lower() == "true"
        for match in _CODE.finditer(text):
            call = _CALL.fullmatch(match.group())
            if call and call[1] in markers.PARTS:
                if calls:
                    continue
                what = f"«{match.group()}» bliver vist, som det står"
                cure = "skriv «render_macros: true» øverst på siden, eller slet tegnene"
            elif match.group().startswith("{{"):
                what = f"«{shown(match.group())}» er ikke noget, siden kan hente"
                cure = f"vælg en af: {', '.join(markers.PARTS)} (skrives som {{{{ ideas() }}}})"
            else:
                what = f"«{shown(match.group())}» er programkode"
                cure = "slet det; en side kan kun hente indhold med {{ navn() }}"
            line, column = _at(text, match.start(), first)
            yield Fault(document.path, line, column, what, cure)


def _at(text: str, place: int, first: int) -> tuple[int, int]:
    """Line and column of a place in a page's text."""
    return text.count("\n", 0, place) + first, place - text.rfind("\n", 0, place)


# What Markdown makes; anything else was written as HTML.
_TAGS = frozenset(
    "a blockquote br code em h1 h2 h3 h4 h5 h6 hr img li ol p pre strong table tbody td th thead"
    " tr ul".split()
)
_ATTRIBUTES = frozenset("alt class href id src start style title".split())
_ALIGNED = re.compile(r"text-align: (left|right|center);")
_WAYS = frozenset({"", "http", "https", "mailto", "tel"})


@site_rule
def pages_are_markdown(site: Site) -> Iterator[Fault]:
    """A page holds no HTML, no address that runs code, and no picture without a description."""
    for id in site.beside.texts:
        page = _Page(site, id)
        if page.missing:
            what = f"filen «{page.missing}», som siden henter ind, findes ikke"
            yield page.fault(page.missing, what, "ret navnet, eller slet linjen")
            continue
        for element in page.elements():
            if element.tag not in _TAGS:
                what = f"siden indeholder HTML-koden «<{element.tag}>»"
                yield page.fault(f"<{element.tag}", what, "slet koden, og skriv som Markdown")
                continue
            for name, value in element.attrib.items():
                if name not in _ATTRIBUTES or (name == "style" and not _ALIGNED.fullmatch(value)):
                    what = f"siden indeholder koden «{name}»"
                    yield page.fault(name, what, "slet koden, og behold teksten")
            address = element.get("href") or element.get("src") or ""
            if _scheme(address) not in _WAYS:
                what = f"linket «{address}» er ikke en sikker adresse"
                yield page.fault(address, what, "brug en adresse, der begynder med https://")
            if element.tag == "img":
                if not (element.get("alt") or "").strip():
                    what = f"billedet «{element.get('src')}» har ingen beskrivelse"
                    cure = "skriv i [ ], hvad billedet viser, for dem, der ikke kan se det"
                    yield page.fault(element.get("src", ""), what, cure)
                elif _scheme(address) or address.startswith("//"):
                    what = f"billedet «{address}» hentes fra en anden side"
                    yield page.fault(address, what, "læg billedet i docs/, og vis det derfra")


def _scheme(address: str) -> str:
    try:
        return urlsplit("".join(sign for sign in address if sign > " ")).scheme.lower()
    except ValueError:
        return "?"


@site_rule
def pages_call_each_thing_once(site: Site) -> Iterator[Fault]:
    """A page calls nothing twice: its parts have ids, which may stand once on a page."""
    for id, (text, first) in site.beside.texts.items():
        seen: set[str] = set()
        for match in _CALL.finditer(text):
            if match[1] in seen:
                line, column = _at(text, match.start(), first)
                what = f"«{match.group()}» står to gange på siden"
                path = site.documents.path(("doc", id))
                yield Fault(path, line, column, what, "slet den ene")
            seen.add(match[1])


@site_rule
def headings_of_pages_go_down_step_by_step(site: Site) -> Iterator[Fault]:
    """A page's title is its one heading of the first level; below it no level is left out."""
    for id in site.beside.texts:
        page, last = _Page(site, id), 1
        for element in () if page.missing else page.elements():
            if not re.fullmatch("h[1-6]", element.tag):
                continue
            title, level = " ".join(element.text_content().split()), int(element.tag[1])
            if level == 1:
                what = f"overskriften «{shown(title)}» er på samme niveau som sidens titel"
                yield page.fault(title, what, "skriv «## » foran den")
            elif level > last + 1:
                what = f"overskriften «{shown(title)}» springer et niveau over"
                yield page.fault(title, what, f"skriv «{'#' * (last + 1)} » foran den")
            last = max(level, 2)


@site_rule
def headings_of_pages_have_ids_of_their_own(site: Site) -> Iterator[Fault]:
    """No heading of a page has the id of a part that the frame or a template puts on pages."""
    for id, (text, _) in site.beside.texts.items():
        page = _Page(site, id)
        called = [f"partials/{name}.html" for name in markers.calls(text)]
        taken = _template_ids(site.beside.root / "overrides", ["frame.html", *called])
        for element in () if page.missing else page.elements():
            if element.get("id") in taken:
                title = " ".join(element.text_content().split())
                what = f"overskriften «{shown(title)}» hedder det samme som en del af siden"
                yield page.fault(title, what, "skriv overskriften med andre ord")


def _template_ids(folder: Path, names: list[str]) -> set[str]:
    """The ids that templates, and those they take in, give to parts of a page."""
    ids: set[str] = set()
    waiting, seen = list(names), set()
    while waiting:
        name = waiting.pop()
        if name in seen or not (folder / name).is_file():
            continue
        seen.add(name)
        text = (folder / name).read_text(encoding="utf-8")
        ids.update(re.findall(r'\sid="([\w-]+)"', text))
        waiting += re.findall(r'{%-? (?:include|from) "([\w/.]+)"', text)
    return ids


@whole_rule
def links_of_pages_lead_somewhere(site: Site) -> Iterator[Fault]:
    """Every link and picture of a page leads to a page, a place on it, or a file that is there."""
    ways = _Ways(site)
    for page in ways.written.values():
        for element in page.elements():
            address = element.get("href") or element.get("src") or ""
            outside = not address or _scheme(address) or address.startswith("//")
            if not outside and (why := ways.dead(page, unquote(address))):
                yield page.fault(address, f"linket »{address}« {why[0]}", why[1])


class _Ways:
    """Where a link of a hand-written page can lead."""

    def __init__(self, site: Site):
        self._site = site
        self._there = frozenset(pages(site).by_address) | {move.old for move in site.moved}
        self.written = {
            id: page for id in site.beside.texts if not (page := _Page(site, id)).missing
        }
        self._files = {page.path.removeprefix("docs/"): id for id, page in self.written.items()}

    def dead(self, page: _Page, link: str) -> tuple[str, str] | None:
        """Why a link leads nowhere, and the cure; None when it leads somewhere."""
        path, _, part = link.partition("#")
        path = path.partition("?")[0]
        here = page.path.removeprefix("docs/")
        near = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
        if path.startswith("/"):
            target: str | None = path[1:]
        elif path.endswith(".md"):
            target = self._files.get(near)
        elif near in self._site.beside.files:
            return None
        else:
            target = posixpath.normpath(posixpath.join(page.id or ".", path))
            target = "" if target == "." else f"{target}/"
        if target is None or target not in self._there:
            if (target or "").startswith((*BUILT, "data/v1/")):
                return None  # known when they are built
            return "fører ingen steder hen", self._cure(near)
        if part and not self._has(target, part):
            guess = difflib.get_close_matches(part, self.written[target].ids, n=1, cutoff=0.6)
            cure = f"mente du #{guess[0]}?" if guess else "slet det, der står efter #"
            return "fører til et sted, der ikke er på siden", cure
        return None

    def _has(self, target: str, part: str) -> bool:
        """Whether a page has the place, as far as that is known before it is built."""
        if target not in self.written or markers.calls(self._site.beside.texts[target][0]):
            return True
        return part in self.written[target].ids

    def _cure(self, target: str) -> str:
        folder, name = posixpath.split(target)
        if posixpath.splitext(name)[1] not in ("", ".md"):
            return f"læg filen i {posixpath.join('docs', folder)}/, eller ret navnet"
        near = difflib.get_close_matches(target, [*self._files, *self._there], n=1, cutoff=0.75)
        if not near:
            return "ret adressen, eller slet linket"
        return f"mente du {near[0] if near[0] in self._files else f'/{near[0]}'}?"


class _Page:
    """A hand-written page as its readers get it, and where a piece of it stands in the file."""

    def __init__(self, site: Site, id: str):
        self.id = id
        self._text, self._first = site.beside.texts[id]
        self.path = site.documents.path(("doc", id))
        self._html, self.missing = site.beside.html[id]

    def elements(self) -> list[etree._Element]:
        return [e for e in self._tree.iter() if isinstance(e.tag, str)][1:]

    @property
    def _tree(self) -> etree._Element:
        return html.fragment_fromstring(self._html, create_parent="main")

    @property
    def ids(self) -> list[str]:
        return [e.get("id") for e in self.elements() if e.get("id")]

    def fault(self, piece: str, what: str, cure: str) -> Fault:
        """A fault where the piece stands first; in what the page takes in, at its top."""
        place = self._text.find(piece)
        line, column = _at(self._text, place, self._first) if place >= 0 else (1, 1)
        return Fault(self.path, line, column, what, cure)
