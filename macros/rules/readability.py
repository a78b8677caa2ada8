"""How hard each text is to read, and which are over the limit (LIX, Björnsson 1968).

Names do not count as running text: the titles that `data/` itself gives to documents,
strategies, areas, units and the like stand in a sentence as one short word, so that a
sentence is judged by what the editor can change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.data.faults import Fault
from macros.data.prose import running_text, told
from macros.data.site import Key, Site
from macros.data.values import Path, Thing
from macros.language.text import lix, sentences

EASIEST = 25  # «Let at læse»
EASY = 34  # front page, role pages, «Kort fortalt», activities
PLAIN = 44  # every other page
WORDS = (150, 350)  # of an easy text
# Kinds and fields whose whole text must be easy.
_EASY_KINDS = frozenset({"activity", "place", "role"})
_EASY_FIELDS = frozenset({"in_short", "about"})
_FOR_EMPLOYEES = frozenset({"workplaces"})  # whose words are those of their work
# Kinds whose titles are names, and the word that stands for one.
_NAMING_KINDS = frozenset({"municipality", "organisation", "source", "strategy"})
_SHORT = "navn"


def advice(site: Site) -> list[Fault]:
    """A remark for each text over its limit, at the longest sentence's place."""
    names = _names(site)
    return [
        fault for key, thing in site.things.items() for fault in _judge(site, key, thing, names)
    ]


def _judge(site: Site, key: Key, thing: Thing, names: re.Pattern[str]) -> Iterator[Fault]:
    groups: dict[int, list[tuple[Path, str]]] = {EASIEST: [], EASY: [], PLAIN: []}
    for where, prose in (*running_text(thing), *told(thing)):
        easy = key[0] in _EASY_KINDS and where[0] not in _FOR_EMPLOYEES
        easy = easy or where[0] in _EASY_FIELDS
        limit = EASIEST if where[0] == "easy" else EASY if easy else PLAIN
        groups[limit].append((where, names.sub(_SHORT, prose)))
    yield from _length(site, key, [prose for _, prose in groups[EASIEST]])
    for limit, parts in groups.items():
        measured = lix(prose for _, prose in parts)
        if measured > limit:
            where, sentence = max(
                ((where, sentence) for where, prose in parts for sentence in sentences(prose)),
                key=lambda candidate: len(candidate[1]),
            )
            shown = f"{measured:.1f}".replace(".", ",")
            yield site.documents[key].fault(
                where,
                f"lixtallet er {shown}; det må højst være {limit}. Længste sætning: «{sentence}»",
                "del lange sætninger, og vælg korte ord",
            )


def _length(site: Site, key: Key, lines: list[str]) -> Iterator[Fault]:
    """An easy text is short, and long enough to say what matters."""
    count = sum(len(line.split()) for line in lines)
    if lines and not WORDS[0] <= count <= WORDS[1]:
        what = f"den lette tekst er på {count} ord; den skal være på {WORDS[0]} til {WORDS[1]}"
        yield site.documents[key].fault(("easy",), what, "sig det vigtigste, og lad resten være")


def _names(site: Site) -> re.Pattern[str]:
    names: set[str] = set()
    for (kind, _), thing in site.things.items():
        if kind not in _NAMING_KINDS:
            continue
        for field in ("title", "short_title", "issuer", "approved_by"):
            names.add(getattr(thing, field, None) or "")
        names.update(getattr(thing, "forms", ()))
    # Longest first, so that «Lillevig Kommune» wins over «Lillevig».
    ordered = sorted((name for name in names if name), key=lambda name: (-len(name), name))
    # One \b before the alternatives, not one in each: a twentieth of the time.
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered)) or '(?!)'})(?!\w)")
