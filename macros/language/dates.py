"""Dates as public documents give them: a day, a month, a year, a decade, or a span.

Written in EDTF (ISO 8601-2:2019, level 1 and the decade of level 2): `2024-12-04`,
`2024-06`, `2007`, `193X`, `193X/194X`. Shown in Danish through Babel.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_POINT = re.compile(r"(\d{3}X|\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True)
class HistoricalDate:
    """A date with the precision its source gives it, or the span between two such.

    text: the EDTF string. earliest, latest: the first and last day it can mean.
    """

    text: str
    earliest: date
    latest: date

    @classmethod
    def parse(cls, text: str) -> HistoricalDate:
        """Read an EDTF string; ValueError when it is none or no real date."""
        start, slash, end = text.partition("/")
        earliest, latest = _point(start)
        if slash:
            latest = _point(end)[1]
        if latest < earliest:
            raise ValueError(text)
        return cls(text, earliest, latest)

    @property
    def label(self) -> str:
        """In Danish: «4. december 2024», «juni 2024», «1930’erne og 1940’erne»."""
        start, _, end = self.text.partition("/")
        if not end:
            return _label(start)
        if len(start) == len(end) == 4 and "X" not in start:
            return f"{start}–{end}"
        if len(start) == len(end) == 10 and start[:7] == end[:7]:
            return f"{int(start[8:])}.–{_label(end)}"
        return f"{_label(start)} {'og' if 'X' in start else 'til'} {_label(end)}"

    @property
    def machine(self) -> str | None:
        """The value for HTML's <time datetime>, which knows neither decades nor spans."""
        return None if "X" in self.text or "/" in self.text else self.text

    def __lt__(self, other: HistoricalDate) -> bool:
        return (self.earliest, self.latest) < (other.earliest, other.latest)


def _point(text: str) -> tuple[date, date]:
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(text)
    year, month, day = match.groups()
    if year.endswith("X"):
        if month:
            raise ValueError(text)
        first = int(year[:3]) * 10
        return date(first, 1, 1), date(first + 9, 12, 31)
    first_month, last_month = (int(month), int(month)) if month else (1, 12)
    if not 1 <= first_month <= 12:
        raise ValueError(text)
    first_day = int(day) if day else 1
    last_day = int(day) if day else calendar.monthrange(int(year), last_month)[1]
    return date(int(year), first_month, first_day), date(int(year), last_month, last_day)


def _label(text: str) -> str:
    if text.endswith("X"):
        return f"{text[:3]}0’erne"
    from babel.dates import format_date  # only pages need it, and it is slow to import

    pattern = {4: "y", 7: "MMMM y", 10: "d. MMMM y"}[len(text)]
    return format_date(_point(text)[0], pattern, locale="da")
