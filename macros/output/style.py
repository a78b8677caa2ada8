"""The stylesheets, each with the tokens in front: colours, letters and sizes stand once.

`overrides/assets/tokens.css` is read by the browser, by WeasyPrint and, for the pictures, here.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).parents[2] / "overrides/assets"
SITE = "assets/site.css"
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_TEXT_OR_SPACE = re.compile(r'("[^"]*")|\s*([{};,])\s*|(:)\s+|\s+')
_TOKEN = re.compile(r"--([\w-]+):\s*([^;]+);")


def stylesheet(name: str) -> str:
    """A stylesheet (`site.css`, `print.css`) with the tokens in front, without comments and without
    the space that only people need."""
    files = (ASSETS / file for file in ("tokens.css", name))
    text = _COMMENT.sub("", "\n".join(file.read_text(encoding="utf-8") for file in files))
    return _TEXT_OR_SPACE.sub(lambda found: found[1] or found[2] or found[3] or " ", text)


@cache
def tokens(scheme: str = "light") -> dict[str, str]:
    """Token -> its value in a scheme: light, dark or print."""
    text = (ASSETS / "tokens.css").read_text(encoding="utf-8")
    light, _, others = text.partition("@media (prefers-color-scheme: dark)")
    dark, _, printed = others.partition("@media print")
    values = dict(_TOKEN.findall(light))
    return values | dict(_TOKEN.findall({"light": "", "dark": dark, "print": printed}[scheme]))
