"""The same edits on this content, in a copy: published, or told by `check`."""

from __future__ import annotations

import shutil

import pytest
from compare import ROOT
from edits import EDITS, EITHER, NothingToEdit, opened, outcome


@pytest.mark.parametrize(("name", "expected", "change"), EDITS, ids=[name for name, *_ in EDITS])
def test_an_edit_is_published_or_told(name, expected, change, tmp_path, record_property):
    for part in ("macros", "overrides", "mkdocs.yml"):
        (tmp_path / part).symlink_to(ROOT / part)
    for part in ("data", "docs"):
        shutil.copytree(ROOT / part, tmp_path / part)
    (ROOT / ".build/pdf").mkdir(parents=True, exist_ok=True)
    (tmp_path / ".build").mkdir()
    (tmp_path / ".build/pdf").symlink_to(ROOT / ".build/pdf")
    try:
        found, faults = outcome(opened(tmp_path), change)
    except NothingToEdit as nothing:
        pytest.skip(f"der er ikke noget at rette: {nothing}")

    record_property("outcome", found)
    print(f"{name}: {found}", *map(str, faults[:3]), sep="\n    ")
    assert expected in (found, EITHER), "\n".join(map(str, faults))
