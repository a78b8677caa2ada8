"""What a new kind of page takes, done for real: a model, a view, a row, a template."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from conftest import LILLEVIG, ROOT

MODEL = '''

class Recipe(Thing):
    """Something to cook together."""

    title: Line = described("Ret")
    passages: Passages = described("Fremgangsmåde", min_length=1)
'''
VIEW = '''"""A recipe's page."""

from dataclasses import dataclass

from macros.data.catalogue import Recipe
from macros.pages.edition import Edition
from macros.pages.page import Page
from macros.pages.views.text import Shown, marks


@dataclass(frozen=True, kw_only=True)
class RecipePage(Shown):
    recipe: Recipe


def view(edition: Edition, page: Page) -> RecipePage:
    recipe = edition.thing(page)
    return RecipePage(page=page, marks=marks(edition.site, recipe), recipe=recipe)
'''
TEMPLATE = """{% from "partials/text.html" import passages with context %}
<div class="text"><h1>{{ recipe.title }}</h1>
{{ passages(recipe.passages) }}</div>
"""
RECIPE = """title: Kvædesuppe på torvet
passages:
  - text: Kog kvæderne møre. Kvædesuppe smager bedst sammen.
    ours: true
"""
# File -> what replaces what in it, or its text: all that is done by hand.
FILE_KIND = '    Kind("recipe", Recipe, "recipes/*", "opskrift"),\n'
PAGE_KIND = """\
    PageKind("recipe", "opskrifter/", "Opskrift", "Opskrifter", "recipe.view",
             lambda site: site.of_kind("recipe"), read_aloud=True),
"""
BY_HAND = {
    "macros/data/catalogue.py": [("\n\nKINDS = (\n", f"{MODEL}\n\nKINDS = (\n{FILE_KIND}")],
    "macros/pages/kinds.py": [("PAGE_KINDS = (\n", f"PAGE_KINDS = (\n{PAGE_KIND}")],
    "macros/pages/views/recipe.py": VIEW,
    "overrides/pages/recipe.html": TEMPLATE,
}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A copy of the product with a new kind of page, and Lillevig with one of it, built."""
    folder = tmp_path_factory.mktemp("nyt") / "projekt"
    for name in ("macros", "overrides"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in ("data", "docs"):
        shutil.copytree(LILLEVIG / name, folder / name)
    for name, change in BY_HAND.items():
        file = folder / name
        if isinstance(change, str):
            file.write_text(change, encoding="utf-8")
            continue
        text = file.read_text(encoding="utf-8")
        for old, new in change:
            assert old in text, (name, old)
            text = text.replace(old, new, 1)
        file.write_text(text, encoding="utf-8")
    (folder / "data/recipes").mkdir()
    (folder / "data/recipes/kvaedesuppe.yml").write_text(RECIPE, encoding="utf-8")
    (folder / "docs/opskrifter.md").write_text(
        "---\ntitle: Opskrifter\ndescription: Mad.\nmenu: 9\n---\n\n"
        "Se [suppen](/opskrifter/kvaedesuppe/).\n",
        encoding="utf-8",
    )
    run = subprocess.run(
        [sys.executable, "-m", "macros", "build"],
        cwd=folder,
        env={**os.environ, "SITE_URL": "https://lillevig.example/"},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return folder / "site"


def read(path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html5lib")


def test_no_more_than_four_files_are_touched_by_hand():
    assert len(BY_HAND) <= 4


def test_its_page_stands_in_the_frame_and_can_be_read_aloud(house):
    page = read(house / "opskrifter/kvaedesuppe/index.html")

    assert page.h1.get_text() == "Kvædesuppe på torvet"
    assert page.select_one("[data-read] [data-play]")
    assert page.select_one(".crumbs").get_text(" ", strip=True) == (
        "Forside Opskrifter Kvædesuppe på torvet"
    )


def test_it_stands_in_menu_index_search_and_sitemap(house):
    front, search = read(house / "index.html"), read(house / "soeg/index.html")

    assert front.find("nav").find("a", string="Opskrifter")["href"] == "opskrifter/"
    assert search.find("a", string="Kvædesuppe på torvet")
    head = json.loads((house / "data/soeg/indeks.json").read_text(encoding="utf-8"))
    assert "kvædesuppe" in head["words"].split()
    texts = "".join(p.read_text(encoding="utf-8") for p in (house / "data/soeg").rglob("tekst*"))
    assert '"Opskrift"' in texts and "opskrifter/kvaedesuppe/" in texts
    sitemap = (house / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://lillevig.example/opskrifter/kvaedesuppe/</loc>" in sitemap


def test_a_kind_without_a_template_cannot_be_forgotten():
    from macros.data.kinds import KINDS
    from macros.pages.kinds import PAGE_KINDS, PRINTOUTS

    written = {path.stem for path in (ROOT / "overrides/pages").glob("*.html")}
    made = {kind.name for kind in PAGE_KINDS} - {"doc"}

    assert made <= written
    assert written - made == {"printout", "lost"}
    assert {path.stem for path in (ROOT / "overrides/printouts").glob("*.html")} >= set(PRINTOUTS)
    assert all(callable(kind.view) for kind in PAGE_KINDS if kind.name != "doc")
    # A page shows a thing of a kind there is, but for a day's lists and what is made of a thing.
    assert made - {kind.name for kind in KINDS} == {
        "listing",
        "showing",
        "week",
        "role_here",
        "easy",
        "easy_here",
    }
