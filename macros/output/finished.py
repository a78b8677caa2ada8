"""The finished site: every link leads to a page and a place on it, no id stands twice on a page.

Looks at the built pages alone, whatever made them: a template, a text, a setting.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import chain
from urllib.parse import unquote, urlsplit

from macros.data.faults import Fault


def _attribute(name: str) -> re.Pattern[str]:
    """Its values on a page. Our own templates write them in double quotes; text has its quotes
    escaped, so that nothing but an attribute looks like one. What begins with plain letters is
    found in a quarter of the time."""
    return re.compile(rf'{name}="(?<=[ \n]{name}=")([^"]*)"')


_LINKS = tuple(map(_attribute, ("href", "src", "action")))
_ID = _attribute("id")


@dataclass(frozen=True)
class Seen:
    """What a page has of both, packed: there are thousands, and hardly one is wrong.

    links: a line for each that leads to another page, or to a place that is not on this one: the
    file's path from the site's root, the place in it, the link as it is written. ids: a line for
    each. twice: the ids that stand twice.
    """

    links: str
    ids: str
    twice: tuple[str, ...]


def seen(path: str, html: str, base: str = "/") -> Seen:
    """path: the page's own. base: where on its host the site will stand, which is what the links of
    pages that are shown anywhere (404) begin with."""
    every = _ID.findall(html)
    ids = dict.fromkeys(every)
    twice = sorted({id for id in every if every.count(id) > 1}) if len(ids) < len(every) else ()
    lines = []
    links = chain.from_iterable(attribute.findall(html) for attribute in _LINKS)
    for link in dict.fromkeys(map(unescape, links)):
        target, place = _target(path, link, base) or ("", "")
        if target and not (target == path and (not place or place in ids)):
            lines.append(f"{target}\t{place}\t{link}")
    return Seen("\n".join(lines), "\n".join(ids), tuple(twice))


_SCHEME = re.compile(r"[a-z]+:")  # as most of those have that stand on one page alone
_OUTSIDE = "/"  # no file of the site has that path


def _target(path: str, link: str, base: str) -> tuple[str, str] | None:
    """The file that a link leads to, and the place in it; None if it leads out of the site."""
    inside = _inside(link)
    if inside is None:
        return None
    way, place = inside
    if not way:
        return path, place
    if way.startswith("/"):
        return (_file(way.removeprefix(base)) if way.startswith(base) else _OUTSIDE), place
    # What leads up does so in the same way from every page that lies as deep.
    folder = path.rpartition("/")[0]
    while folder and way.startswith("../"):
        folder, way = folder.rpartition("/")[0], way[3:]
    return _from(folder, way), place


# Thousands of pages stand in the same frame.
@lru_cache(maxsize=10_000)
def _inside(link: str) -> tuple[str, str] | None:
    """A link's way and the place there; None if it leads out of the site."""
    if _SCHEME.match(link):
        return None
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    return unquote(parts.path), unquote(parts.fragment)


@lru_cache(maxsize=10_000)
def _from(folder: str, way: str) -> str:
    end = "/" if not way or way.endswith(("/", ".")) else ""  # a folder
    return _file(posixpath.normpath(posixpath.join(folder, way)) + end)


def _file(target: str) -> str:
    target = target.removeprefix("./")
    if target in ("", ".") or target.endswith("/"):
        target = f"{target.removeprefix('.').removeprefix('/')}index.html"
    return target


def faults(
    pages: Mapping[str, Seen], sources: Mapping[str, str], files: Collection[str]
) -> Iterator[Fault]:
    """What is wrong. pages: by path. sources: a page's path -> the file an editor changes, if it is
    one. files: the paths of all files there are."""
    there = set(files)
    lines: set[str] = set()
    for page in pages.values():
        lines.update(page.links.split("\n"))
    lines.discard("")
    ids: dict[str, frozenset[str]] = {}
    wrong = {}
    for line in lines:  # each once, however many pages have it
        target, place, _ = line.split("\t", 2)
        if target == _OUTSIDE:
            wrong[line] = "fører uden for siden"
        elif target not in there:
            wrong[line] = "fører ingen steder hen"
        elif place and target in pages:
            if target not in ids:
                ids[target] = frozenset(pages[target].ids.split("\n"))
            if place not in ids[target]:
                wrong[line] = "fører til et sted, der ikke er på siden"
    for path, page in pages.items():
        shown = path.removesuffix("index.html")
        source = sources.get(path) or f"site/{path}"
        for id in page.twice:
            what = f"id «{id}» står to gange på siden /{shown}"
            yield Fault(source, 1, 1, what, "giv den ene et andet id")
        for line in page.links.split("\n") if wrong else ():
            if line in wrong:
                link = line.split("\t", 2)[2]
                what = f"linket »{link}« på siden /{shown} {wrong[line]}"
                yield Fault(source, 1, 1, what, "ret adressen, eller slet linket")
