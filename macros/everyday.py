"""People's everyday words: whether each of them still leads to a word that stands on the site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from macros import danish
from macros.faults import Fault
from macros.site import Site


def advice(site: Site, root: Path) -> Iterator[Fault]:
    """A remark for each word that everyday words should lead to, and that stands nowhere."""
    known = {_stem(word) for text in _texts(site, root) for word in set(danish.words(text))}
    for words in site.everyday:
        for at, group in enumerate(words.groups):
            for place, phrase in enumerate(group.finds):
                missing = [word for word in danish.words(phrase) if _stem(word) not in known]
                if missing:
                    yield site.documents["everyday", words.id].fault(
                        ("groups", at, "finds", place),
                        f"«{missing[0]}» står ingen steder på siden, så søgningen finder det ikke",
                        "skriv et ord, der står på siden, eller slet det her",
                    )


def _texts(site: Site, root: Path) -> Iterable[str]:
    """All that a page may say: the data, the hand-written pages and the templates."""
    for (kind, _), document in site.documents.items():
        if kind != "everyday":
            yield from (value for _, value in document.scalars())
    for file in (*(root / "docs").rglob("*.md"), *(root / "overrides").rglob("*.html")):
        yield file.read_text(encoding="utf-8")
    # The words that code puts together for facts and times.
    for name in ("programme", "wording", "finder", "listings", "views"):
        source = (Path(__file__).parent / f"{name}.py").read_text(encoding="utf-8")
        yield from re.findall(r'"([^"\n]+)"', source)


def _stem(word: str) -> str:
    return danish.stem(danish.fold(word))
