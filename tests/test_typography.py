"""Text as it is set."""

import pytest

from macros.language.typography import hyphenated, keep_together


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("efter § 85", "efter §~85"),
        ("§§ 103 og 104", "§§~103 og 104"),
        ("18 % af os", "18~% af os"),
        ("den 4. maj 2023", "den 4.~maj 2023"),
        ("de 3 ord", "de 3 ord"),
    ],
)
def test_what_belongs_together_stays_on_one_line(text, kept):
    assert keep_together(text).replace("\N{NO-BREAK SPACE}", "~") == kept


def test_long_words_get_soft_hyphens_and_short_ones_do_not():
    shown = hyphenated("Helhedsorienteret tilgang").replace("\N{SOFT HYPHEN}", "·")

    assert shown.endswith(" tilgang") and "·" in shown
    assert shown.replace("·", "") == "Helhedsorienteret tilgang"
    parts = shown.split()[0].split("·")
    assert len(parts[0]) >= 3 and len(parts[-1]) >= 3
