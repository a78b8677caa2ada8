"""Words that the Danish dictionary (hunspell's) does not have and nobody has vouched for.

Advice, never a fault: names and new words are the editor's to know. `make words` puts those that
are right into `data/_words.txt`.
"""

from __future__ import annotations

import contextlib
import os
import pathlib
import re
import shutil
import subprocess
from collections.abc import Collection, Iterator

from macros.data.document import Document
from macros.data.faults import Fault
from macros.data.fields import references
from macros.data.site import Site
from macros.data.values import Path

FILE = "data/_words.txt"
KEPT = ".build/spelling.txt"  # words the dictionary has: asking takes a quarter of a second
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Written for machines or quoted from them: code, addresses, calls, tags, comments.
_QUIET = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<!--.*?-->|<[^>]*>|`[^`]*`|^    .*?$|\]\([^)]*\)"
    r"|^--8<--.*?$|^\|[-|]+$|&\w+;|\{[:#][^}]*\}|https?://\S+|\S+@\S+",
    re.DOTALL | re.MULTILINE,
)
# People's own words and small letters for names; figures; what is made up to be odd.
_NOT_READ = frozenset({"everyday", "redirects", "postcode"})


# What stands with a dot behind it.
_SHORT = frozenset(
    "bl ca dvs eks evt fl fx inkl jf kl kr mht mv nr osv pga pkt red stk tlf".split()
)
# Kinds whose titles and forms are names or words that the site explains itself.
_NAMING = ("municipality", "organisation", "place", "postcode", "source", "term")


def known(site: Site) -> frozenset[str]:
    """Words that nobody needs to be asked about, in small letters."""
    names = (
        text
        for kind in _NAMING
        for thing in site.of_kind(kind)
        for text in (thing.title, *getattr(thing, "forms", ()))
    )
    own = (word for text in names for word in WORD.findall(text))
    return _SHORT | {word.lower() for word in (*own, *site.beside.words)}


def plain(text: str) -> str:
    """Markdown or a template without what is no Danish; lines keep their numbers."""
    return _QUIET.sub(lambda match: "\n" * match.group().count("\n") or " ", text)


def words(site: Site) -> Iterator[tuple[str, Document, Path]]:
    """Each word of the content that may be misspelt, and where it stands.

    A place in a hand-written page is its line and column.
    """
    for key, document in site.documents.items():
        if key[0] in _NOT_READ or key not in site.things:
            continue
        named = {target for _, _, target in references(site.things[key])}
        for where, text in document.scalars():
            machine = where[-1] in ("id", "page") or text in named or text in ("true", "false")
            if not machine and "://" not in text and "@" not in text:
                for word in WORD.findall(text):
                    yield word, document, where
    for id, (text, first) in site.beside.texts.items():
        for number, line in enumerate(plain(text).split("\n"), start=first):
            for match in WORD.finditer(line):
                yield match.group(), site.documents["doc", id], (number, match.start() + 1)


def advice(site: Site) -> Iterator[Fault]:
    """A remark for each word that nobody knows, at the place where it stands first."""
    first_seen: dict[str, tuple[Document, Path]] = {}
    ours = known(site)
    for word, document, where in words(site):
        if word.lower() not in ours:
            first_seen.setdefault(word, (document, where))
    for word in sorted(_unknown_since(first_seen, site.beside.root / KEPT)):
        document, where = first_seen[word]
        place = where if where and isinstance(where[0], int) else document.position(where)
        yield Fault(
            document.path,
            *place,
            f"«{word}» står ikke i ordbogen",
            f"ret ordet; er det rigtigt, så skriv det i {FILE} eller kør «make words»",
        )


def unknown(words: Collection[str]) -> set[str]:
    """Those of the words that hunspell's dictionary lacks; none where hunspell is not."""
    if not shutil.which("hunspell") or not words:
        return set()
    run = subprocess.run(
        ["hunspell", "-d", "da_DK", "-i", "utf-8", "-l"],
        input="\n".join(sorted(words)),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return set(run.stdout.split()) if run.returncode == 0 else set()


def _unknown_since(words: Collection[str], kept: pathlib.Path) -> set[str]:
    """As `unknown`, but asks only about words that the dictionary has not accepted before."""
    accepted = set(_read(kept))
    unknown_words = unknown(new := set(words) - accepted)
    if new and shutil.which("hunspell"):
        with contextlib.suppress(OSError):  # a folder that cannot be written: asked again then
            kept.parent.mkdir(exist_ok=True)
            unfinished = kept.with_suffix(f".{os.getpid()}.new")
            unfinished.write_text(
                "\n".join(sorted(accepted | (new - unknown_words))), encoding="utf-8"
            )
            unfinished.replace(kept)
    return unknown_words


def vouch(site: Site, root: pathlib.Path) -> list[str]:
    """Add what `advice` names to the list of known words; returns what was added."""
    ours = known(site)
    new = unknown({word for word, _, _ in words(site) if word.lower() not in ours})
    if not new:
        return []
    file = root / FILE
    # Not `_read`: what cannot be read must not be written over.
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    head = [line for line in lines if line.startswith("#")]
    kept = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    text = "\n".join([*head, *sorted(kept | new)]) + "\n"
    unfinished = file.with_name(f".{file.name}.new")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(file)
    return sorted(new)


def _read(file: pathlib.Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
