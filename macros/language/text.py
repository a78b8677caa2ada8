"""Danish text: ids, sorting, joining, and how hard it is to read (LIX)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

# Signs that nobody sees: zero-width, soft hyphen, direction marks, controls, halves of signs. The
# joint within a picture of several people is none.
HIDDEN = re.compile(
    "[\u200b\u200c\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\u00ad"
    "\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]"
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001ffff])\u200d"
    "|\u200d(?![\u2600-\u27bf\U0001f000-\U0001ffff])"
)
_FOLD = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u", "ö": "o", "ä": "a"})
# Letters come after all other signs, in the order of the alphabet; a space before them.
_LETTERS = {letter: chr(0x10FF00 + at) for at, letter in enumerate("abcdefghijklmnopqrstuvwxyzæøå")}
_LIKE = {"é": "e", "ü": "y", "ö": "ø", "ä": "æ"}
_ORDER = str.maketrans(
    {" ": "\0", **_LETTERS, **{letter: _LETTERS[like] for letter, like in _LIKE.items()}}
)


def slug(text: str) -> str:
    """An address part: «Ældre på Røsnæs» -> `aeldre-paa-roesnaes`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().translate(_FOLD)).strip("-")


@lru_cache(maxsize=65536)
def danish_key(text: str) -> str:
    """Sort key with æ, ø, å last, upper and lower case together; «aa» is å, as in Aabenraa.

    As CLDR's collation for Danish has it. ICU's own would need a compiler on a fresh machine.
    """
    return text.lower().replace("aa", "å").translate(_ORDER)


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def number_key(number: str) -> tuple[int, str]:
    """Sort key for a document's own numbers: 2 before 10, IX before X; letters as they are."""
    if number.isdecimal():
        return int(number), ""
    if number and set(number) <= set(_ROMAN):
        values = [_ROMAN[sign] for sign in number]
        following = [*values[1:], 0]
        return sum(-v if v < n else v for v, n in zip(values, following, strict=True)), ""
    return 0, number


def join(items: Sequence[str], word: str = "og") -> str:
    """«a», «a og b», «a, b og c»; nothing for no items."""
    return f" {word} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def upfirst(text: str) -> str:
    """The text with a capital first; the rest as it is."""
    return text[:1].upper() + text[1:]


def lowfirst(text: str) -> str:
    """The text as it stands inside a sentence; an abbreviation keeps its capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


# A dot that ends no sentence: abbreviations, ordinals («4. december»), initials, sections.
_ABBREVIATION = re.compile(
    r"\b(bl\.a|f\.eks|fx|m\.m|m\.fl|mv|nr|ca|jf|kl|tlf|pkt|stk|dvs|osv|evt|inkl|ift|mht|pga|s|art|red)\.",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"(\d)\.(?=\s+[a-zæøå])")
_INNER = re.compile(r"(?<=[\w§])\.(?=\w)")
_ABBREVIATION_DOTS = re.compile(r"\.")
_END = re.compile(r"[.!?:]+(?=\s|$|[»”\")])|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
LONG_WORD = 7


def sentences(text: str) -> list[str]:
    """The text's sentences. Abbreviations, dates, figures and § end none."""
    calm = _ABBREVIATION.sub(lambda m: _ABBREVIATION_DOTS.sub("", m.group()), text)
    calm = _INNER.sub("", _ORDINAL.sub(r"\1", calm))
    return [part.strip() for part in _END.split(calm) if _WORD.search(part)]


def lix(texts: str | Iterable[str]) -> float:
    """Readability after Björnsson (1968): words per sentence + per cent of words over 6 letters.

    Several texts are counted as one, each ending its last sentence. 0.0 without words.
    """
    parts = [texts] if isinstance(texts, str) else list(texts)
    all_sentences = [sentence for part in parts for sentence in sentences(part)]
    words = [word for sentence in all_sentences for word in _WORD.findall(sentence)]
    if not words:
        return 0.0
    long_words = sum(len(word) >= LONG_WORD for word in words)
    return len(words) / len(all_sentences) + 100 * long_words / len(words)


def heading_slug(text: str, separator: str) -> str:
    """Markdown's heading ids, with æ, ø and å spelt out instead of dropped."""
    return slug(text)
