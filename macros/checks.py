"""Runs the rules that span more than one field: text rules on every value, then the others."""

from __future__ import annotations

import re

from macros import rules_activities, rules_site, rules_text
from macros.faults import Fault
from macros.rules import SITE_RULES, TEXT_RULES
from macros.site import Site

RULES = (rules_text, rules_site, rules_activities)  # importing them enters their rules

_ID = re.compile(r"[a-z0-9/-]+")  # half of all values, and nothing a text rule looks for


def run(site: Site) -> list[Fault]:
    """All faults of all rules, unsorted."""
    faults = [
        fault
        for document in site.documents.values()
        for where, value in document.scalars()
        if not _ID.fullmatch(value)
        for rule in TEXT_RULES
        for fault in rule(document, where, value)
    ]
    return faults + [fault for rule in SITE_RULES for fault in rule(site)]
