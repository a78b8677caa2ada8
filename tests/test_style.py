"""The tokens: each colour and size stands once, and text can be read in every scheme."""

import re

import pytest
from conftest import ROOT, some

from macros.data.fields import fields
from macros.data.strategy import Area
from macros.output.assets import script
from macros.output.style import tokens

SCHEMES = ("light", "dark", "print")
ACCENTS = fields(Area)["accent"].words


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2) of #rgb or #rrggbb."""
    digits = colour.removeprefix("#")
    digits = "".join(sign * 2 for sign in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_wcag():
    assert round(contrast("#000", "#fff"), 2) == 21
    assert round(contrast("#777777", "#fff"), 2) == 4.48


# Text -> the grounds that it stands on.
TEXT = {
    "ink": ("ground", "paper", "warm"),
    "soft": ("ground", "paper", "warm"),
    "link": ("ground", "paper", "warm"),
    "head-ink": ("head",),
    "button-ink": ("button",),
    "read-ink": ("read",),
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_has_the_contrast_of_aa_on_every_ground(scheme):
    told = tokens(scheme)
    pairs = [(ink, ground) for ink, grounds in TEXT.items() for ground in grounds]
    if scheme != "print":  # on paper accents are lines, and grounds are white
        pairs += [(hue, ground) for hue in ACCENTS for ground in ("ground", "paper", f"{hue}-tint")]
        pairs += [("ink", f"{hue}-tint") for hue in ACCENTS]

    low = {
        pair: round(ratio, 2)
        for pair in pairs
        if (ratio := contrast(told[pair[0]], told[pair[1]])) < 4.5
    }

    assert len(ACCENTS) == 6 and low == {}


def test_accents_are_seen_on_paper():
    for hue in ACCENTS:
        assert contrast(tokens("print")[hue], "#fff") >= 4.5, hue
        assert contrast(tokens("light")["quiet"], "#fff") >= 4.5


def test_a_colour_stands_in_the_tokens_and_nowhere_else():
    files = [
        *(path for path in (ROOT / "overrides").rglob("*") if path.suffix in (".css", ".html")),
        *(ROOT / "macros").rglob("*.py"),
    ]
    found = {
        path.name: colours
        for path in files
        if path.name != "tokens.css"
        and (
            colours := re.findall(
                r"(?<![&\w/])#(?:[0-9a-f]{6}|[0-9a-f]{3})\b(?![-\w])",
                path.read_text(encoding="utf-8"),
            )
        )
    }

    assert len(files) > 80 and found == {}


SPACES = r"(?:padding|margin)(?:-[a-z-]+)?|gap|row-gap|column-gap"
LETTERS = r"font-size|font"
CORNERS = r"border(?:-[a-z]+)*-radius"


def test_spaces_letters_and_corners_are_those_of_the_tokens():
    css = (ROOT / "overrides/assets/site.css").read_text(encoding="utf-8")
    screen, _, paper = css.partition("@media print {\n")
    lengths = {
        "spaces": re.findall(rf"[{{;\s](?:{SPACES}): ([^;}}]+)", screen),
        "letters": re.findall(rf"[{{;\s](?:{LETTERS}): ([^;}}]+)", screen),
        "corners": re.findall(rf"[{{;\s](?:{CORNERS}): ([^;}}]+)", screen),
    }
    # What follows the window's width, and the column of source marks beside the text.
    fluid = ("clamp(", "-12rem", "-13.5rem")

    own = {
        name: found
        for name, values in lengths.items()
        if (
            found := [
                value
                for value in values
                if re.search(r"(?<![\w-])\d*\.?\d+(?:rem|px)", value)
                and not any(part in value for part in fluid)
                and value != "-1px"
            ]
        )
    }

    assert sum(map(len, lengths.values())) > 300 and paper
    assert own == {}


def test_scripts_are_served_without_what_only_people_need():
    """Taking away lines and indents is safe as long as no text runs over lines."""
    for path in some((ROOT / "overrides/assets").glob("*.js")):
        text = path.read_text(encoding="utf-8")
        assert not [line for line in text.splitlines() if line.count("`") % 2], path.name
        assert not [line for line in text.splitlines() if line.endswith("\\")], path.name
    served = script("// Why.\n\nconst a = {\n  // How.\n  b: 'https://c',\n};\n")
    assert served == "const a = {\nb: 'https://c',\n};\n"
