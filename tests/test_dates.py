"""Dates of the precision a source gives them."""

from datetime import date

import pytest

from macros.language.dates import HistoricalDate


@pytest.mark.parametrize(
    ("text", "label", "machine"),
    [
        ("2023-05-04", "4. maj 2023", "2023-05-04"),
        ("2024-06", "juni 2024", "2024-06"),
        ("2007", "2007", "2007"),
        ("197X", "1970’erne", None),
        ("193X/194X", "1930’erne og 1940’erne", None),
        ("2023/2026", "2023–2026", None),
        ("2023-05-04/2023-05-05", "4.–5. maj 2023", None),
        ("2022-08/2023-06", "august 2022 til juni 2023", None),
    ],
)
def test_is_shown_in_danish_with_its_own_precision(text, label, machine):
    found = HistoricalDate.parse(text)

    assert (found.label, found.machine) == (label, machine)


def test_spans_from_the_first_to_the_last_day_it_can_mean():
    assert HistoricalDate.parse("2024-02").latest == date(2024, 2, 29)
    assert HistoricalDate.parse("193X/194X").latest == date(1949, 12, 31)


def test_sorts_by_when_it_begins_then_by_when_it_ends():
    texts = ["2024-12-04", "2024", "193X", "2024-01"]

    assert [d.text for d in sorted(map(HistoricalDate.parse, texts))] == [
        "193X",
        "2024-01",
        "2024",
        "2024-12-04",
    ]


@pytest.mark.parametrize(
    "text",
    ["2023-02-29", "2024-13", "24", "i går", "193X-04", "2024/2023", "2024-1-1", "", "2024/"],
)
def test_refuses_what_is_no_date(text):
    with pytest.raises(ValueError):
        HistoricalDate.parse(text)
