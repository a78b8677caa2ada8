"""Hypothesis' schedules: every rule the model accepts, with exceptions, pauses and holidays."""

from __future__ import annotations

from datetime import date, time, timedelta

from hypothesis import strategies as st

from macros.data.activity import WEEKDAYS, Schedule

# Around leap days, both changes of the clocks, the turn of the year and the movable holidays.
DAYS = st.dates(date(2023, 1, 1), date(2028, 5, 31))
# No activity begins while the clocks are changed; see the test on those hours.
CLOCKS = st.times(time(0), time(23)).map(
    lambda t: t.replace(minute=t.minute // 5 * 5, second=0, microsecond=0, fold=0)
)


@st.composite
def schedules(draw, pauses: str | None = None) -> Schedule:
    """A valid schedule; pauses: the holiday plan it may keep to."""
    repeats = draw(st.sampled_from(["hver uge", "hver måned", "enkelte dage"]))
    start = draw(CLOCKS)
    values: dict = {"repeats": repeats, "start": start}
    if start < time(22) and draw(st.booleans()):
        values["end"] = time(start.hour + draw(st.integers(1, 23 - start.hour)), start.minute)
    if repeats == "enkelte dage":
        values["dates"] = tuple(draw(st.lists(DAYS, min_size=1, max_size=6, unique=True)))
        near = st.sampled_from(values["dates"])
    else:
        first = draw(DAYS)
        names = draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1, max_size=3))
        every = draw(st.integers(1, 5))
        if every > 1:
            names.add(WEEKDAYS[first.weekday()])
        values |= {"weekdays": tuple(sorted(names)), "every": every}
        if every > 1 or draw(st.booleans()):
            values["first"] = first
        if repeats == "hver måned":
            values["which"] = draw(
                st.sampled_from(["første", "anden", "tredje", "fjerde", "sidste"])
            )
        if draw(st.booleans()):
            values["last"] = first + timedelta(days=draw(st.integers(0, 900)))
        near = st.integers(0, 400).map(lambda days: first + timedelta(days=days))
    values["not_on"] = tuple(draw(st.lists(near, max_size=4)))
    values["cancelled"] = tuple(draw(st.lists(near, max_size=4)))
    values["not_on_public_holidays"] = draw(st.booleans())
    values["pauses"] = draw(st.sampled_from([None, pauses]))
    return Schedule.model_validate(values)
