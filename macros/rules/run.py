"""Runs the rules that span more than one field: on every value, on all things, on the whole."""

from __future__ import annotations

import re

from macros.data.faults import Fault
from macros.data.site import Site
from macros.rules import activities, addresses, hand_written, references, text, words
from macros.rules.registry import SITE_RULES, TEXT_RULES, WHOLE_RULES

# Importing them enters their rules.
MODULES = (activities, addresses, hand_written, references, text, words)

_ID = re.compile(r"[a-z0-9/-]+")  # half of all values, and nothing a text rule looks for


def run(site: Site) -> list[Fault]:
    """All faults of all rules, unsorted.

    In stages: what follows references from thing to thing runs only where each leads somewhere.
    """
    faults = [
        fault
        for document in site.documents.values()
        for where, value in document.scalars()
        if not _ID.fullmatch(value)
        for rule in TEXT_RULES
        for fault in rule(document, where, value)
    ]
    faults += [fault for rule in SITE_RULES for fault in rule(site)]
    if is_whole(site):
        faults += [fault for rule in WHOLE_RULES for fault in rule(site)]
    return faults


def is_whole(site: Site) -> bool:
    """Whether every file could be read and every reference leads to something."""
    return not site.broken and not any(references.references_resolve(site))
