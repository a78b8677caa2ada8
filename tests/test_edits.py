"""An editor's edits: what `check` passes is published; what it does not pass, it tells."""

from __future__ import annotations

import pytest
from conftest import loaded, make_project, sweep
from edits import EDITS, EITHER, opened, outcome

BY_NAME = {name: (expected, change) for name, expected, change in EDITS}


# Each takes a build; every fourth is tried at once.
SOME = [name if at % 4 == 0 else sweep(name) for at, name in enumerate(BY_NAME)]


@pytest.mark.parametrize("name", SOME)
def test_an_edit_is_published_or_told(name, tmp_path):
    expected, change = BY_NAME[name]

    found, faults = outcome(opened(make_project(tmp_path), loaded()), change)

    assert expected in (found, EITHER), "\n".join(map(str, faults))


def test_there_are_at_least_thirty():
    assert len(BY_NAME) == len(EDITS) >= 30
