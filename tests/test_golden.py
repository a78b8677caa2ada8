"""The fictional municipality's pages, whole: one of each kind, and what is nearly empty.

`make accept` takes the present ones as right; read `git diff` after.
"""

import os
import re
from pathlib import Path

import pytest
from conftest import LILLEVIG, one_of_each_kind

EXPECTED = LILLEVIG / "expected"
# Pages of things of which little is told: every gap shows on them.
GAPS = (
    "aktiviteter/dans-i-regnen/",
    "foreninger/raadet/",
    "ideer/flag/",
    "kilder/lillevig-brev/",
    "ordliste/paragraf-1/",
    "strategier/lillevig-katalog/torvet/",
    "strategier/lillevig-nabohjaelp/haven/",
)
PAGES = sorted({*one_of_each_kind(), *GAPS})


def file(path: str) -> str:
    return path if path.endswith(".html") else f"{path}index.html"


def shown(text: str, whole: bool) -> str:
    """A page without what assets and a machine's typesetting decide; its frame once."""
    inside = re.search(r"<main.*</main>\n", text, re.DOTALL)
    text = text if whole or not inside else inside.group()
    text = re.sub(r"(\.(?:css|js)\?v=)[\w…]+", r"\1…", text)
    return re.sub(r"\([\d…]+\N{NO-BREAK SPACE}kB\)", "(… kB)", text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_as_accepted(path, site):
    found = shown((site / file(path)).read_text(encoding="utf-8"), whole=not path)
    kept = EXPECTED / file(path)
    if os.environ.get("ACCEPT"):
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(found, encoding="utf-8")

    assert found == kept.read_text(encoding="utf-8"), "kør «make accept», og læs «git diff»"


def test_no_accepted_page_is_left_over():
    kept = {path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*.html")}
    if os.environ.get("ACCEPT"):
        for name in kept - {file(path) for path in PAGES}:
            Path(EXPECTED, name).unlink()
        return

    assert kept == {file(path) for path in PAGES}
