"""The terms explained on one page: each at its first use, none on its own page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from macros.data.catalogue import Term
from macros.language.typography import keep_together
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.index import TermLine
from macros.pages.views.text import Shown, marks


@dataclass(frozen=True, kw_only=True)
class Words(Shown):
    """What stands behind the words that a page explains."""

    terms: tuple[TermLine, ...]


class Explainer:
    """Explains as a page is rendered, in reading order."""

    def __init__(self, edition: Edition, page: Page):
        self._edition, self._page = edition, page
        self._explained: dict[Term, None] = {}

    def words(self) -> Words:
        """Those explained so far."""
        terms = tuple(self._explained)
        lines = tuple(TermLine(self._edition.at("term", term.id), term) for term in terms)
        return Words(page=self._page, marks=marks(self._edition.site, terms), terms=lines)

    def explain(self, text: str) -> Markup:
        """The text as HTML, where a term's first use on the page opens its explanation."""
        parts, done = [], 0
        for occurrence in self._edition.lexicon.occurrences(text):
            key = occurrence.keys[0]
            term = self._edition.site.things[key]
            if key == self._page.key or not isinstance(term, Term) or term in self._explained:
                continue
            self._explained[term] = None
            word = keep_together(text[occurrence.start : occurrence.end])
            # A sign after the word must not begin the next line, as it may after a button.
            sign = re.match(r"[.,:;!?)«]*", text[occurrence.end :]).group()
            parts.append(escape(keep_together(text[done : occurrence.start])))
            parts.append(_opener(term.id, word, sign))
            done = occurrence.end + len(sign)
        parts.append(escape(keep_together(text[done:])))
        return Markup("").join(parts)


def _opener(id: str, word: str, sign: str) -> Markup:
    """The word as what opens its explanation; in HTML alone, so that no script is needed."""
    first, space, last = word.rpartition(" ")
    if not space:
        button = _BUTTON.format(id=id, word=word, seen=word)
        return _KEEP.format(button=button, sign=sign) if sign else button
    # A button cannot break over lines; a label can, and a press on it presses its button.
    button = _BUTTON.format(id=id, word=word, seen=last)
    return _LABEL.format(first=first, button=_KEEP.format(button=button, sign=sign))


_BUTTON = Markup(
    '<button type="button" class="term" id="aabn-{id}" popovertarget="ord-{id}"'
    ' aria-label="{word}">{seen}</button>'
)
_KEEP = Markup('<span class="keep">{button}{sign}</span>')
_LABEL = Markup('<label class="term-label">{first} {button}</label>')
