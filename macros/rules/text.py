"""Rules on every piece of text in `data/`: no code, no hidden signs, no debris of a scanner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.data.document import Document
from macros.data.faults import Fault, shown
from macros.data.values import Path
from macros.language.text import HIDDEN
from macros.rules.registry import text_rule


@text_rule
def no_template_code(document: Document, where: Path, value: str) -> Iterator[Fault]:
    """Text holds no Jinja delimiters: {{, {% and {# are code, never content."""
    if match := re.search(r"\{\{|\{%|\{#", value):
        yield document.fault(
            where, f"teksten indeholder «{match.group()}», som er programkode", "slet tegnene"
        )


_UNSAFE = re.compile(r"(?:java|vb)\s*script\s*:|\bdata\s*:\s*\w+/\w+[;,]", re.IGNORECASE)


@text_rule
def no_unsafe_link(document: Document, where: Path, value: str) -> Iterator[Fault]:
    """Text holds no address that runs code or embeds a file (javascript:, data:, vbscript:)."""
    if match := _UNSAFE.search(value):
        yield document.fault(
            where,
            f"teksten indeholder en usikker adresse («{match.group()}»)",
            "brug en almindelig adresse, som begynder med https://",
        )


@text_rule
def no_hidden_signs(document: Document, where: Path, value: str) -> Iterator[Fault]:
    """Text holds no signs that nobody sees: zero-width, soft hyphen, direction marks, controls."""
    if match := HIDDEN.search(value):
        yield document.fault(
            where,
            f"teksten indeholder et usynligt tegn (U+{ord(match.group()):04X})",
            "slet ordet, og skriv det igen",
        )


@text_rule
def no_markup(document: Document, where: Path, value: str) -> Iterator[Fault]:
    """Text is text: no HTML tags or entities, no Markdown links or bold."""
    if match := re.search(r"</?[a-zA-Z][^<>]*>|&\w+;|\*\*|\]\(", value):
        yield document.fault(
            where,
            f"teksten indeholder koden «{shown(match.group())}»",
            "slet koden, og behold teksten; links og fed skrift kan ikke bruges",
        )


LONG_TEXT = 160
# What no Danish word does: begin with a consonant before g, write ae for æ, hold a digit.
_NEVER_SCANNED = ("data/activities/", "data/places/", "data/postcodes/")
_DEBRIS = re.compile(
    r"[\ufffd]|Ã.|â€|(?i:\b(?:gget|pa|ogsa|paa|faa)\b|p&|faell|feell|vaer|saer|laer|naer|omrad|traed|maess)"
    r"|\b[B-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]g[b-df-hj-np-tv-z]"
    r"|[a-zæøå]\d+[a-zæøå]"
)


@text_rule
def no_ocr_debris(document: Document, where: Path, value: str) -> Iterator[Fault]:
    """Danish text has its æ, ø and å, and no letters that a scanner took for others."""
    if " " not in value or "://" in value or document.path.startswith(_NEVER_SCANNED):
        return
    if match := _DEBRIS.search(value):
        before, after = value[: match.start()], value[match.start() :]
        word = re.search(r"[\w&]*$", before).group() + re.match(r"[\w&]*", after).group()
        yield document.fault(
            where,
            f"«{word}» ligner en fejl fra en skannet tekst",
            "skriv ordet rigtigt med æ, ø og å",
        )
        return
    if len(value) >= LONG_TEXT and not re.search(r"[æøåÆØÅ]", value):
        yield document.fault(
            where,
            f"en tekst på {len(value)} tegn har hverken æ, ø eller å",
            "læs teksten igennem, og skriv æ, ø og å, hvor de er faldet ud",
        )
