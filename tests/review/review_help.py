"""What people write in need leads to help, and what only sounds like it does not (this content)."""

from __future__ import annotations

import pytest
import yaml
from conftest import ROOT
from looks import asked

FILE = ROOT / "data/_review/acute.yml"
ASKED = yaml.safe_load(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
pytestmark = pytest.mark.skipif(not ASKED, reason="no such questions are written for this content")


@pytest.mark.parametrize(("kind", "wanted"), [("acute", True), ("harmless", False)])
def test_need_is_known_and_nothing_else_is_taken_for_it(opened, address, kind, wanted):
    page = opened()
    wrong = []
    for question in ASKED[kind]:
        shown = asked(page, address, question)
        if (shown.locator(".hits-help").count() > 0) != wanted:
            wrong.append(question)
    page.context.close()

    assert len(ASKED[kind]) >= 40 and wrong == []
