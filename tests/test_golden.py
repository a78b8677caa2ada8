"""The fictional municipality's pages, whole. `make accept` takes the present ones as right."""

import os
import re
from pathlib import Path

from conftest import LILLEVIG

EXPECTED = LILLEVIG / "expected"


def rendered(site: Path) -> dict[str, str]:
    """The front page whole, and of every other page what is inside the frame."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        name, text = path.relative_to(site).as_posix(), path.read_text(encoding="utf-8")
        inside = re.search(r"<main.*</main>\n", text, re.DOTALL)
        found[name] = text if name == "index.html" or not inside else inside.group()
        # Assets have tests of their own; how a machine sets text decides a PDF file's size.
        found[name] = re.sub(r"(\.(?:css|js)\?v=)[\w…]+", r"\1…", found[name])
        found[name] = re.sub(r"\([\d…]+\N{NO-BREAK SPACE}kB\)", "(… kB)", found[name])
    return found


def test_pages_are_as_accepted(golden_site):
    found = rendered(golden_site)
    assert found, "intet blev bygget"
    if os.environ.get("ACCEPT"):
        for old in EXPECTED.rglob("*.html"):
            old.unlink()
        for name, text in found.items():
            (EXPECTED / name).parent.mkdir(parents=True, exist_ok=True)
            (EXPECTED / name).write_text(text, encoding="utf-8")

    assert found == rendered(EXPECTED), "kør «make accept», og læs «git diff», hvis det er meningen"
