"""Runs the rules that span more than one field: on each value and thing, on all, on the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.data.document import Document
from macros.data.faults import Fault
from macros.data.site import Site
from macros.data.values import Thing
from macros.rules import activities, addresses, hand_written, references, standing, text, words
from macros.rules.registry import SITE_RULES, TEXT_RULES, THING_RULES, WHOLE_RULES

# Importing them enters their rules.
MODULES = (activities, addresses, hand_written, references, standing, text, words)

_ID = re.compile(r"[a-z0-9/-]+")  # half of all values, and nothing a text rule looks for


def on_one(document: Document, thing: Thing | None) -> Iterator[Fault]:
    """The faults of a document's values, and of its thing, if it could be read, by itself."""
    for where, value in document.scalars():
        if not _ID.fullmatch(value):
            for rule in TEXT_RULES:
                yield from rule(document, where, value)
    if thing is not None:
        for judge in THING_RULES:
            yield from judge(document, thing)


def on_all(site: Site) -> list[Fault]:
    """The faults of the rules on more than one thing, unsorted.

    In stages: what follows references from thing to thing runs only where each leads somewhere.
    """
    faults = [fault for rule in SITE_RULES for fault in rule(site)]
    if is_whole(site):
        faults += [fault for rule in WHOLE_RULES for fault in rule(site)]
    return faults


def is_whole(site: Site) -> bool:
    """Whether every file could be read and every reference leads to something."""
    return not site.broken and not any(references.references_resolve(site))
