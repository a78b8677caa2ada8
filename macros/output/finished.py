"""The finished site: every link leads to a page and a place on it, no id stands twice on a page.

Looks at the built files alone, whatever made them: a template, a text, a setting.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from macros.data.faults import Fault

# Our own templates write attributes in double quotes; text has its quotes escaped.
_LINK = re.compile(r'<(?:a|link|img|script|form|iframe)\b[^>]*?\s(?:href|src|action)="([^"]*)"')
_ID = re.compile(r'<[a-z][^>]*?\sid="([^"]*)"')


def faults(folder: Path, sources: Mapping[str, str], base: str = "/") -> list[Fault]:
    """What is wrong with the built site in `folder`.

    sources: a page's address -> the file an editor changes. base: where on its host the site will
    stand, which is what links of pages that are shown anywhere (404) begin with.
    """
    pages = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.html"))
    }
    ids = {name: _ID.findall(text) for name, text in pages.items()}
    wrong = []
    for name, text in pages.items():
        place = sources.get(name.removesuffix("index.html")) or f"{folder.name}/{name}"
        twice = {id for id in ids[name] if ids[name].count(id) > 1} if ids[name] else set()
        for id in sorted(twice):
            what = f"id «{id}» står to gange på siden /{name.removesuffix('index.html')}"
            wrong.append(Fault(place, 1, 1, what, "giv den ene et andet id"))
        for link in dict.fromkeys(_LINK.findall(text)):
            if why := _dead(folder, pages, ids, name, unescape(link), base):
                what = (
                    f"linket »{unescape(link)}« på siden /{name.removesuffix('index.html')} {why}"
                )
                wrong.append(Fault(place, 1, 1, what, "ret adressen, eller slet linket"))
    return wrong


def _dead(
    folder: Path,
    pages: Mapping[str, str],
    ids: Mapping[str, list[str]],
    name: str,
    link: str,
    base: str,
) -> str:
    """Why a link of a page leads nowhere; «» if it leads somewhere or out of the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return ""
    path = unquote(parts.path)
    if path.startswith("/"):
        if not path.startswith(base):
            return "fører uden for siden"
        path = path.removeprefix(base)
    elif path:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) + (
            "/" if path.endswith(("/", ".")) else ""
        )
    target = name if not parts.path else path.removeprefix("./")
    if target in ("", ".") or target.endswith("/"):
        target = f"{target.removeprefix('.').removeprefix('/')}index.html"
    if target in pages:
        if parts.fragment and unquote(parts.fragment) not in ids[target]:
            return "fører til et sted, der ikke er på siden"
        return ""
    return "" if (folder / target).is_file() else "fører ingen steder hen"
