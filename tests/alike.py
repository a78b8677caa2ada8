"""Whether the browser takes words apart as the index does: every word of a site, compounds too."""

from __future__ import annotations

import json
from pathlib import Path

from macros.language import danish
from macros.pages.addresses import SEARCH_INDEX

_IN_BROWSER = """async ([texts, words]) => {
  const form = document.querySelector("form[data-search]");
  const { Index } = await import(new URL(form.dataset.script, location.href));
  const { language } = await Index.open(new URL(form.dataset.index, location.href));
  return [
    texts.map((text) => language.words(text)),
    words.map((word) => {
      const folded = language.fold(word);
      return [folded, language.base(folded), language.split(folded)];
    }),
  ];
}"""


class AsBrowsersKnow:
    """What a browser knows of a site's words, applied by our own rules."""

    def __init__(self, head: dict):
        self.words = head["words"].split()
        self._irregular = head["irregular"]
        self._folded = set(map(danish.fold, self.words))
        self._bases = set(map(self.base, self._folded))
        self._no_parts = set(map(danish.fold, danish.NO_PARTS))

    def base(self, folded: str) -> str:
        own = danish.stem(folded)
        return self._irregular.get(own, own)

    def is_part(self, folded: str) -> bool:
        if folded in self._no_parts:
            return False
        base = self.base(folded)
        return folded in self._folded or (len(base) > 3 and base in self._bases)

    def taken_apart(self, word: str) -> list:
        folded = danish.fold(word)
        parts = danish.take_apart(folded, self.is_part)
        return [folded, self.base(folded), [self.base(part) for part in parts]]


def differences(page, site: Path, texts: list[str]) -> tuple[list, int, int]:
    """Where the two sides differ; how many words were tried, and how many of them are compounds.

    page: a browser's, on a page of the site with a search field. texts: to be cut into words.
    """
    known = AsBrowsersKnow(json.loads((site / SEARCH_INDEX).read_text(encoding="utf-8")))
    # The site's own words, and as many that it has not: each two neighbours as a compound.
    neighbours = zip(known.words, known.words[7:], strict=False)
    joints = [danish.JOINTS[at % len(danish.JOINTS)] for at in range(len(known.words))]
    made = [f"{a}{joint}{b}" for (a, b), joint in zip(neighbours, joints, strict=False)]
    words = [*known.words, *made]

    cut, apart = page.evaluate(_IN_BROWSER, [texts, words])

    ours = [list(danish.words(text)) for text in texts] + list(map(known.taken_apart, words))
    theirs = [*cut, *apart]
    found = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    return found, len(words), sum(bool(parts) for _, _, parts in apart)
