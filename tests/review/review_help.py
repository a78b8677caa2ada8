"""What people write in need leads to help, and what only sounds like it does not (this content)."""

from __future__ import annotations

import pytest
import yaml
from conftest import ROOT
from looks import asked

FILE = ROOT / "data/_review/acute.yml"
ASKED = yaml.safe_load(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
pytestmark = pytest.mark.skipif(not ASKED, reason="no such questions are written for this content")


def test_need_is_known_and_nothing_else_is_taken_for_it(opened, address):
    page = opened()
    wrong = []
    for kind, wanted in (("acute", True), ("harmless", False)):
        for question in ASKED[kind]:
            shown = asked(page, address, question)
            if (shown.locator(".hits-help").count() > 0) != wanted:
                wrong.append((kind, question))
    page.context.close()

    assert min(map(len, ASKED.values())) >= 40 and wrong == []
