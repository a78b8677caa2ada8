"""Whether the pages that the site rests on still say what they said: by hand or at night, over the
network, and never in a build.

Each section of a source on the net is what stands under its heading or, where the page has no such
heading, the whole page. Its hash is kept in `data/_seen.json`; the first look is what later ones
are compared with. A PDF is compared as a file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import html as lxml_html
from lxml.etree import LxmlError

from macros.data.site import Site
from macros.data.strategy import Source
from macros.reading.net import fetched

SEEN = "data/_seen.json"
MAX_BYTES = 20_000_000
_HEADINGS = ("h1", "h2", "h3", "h4")


@dataclass(frozen=True)
class Moved:
    """A section whose page says something else now, or could not be read. statements: the files
    that rest on it."""

    section: str
    address: str
    why: str
    statements: tuple[str, ...]

    def __str__(self) -> str:
        rest = ", ".join(self.statements) or "ingen tekster"
        return f"{self.section} ({self.address}): {self.why}\n    Læs igen: {rest}"


def check(site: Site, root: Path, accept: bool = False) -> list[Moved]:
    """Look at every source with an address; what moved. What is seen for the first time is kept;
    accept: so is what stands there now, as far as it can be read."""
    seen: dict[str, str] = _read(root / SEEN)
    moved: list[Moved] = []
    for source in site.sources:
        if not source.official_url:
            continue
        try:
            found = dict(hashes(source, fetched(source.official_url, MAX_BYTES)))
        except (OSError, ValueError) as error:
            moved += [
                _moved(site, source, id, f"siden kan ikke læses ({error})")
                for id in _cited(site, source)
            ]
            continue
        for id in _cited(site, source):
            key = f"{source.id}/{id}"
            if accept or key not in seen:
                seen[key] = found[id]
            elif seen[key] != found[id]:
                moved.append(_moved(site, source, id, "der står noget andet end sidst"))
    (root / SEEN).write_text(json.dumps(seen, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return moved


def _cited(site: Site, source: Source) -> list[str]:
    return [s.id for s in source.sections if f"{source.id}/{s.id}" in site.citing]


def _moved(site: Site, source: Source, id: str, why: str) -> Moved:
    section = f"{source.id}/{id}"
    files = (site.documents.path(key) for key in site.citing[section])
    return Moved(section, source.official_url or "", why, tuple(dict.fromkeys(files)))


def hashes(source: Source, content: bytes) -> Iterator[tuple[str, str]]:
    """The id of each section and the hash of what stands there."""
    if content.startswith(b"%PDF"):
        whole, parts = hashlib.sha256(content).hexdigest(), {}
    else:
        parts = _parts(content)
        whole = _hash(" ".join(parts.values()))
    for section in source.sections:
        under = parts.get(_plain(section.title))
        yield section.id, _hash(under) if under is not None else whole


def _parts(content: bytes) -> dict[str, str]:
    """What stands under each heading of a page, without menus and foot, in plain words."""
    utf8 = content.decode("utf-8", "replace").encode()
    try:
        tree = lxml_html.document_fromstring(utf8, lxml_html.HTMLParser(encoding="utf-8"))
    except LxmlError:
        raise ValueError("der står ikke noget") from None
    for part in tree.xpath("//script|//style|//nav|//header|//footer|//noscript"):
        part.drop_tree()
    parts: dict[str, list[str]] = {"": []}
    heading = ""
    for part in tree.iter():
        if not isinstance(part.tag, str):
            pass  # a comment, after which the text goes on
        elif part.tag in _HEADINGS:
            heading = _plain(part.text_content())
            parts.setdefault(heading, [])
        elif (
            part.text
            and part.text.strip()
            and not any(a.tag in _HEADINGS for a in part.iterancestors())
        ):
            parts[heading].append(part.text)
        if part.tail and part.tail.strip():
            parts[heading].append(part.tail)
    return {name: _plain(" ".join(texts)) for name, texts in parts.items()}


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().lower()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _read(file: Path) -> dict[str, str]:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
