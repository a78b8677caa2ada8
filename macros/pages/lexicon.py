"""Words the site explains and bodies it names: where they occur in running text.

One pass over a text finds the longest known name or term at each place. Names of
documents, strategies and bodies are found too, so that «Myndighed» inside «Sundhed og
Myndighed» is taken for the department's name, not for the term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from macros.data.prose import running_text
from macros.data.site import Key, Site
from macros.data.values import Thing
from macros.work import digest

_NAMED = ("term", "organisation", "source", "strategy")
_WORD = re.compile(r"\w+|§+|\S")


@dataclass(frozen=True)
class Occurrence:
    """A known form in a text: its place and the things it may stand for, the term first."""

    start: int
    end: int
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Lexicon:
    """The forms of every term and body of a site."""

    site: Site

    @cached_property
    def digest(self) -> str:
        """Equal digests, equal explanations of equal texts."""
        named = (self.site.things[key] for key in self._keys)
        forms = ((one.id, one.title, getattr(one, "forms", ())) for one in named)
        return digest.of(tuple(forms), self.site.terms)

    @property
    def _keys(self) -> Iterator[Key]:
        for kind in _NAMED:
            yield from ((kind, thing.id) for thing in self.site.of_kind(kind))

    @cached_property
    def _forms(self) -> dict[str, tuple[tuple[Key, str], ...]]:
        """Form in small letters -> the things it names, each with the form as written."""
        forms: dict[str, dict[Key, str]] = {}
        for key in self._keys:
            thing = self.site.things[key]
            for form in (thing.title, *getattr(thing, "forms", ())):
                forms.setdefault(form.lower(), {})[key] = form
        return {form: tuple(named.items()) for form, named in forms.items()}

    @cached_property
    def _by_first_word(self) -> dict[str, tuple[str, ...]]:
        """First word -> the forms that begin with it, longest first."""
        by_word: dict[str, list[str]] = {}
        for form in sorted(self._forms, key=lambda form: (-len(form), form)):
            if first := _WORD.search(form):
                by_word.setdefault(first.group(), []).append(form)
        return {word: tuple(forms) for word, forms in by_word.items()}

    def occurrences(self, text: str) -> Iterator[Occurrence]:
        """What the text names, in order, without overlaps; at each place the longest form."""
        calm = text.replace("\N{NO-BREAK SPACE}", " ").lower()
        done = 0
        # A lookup by first word: an alternation of a thousand forms took ten times as long.
        for word in _WORD.finditer(calm):
            start = word.start()
            if start < done:
                continue
            for form in self._by_first_word.get(word.group(), ()):
                end = start + len(form)
                if calm.startswith(form, start) and not calm[end : end + 1].isalnum():
                    seen = text[start:end]
                    keys = tuple(k for k, known in self._forms[form] if _meant(k, known, seen))
                    if keys:
                        yield Occurrence(start, end, keys)
                        done = end
                        break

    @cached_property
    def uses(self) -> dict[Key, tuple[Key, ...]]:
        """Term or body -> the other things whose text names it, in loading order."""
        used_in: dict[Key, dict[Key, None]] = {}
        for key, thing in self.site.things.items():
            if key[0] == "activity":
                continue  # an organiser's page lists its activities by itself
            for named in self._known(key, thing):
                if named != key:
                    used_in.setdefault(named, {})[key] = None
        return {named: tuple(keys) for named, keys in used_in.items()}

    def _known(self, key: Key, thing: Thing) -> tuple[Key, ...]:
        before = _BEFORE.get(key)
        if not before or before[0] is not thing or before[1] != self.digest:
            before = _BEFORE[key] = thing, self.digest, tuple(self._named(key, thing))
        return before[2]

    def _named(self, key: Key, thing: Thing) -> Iterator[Key]:
        further = [idea.title for idea in getattr(thing, "further_ideas", ())]
        titles = [thing.title, *further] if key[0] in ("area", "idea", "strategy") else []
        for prose in (*(prose for _, prose in running_text(thing)), *titles):
            for occurrence in self.occurrences(prose):
                yield from occurrence.keys
        for _, kind, target in self.site.references.get(key, ()):
            if kind == "organisation":
                yield kind, target


# What each thing's text named the last time, and the digest of the forms then.
_BEFORE: dict[Key, tuple[Thing, str, tuple[Key, ...]]] = {}


@lru_cache(maxsize=2)
def lexicon(site: Site) -> Lexicon:
    """A site's lexicon; rules and pages ask it."""
    return Lexicon(site)


def _meant(key: Key, known: str, seen: str) -> bool:
    """Whether `seen` in a text stands for the thing that is known as `known`."""
    if known.isupper():  # an abbreviation: «MED», not «med»
        return seen == known
    if key[0] == "term" or known[:1].islower():
        return True
    # A body's one-word name is a name only with its capital: «Myndighed», not «myndighed».
    return " " in seen or not seen[:1].islower()
