"""People's everyday words: whether each of them still leads to a word that stands on the site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.data.activity import GROUPS, WEEKDAYS
from macros.data.faults import Fault
from macros.data.kinds import LABELS
from macros.data.site import Site
from macros.language import danish
from macros.rules import spelling
from macros.when.entry import DAY_PARTS, FLAGS

MOST = 5  # remarks on one file; a file that another municipality wrote is one remark


def advice(site: Site) -> Iterator[Fault]:
    """A remark for each word that everyday words should lead to, and that stands nowhere."""
    words_there = {word for text in _texts(site) for word in danish.words(text)}
    known = set(map(_stem, words_there))  # each once: stemming is the slow part
    for words in site.everyday:
        document = site.documents["everyday", words.id]
        missing = [
            (("groups", at, "finds", place), lost[0])
            for at, group in enumerate(words.groups)
            for place, phrase in enumerate(group.finds)
            if (lost := [word for word in danish.words(phrase) if _stem(word) not in known])
        ]
        if len(missing) > MOST:
            few = ", ".join(f"«{word}»" for _, word in missing[:MOST])
            what = f"{len(missing)} ord under «finds» står ingen steder på siden: {few} …"
            yield document.fault(
                missing[0][0], what, "skriv ord, der står på siden, eller slet dem"
            )
            continue
        for where, word in missing:
            what = f"«{word}» står ingen steder på siden, så søgningen finder det ikke"
            yield document.fault(where, what, "skriv et ord, der står på siden, eller slet det her")


def _texts(site: Site) -> Iterator[str]:
    """What the pages say: the data, hand-written pages, the model's own words, the templates."""
    for (kind, _), document in site.documents.items():
        if kind != "everyday":
            yield from (value for _, value in document.scalars())
    yield from (re.sub(r"<[^>]+>", " ", text) for text, _ in site.beside.html.values())
    yield from (name for _, name, _ in FLAGS)
    yield from (*WEEKDAYS, *DAY_PARTS, *GROUPS, *LABELS.values())
    for file in sorted((site.beside.root / "overrides").rglob("*.html")):
        yield spelling.plain(file.read_text(encoding="utf-8"))


def _stem(word: str) -> str:
    return danish.stem(danish.fold(word))
