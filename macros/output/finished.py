"""The finished site: every link leads to a page and a place on it, no id stands twice on a page.

Looks at the built pages alone, whatever made them: a template, a text, a setting.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote, urlsplit

from macros.data.faults import Fault

# Our own templates write attributes in double quotes; text has its quotes escaped.
_LINK = re.compile(r'<(?:a|link|img|script|form|iframe)\b[^>]*?\s(?:href|src|action)="([^"]*)"')
_ID = re.compile(r'<[a-z][^>]*?\sid="([^"]*)"')


@dataclass(frozen=True)
class Seen:
    """What a page has of both. links: each target on this site, as a file's path from its root and
    the place there, with the link as it is written. twice: the ids that stand twice."""

    links: tuple[tuple[str, str, str], ...]
    ids: frozenset[str]
    twice: tuple[str, ...]


def seen(path: str, html: str, base: str = "/") -> Seen:
    """path: the page's own. base: where on its host the site will stand, which is what the links of
    pages that are shown anywhere (404) begin with."""
    ids = _ID.findall(html)
    twice = sorted({id for id in ids if ids.count(id) > 1}) if len(set(ids)) < len(ids) else ()
    links = dict.fromkeys(map(unescape, _LINK.findall(html)))
    targets = ((*target, link) for link in links if (target := _target(path, link, base)))
    return Seen(tuple(targets), frozenset(ids), tuple(twice))


_OUTSIDE = "/"  # no file of the site has that path


def _target(path: str, link: str, base: str) -> tuple[str, str] | None:
    """The file that a link leads to, and the place in it; None if it leads out of the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    way, place = unquote(parts.path), unquote(parts.fragment)
    if not way:
        return path, place
    if way.startswith("/"):
        if not way.startswith(base):
            return _OUTSIDE, place
        target = way.removeprefix(base)
    else:
        end = "/" if way.endswith(("/", ".")) else ""
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), way)) + end
    target = target.removeprefix("./")
    if target in ("", ".") or target.endswith("/"):
        target = f"{target.removeprefix('.').removeprefix('/')}index.html"
    return target, place


def faults(
    pages: Mapping[str, Seen], sources: Mapping[str, str], files: Collection[str]
) -> Iterator[Fault]:
    """What is wrong. pages: by path. sources: a page's path -> the file an editor changes, if it is
    one. files: the paths of all files there are."""
    there = set(files)
    # Each place is looked for once, however many lead there.
    wrong = {
        (target, place)
        for target, place in {link[:2] for page in pages.values() for link in page.links}
        if target not in there or (place and target in pages and place not in pages[target].ids)
    }
    for path, page in pages.items():
        shown = path.removesuffix("index.html")
        source = sources.get(path) or f"site/{path}"
        for id in page.twice:
            what = f"id «{id}» står to gange på siden /{shown}"
            yield Fault(source, 1, 1, what, "giv den ene et andet id")
        for target, place, link in page.links if wrong else ():
            if (target, place) in wrong:
                why = (
                    "fører uden for siden"
                    if target == _OUTSIDE
                    else "fører ingen steder hen"
                    if target not in there
                    else "fører til et sted, der ikke er på siden"
                )
                what = f"linket »{link}« på siden /{shown} {why}"
                yield Fault(source, 1, 1, what, "ret adressen, eller slet linket")
