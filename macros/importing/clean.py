"""Foreign text -> plain lines: no HTML, no code of a template or a spreadsheet, nothing hidden."""

from __future__ import annotations

import html
import re

import nh3

from macros.language.text import HIDDEN

MAX_TEXT = 8_000  # signs of one field that are looked at


def plain(text: object, limit: int = 1500) -> tuple[str, list[str]]:
    """Foreign text as plain lines, and what was done to it; «» for what is no text."""
    if not isinstance(text, str):
        return "", []
    # Half a sign (a lone surrogate) cannot be saved.
    raw = str(text).encode("utf-8", "ignore").decode()
    notes = []
    if len(raw) > MAX_TEXT:  # nested code costs the square of its depth
        raw, notes = raw[:MAX_TEXT], [f"teksten er forkortet til {limit} tegn"]
    clean = re.sub(r"(?i)<br\s*/?>|</(p|div|li|h\d)>", "\n", raw)
    clean = re.sub(r"<(https?://[^<>\s]+|[\w.+-]+@[\w.-]+)>", r" \1 ", clean)
    spaced = clean
    # What was escaped once more than needed comes out as code, so it goes through again.
    for _ in range(4):
        before, clean = clean, _unescaped(nh3.clean(_escaped(clean), tags=set()))
        if clean == before:
            break
    clean = re.sub(r"</?[a-zA-Z][^<>]*>", " ", clean)
    clean = re.sub(r"&(?=\w+;)", "& ", clean)
    if clean.split() != spaced.split():
        notes.append("HTML-kode er fjernet")
    # A formula in a spreadsheet, code in a template, signs that nobody sees.
    clean = HIDDEN.sub("", re.sub(r"[\t\u2028\u2029]", " ", clean))
    clean = re.sub(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\*\*|\]\(", " ", clean).lstrip("=+@-\t ")
    lines = (" ".join(line.split()) for line in clean.splitlines())
    clean = "\n".join(line for line in lines if line)
    if len(clean) > limit:
        clean = clean[: limit - 2].rsplit(" ", 1)[0] + " …"
        notes = [*notes, f"teksten er forkortet til {limit} tegn"]
    return clean, list(dict.fromkeys(notes))


_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")


def _escaped(text: str) -> str:
    """Text whose & that begin no entity are escaped: «?a=1&copy=2», «Q&A»."""
    return re.sub(rf"&(?!{_ENTITY.pattern[1:]})", "&amp;", text)


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)


def line(text: object) -> str:
    """Foreign text as one line of a title's length."""
    return " ".join(plain(text, 160)[0].split())[:160]
