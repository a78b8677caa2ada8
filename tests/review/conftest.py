"""What `make review` judges: the content that lies in this repository, as it is today.

It knows no content itself. What must hold of just this content is written in `data/_review/`:
`facts.yml` and the queries of the search in `queries/`. It reports; no editor waits for it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

ROOT = Path(os.environ.get("REVIEWED", Path(__file__).resolve().parents[2])).resolve()
KEPT = ROOT / "data/_review"
# The product's tests live in a day of their own; content is judged as readers meet it.
os.environ.pop("TODAY", None)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The content's site, built once for today."""
    from macros.adapter.build import build

    target = tmp_path_factory.mktemp("review") / "site"
    build(ROOT, target)
    return target


@pytest.fixture(scope="session")
def data():
    from macros.reading.load import load

    return load(ROOT)


@pytest.fixture(scope="session")
def facts() -> dict:
    file = KEPT / "facts.yml"
    return yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}


@pytest.fixture(scope="session")
def documents(site) -> dict[str, BeautifulSoup]:
    """Each page's address -> what stands on it."""
    return {
        path.relative_to(site).as_posix().removesuffix("index.html"): BeautifulSoup(
            path.read_text(encoding="utf-8"), "html5lib"
        )
        for path in sorted(site.rglob("*.html"))
    }
