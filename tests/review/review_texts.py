"""How hard the finished pages are to read (LIX), and what they weigh."""

from __future__ import annotations

import gzip
import re

import pytest
from bs4 import BeautifulSoup

from macros.language.text import lix
from macros.rules import readability


def prose(tag) -> list[str]:
    """The running text of a piece of HTML: no marks, no names of links, no lists of titles."""
    found = []
    for piece in tag.find_all(["p", "li"]):
        if piece.find(["p", "li"]) or piece.find_parent(["nav", "footer"]):
            continue
        quiet = ["coverage", "sources", "offer", "tags", "times", "next", "subscribe", "ways"]
        if piece.find_parent(class_=quiet) or "offer" in piece.get("class", []):
            continue
        if set(piece.get("class", [])) & {"eyebrow", "official", "word-title", "word-foot", "when"}:
            continue
        copy = BeautifulSoup(str(piece), "html5lib")
        for quiet in copy.find_all(class_=["cite", "ours", "unseen", "number", "who"]):
            quiet.extract()
        text = copy.get_text().strip()
        if text and not (piece.a and piece.a.get_text().strip() == text):
            found.append(text)
    return found


@pytest.fixture(scope="module")
def measure(data):
    """A function: piece of HTML -> its texts and their LIX, names counted as one word."""
    names = readability._names(data)

    def measured(tag) -> tuple[list[str], float]:
        texts = [names.sub("navn", text) for text in prose(tag)]
        return texts, lix(texts)

    return measured


def test_front_and_role_pages_are_easy(documents, data, measure):
    easy = ["", "hvad-kan-du-goere/", *(f"hvad-kan-du-goere/{role.id}/" for role in data.roles[:1])]
    found = {name: measure(documents[name].main) for name in easy if name in documents}

    assert all(texts for texts, _ in found.values())
    assert {name: n for name, (_, n) in found.items() if n > readability.EASY} == {}


def test_every_kort_fortalt_is_easy_and_every_page_is_plain(documents, measure):
    hard, measured = {}, 0
    for name, page in documents.items():
        for short in page.find_all(class_="short"):
            if (found := measure(short)[1]) > readability.EASY:
                hard[name, "kort fortalt"] = found
            measured += 1
        texts, found = measure(page.main) if page.main else ([], 0)
        # An overview of titles and a single definition are too short to be measured as prose.
        if len(texts) >= 5 and found > readability.PLAIN:
            hard[name] = found

    assert measured and hard == {}


# Address -> the most its pages may weigh, with style and scripts, in bytes of gzip.
BUDGETS = ((r"", 25_000), (r"(strategier|hvad-kan-du-goere|ideer)/.+/", 30_000),
           (r"aktiviteter/", 30_000), (r"aktiviteter/(foreslaa|sig-til|min-liste|uge)/", 30_000),
           (r"aktiviteter/(?!(foreslaa|sig-til|min-liste|uge)/)[^/]+/", 22_000))  # fmt: skip


def test_pages_weigh_no_more_than_their_budgets(site, documents):
    def packed(name: str) -> int:
        return len(gzip.compress((site / name).read_bytes(), mtime=0))

    shared = packed("assets/site.css") + packed("assets/site.js")
    more = {name: packed(f"assets/{name}") for name in ("times.js", "finder.js", "forms.js")}
    heavy = {}
    for name in documents:
        for pattern, budget in BUDGETS:
            if re.fullmatch(pattern, name) and not name.endswith("print/"):
                html = (site / name / "index.html").read_text(encoding="utf-8")
                weight = packed(f"{name}index.html") + shared
                weight += sum(size for script, size in more.items() if f"{script}?v=" in html)
                if weight > budget:
                    heavy[name] = weight

    assert heavy == {}
