"""Some of the mutations of `make fuzz`: no traceback, no fault without a place, nothing broken."""

from conftest import LILLEVIG
from fuzz import NASTY, mutated


def test_nothing_an_editor_may_save_makes_the_program_fall(monkeypatch):
    # What is long is tried by `make fuzz`; here it would be half the time.
    monkeypatch.setattr("fuzz.NASTY", tuple(text for text in NASTY if len(text) < 100))

    found = list(mutated(LILLEVIG, 60, seed=3))

    assert len(found) == 60
    assert [trouble for trouble in found if trouble] == []
