"""The site's pictures, and what points to them."""

import io
import json

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from macros.output import pictures


@pytest.fixture
def project(built):
    return built


def test_the_pictures_have_their_sizes_and_are_the_same_each_time():
    files = pictures.files("Naboer i Lillevig")
    pictures.files.cache_clear()

    assert files == pictures.files("Naboer i Lillevig")
    for size, path in pictures.ICONS.items():
        assert Image.open(io.BytesIO(files[path])).size == (size, size)
    shared = Image.open(io.BytesIO(files[pictures.SHARED]))
    assert shared.size == (1200, 630)
    assert shared.convert("RGB").getpixel((0, 0)) == (29, 74, 74)


def test_a_long_name_fits_and_a_short_one_does_too():
    for name in ("Livet", "Naboer i Lillevig og Storvang og i hele egnen omkring åen", "Ny"):
        shared = pictures.files(name)[pictures.SHARED]
        edge = Image.open(io.BytesIO(shared)).convert("RGB").crop((1150, 0, 1200, 630))
        assert edge.getcolors() == [(50 * 630, (29, 74, 74))], name


def test_pages_point_to_icons_and_manifest_and_robots_may_come(site):
    page = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html5lib")
    for rel in ("icon", "apple-touch-icon", "manifest"):
        assert (site / page.find("link", rel=rel)["href"]).is_file()
    manifest = json.loads((site / "manifest.webmanifest").read_text(encoding="utf-8"))
    for icon in manifest["icons"]:
        assert (site / icon["src"]).is_file()

    assert "Allow: /" in (site / "robots.txt").read_text(encoding="utf-8")
    assert page.find("meta", property="og:title")["content"] == "Naboer i Lillevig"
    # Without an address nobody can say where the picture lies.
    assert page.find("meta", property="og:image") is None


def test_a_site_with_an_address_names_picture_and_sitemap(project, monkeypatch):
    from macros.adapter.build import build

    monkeypatch.setenv("SITE_URL", "https://lillevig.example/plan/")
    build(project, project / "site")
    page = BeautifulSoup((project / "site/index.html").read_text(encoding="utf-8"), "html5lib")

    shared = page.find("meta", property="og:image")["content"]
    assert shared == "https://lillevig.example/plan/assets/deling.png"
    assert (project / "site" / shared.split("/plan/")[1]).is_file()
    robots = (project / "site/robots.txt").read_text(encoding="utf-8")
    assert "Sitemap: https://lillevig.example/plan/sitemap.xml" in robots
