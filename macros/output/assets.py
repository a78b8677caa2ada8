"""Styles and scripts as they are served: each under an address with a hash of its content.

A script that imports another names it with that hash too, so that no browser runs an old one
beside a new one, and none twice.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

from macros.output import style

NAMES = (
    "assets/site.css",
    "assets/site.js",
    "assets/times.js",
    "assets/contents.js",
    "assets/week.js",
    "assets/calendar.js",
    "assets/qr.js",
    "assets/list.js",
    "assets/mylist.js",
    "assets/finder.js",
    "assets/found.js",
    "assets/forms.js",
    "assets/ics.js",
    "assets/search.js",
    "assets/index.js",
    "assets/acute.js",
    "assets/choice.js",
    "assets/query.js",
    "assets/words.js",
    "assets/read.js",
)
TIMES = "assets/times.js"
# What a script looks for on a page: only pages that have it load the script.
LOOKS_FOR = {
    TIMES: ("data-over", "data-geo", "data-subscribe"),
    "assets/finder.js": ("data-finder",),
    "assets/contents.js": ('class="toc"', 'class="text toc"'),
    "assets/week.js": ("data-week",),
    "assets/mylist.js": ("data-my-list",),
    "assets/forms.js": ("data-mail",),
    "assets/ics.js": ("data-calendar-file",),
}
# Scripts that take away what has passed since the build, before anything is seen.
BEFORE_PAINT = frozenset({TIMES, "assets/week.js"})
# Lines of remarks, empty lines, and indents. No text of ours runs over lines (tests/test_style.py).
_FOR_PEOPLE = re.compile(r"^[ \t]*(?://.*)?\n|^[ \t]+", re.MULTILINE)
_IMPORT = re.compile(r'(?<=from "\./)(\w+\.js)(?=";)')


def script(text: str) -> str:
    """A script without what only people need."""
    return _FOR_PEOPLE.sub("", text)


class Assets:
    """The assets of a project. root: its folder."""

    def __init__(self, root: Path):
        self._folder = root / "overrides"
        self._files: dict[str, bytes] = {}
        self.addresses: Mapping[str, str] = {name: self._address(name) for name in NAMES}

    @property
    def files(self) -> Mapping[str, bytes]:
        """Path and content of each."""
        return self._files

    def wanted(self, content: str) -> tuple[str, ...]:
        """The scripts that a page with this content needs beside the one that all have."""
        return tuple(
            name for name, marks in LOOKS_FOR.items() if any(mark in content for mark in marks)
        )

    def _address(self, name: str) -> str:
        return f"{name}?v={hashlib.sha256(self._content(name)).hexdigest()[:8]}"

    def _content(self, name: str) -> bytes:
        if name not in self._files:
            text = (
                style.stylesheet("site.css")
                if name == style.SITE
                else script((self._folder / name).read_text(encoding="utf-8"))
            )
            self._files[name] = _IMPORT.sub(self._imported, text).encode()
        return self._files[name]

    def _imported(self, match: re.Match[str]) -> str:
        return self._address(f"assets/{match[1]}").removeprefix("assets/")
