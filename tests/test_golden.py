"""The fictional municipality's pages, whole. `make accept` takes the present ones as right."""

import os
import re
from pathlib import Path

from conftest import LILLEVIG

EXPECTED = LILLEVIG / "expected"


def rendered(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): re.sub(
            r"(site\.css\?v=)\w+", r"\1…", path.read_text(encoding="utf-8")
        )
        for path in sorted(site.rglob("*.html"))
    }


def test_pages_are_as_accepted(golden_site):
    found = rendered(golden_site)
    if os.environ.get("ACCEPT"):
        for old in EXPECTED.rglob("*.html"):
            old.unlink()
        for name, text in found.items():
            (EXPECTED / name).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / name).write_text(text, encoding="utf-8")

    assert found, "intet blev bygget"
    assert found == rendered(EXPECTED), "kør «make accept», og læs «git diff», hvis det er meningen"
