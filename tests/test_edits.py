"""An editor's edits: what `check` passes is published; what it does not pass, it tells."""

from __future__ import annotations

import pytest
from conftest import make_project
from edits import EDITS, EITHER, opened, outcome

BY_NAME = {name: (expected, change) for name, expected, change in EDITS}


@pytest.mark.parametrize("name", BY_NAME)
def test_an_edit_is_published_or_told(name, tmp_path):
    expected, change = BY_NAME[name]

    found, faults = outcome(opened(make_project(tmp_path)), change)

    assert expected in (found, EITHER), "\n".join(map(str, faults))


def test_there_are_at_least_thirty():
    assert len(BY_NAME) == len(EDITS) >= 30
