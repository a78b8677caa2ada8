"""What a Markdown page may call, and how it reaches the rendered HTML.

A macro returns a marker that holds a name and an id, nothing else. Neither Jinja nor
Markdown therefore ever meets text from `data/`; `render` puts the partial in the
marker's place when the page's HTML is there.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from macros.pages.parts import PARTS

_CALL = re.compile(r"\{\{ ?(\w+)\(\) ?\}\}")
_MARKER = re.compile(r'<div data-part="([a-z]+)"></div>')


def calls(text: str) -> list[str]:
    """The names that a page's Markdown calls."""
    return [name for name in _CALL.findall(text) if name in PARTS]


def maker(name: str) -> Callable[[], str]:
    """The macro of that name."""

    def macro() -> str:
        return f'<div data-part="{name}"></div>'

    macro.__name__ = name
    return macro


def named(html: str) -> list[str]:
    """The names that a page's HTML has markers for."""
    return _MARKER.findall(html)


def fill(html: str, part: Callable[[str], str]) -> str:
    """`html` with each marker replaced by `part(name)`."""
    return _MARKER.sub(lambda match: part(match.group(1)), html)
