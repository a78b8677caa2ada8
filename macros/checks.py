"""Runs the rules that span more than one field: on every value, on all things, on the whole."""

from __future__ import annotations

import re

from macros import rules_activities, rules_docs, rules_site, rules_text
from macros.faults import Fault
from macros.rules import SITE_RULES, TEXT_RULES, WHOLE_RULES
from macros.site import Site

RULES = (rules_text, rules_site, rules_activities, rules_docs)  # importing them enters their rules

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
    return not site.broken and not any(rules_site.references_resolve(site))
