"""The registry of rules that span more than one field.

A rule is a generator of faults whose docstring states it in one sentence. Decorating it
enters it here; tests demand a bad file for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from macros.data.document import Document
from macros.data.faults import Fault
from macros.data.site import Site
from macros.data.values import Path, Thing

TextRule = Callable[[Document, Path, str], Iterator[Fault]]
SiteRule = Callable[[Site], Iterator[Fault]]
ThingRule = Callable[[Document, Thing], Iterator[Fault]]
TEXT_RULES: list[TextRule] = []
THING_RULES: list[ThingRule] = []  # about one thing by itself
SITE_RULES: list[SiteRule] = []  # hold for whatever could be read
WHOLE_RULES: list[SiteRule] = []  # need every file read and every reference resolved


def text_rule(rule: TextRule) -> TextRule:
    TEXT_RULES.append(rule)
    return rule


def thing_rule(rule: ThingRule) -> ThingRule:
    THING_RULES.append(rule)
    return rule


def site_rule(rule: SiteRule) -> SiteRule:
    SITE_RULES.append(rule)
    return rule


def whole_rule(rule: SiteRule) -> SiteRule:
    WHOLE_RULES.append(rule)
    return rule
