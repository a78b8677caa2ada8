"""What tests share: the repository, a project of the fictional municipality, the built site."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
from pathlib import Path

import pytest

# What a workflow or a developer has set is not what the tests speak of.
for _name in ("EDIT_URL", "SITE_URL", "EXAMPLES"):
    os.environ.pop(_name, None)
# The day the whole suite lives in: a Tuesday. Browsers get the same one, see `test_browser.tab`.
os.environ["TODAY"] = "2026-11-24"
MORNING = "2026-11-24T08:00:00+01:00"

ROOT = Path(__file__).resolve().parent.parent
LILLEVIG = ROOT / "tests/lillevig"


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


def every_page(root: Path = ROOT):
    """All pages of a project's site on the suite's day, lists of activities among them."""
    from macros.listings import listings
    from macros.load import load
    from macros.pages import pages
    from macros.programme import Programme, today

    site = load(root)
    return pages(site, listings(Programme(site, today()))).all


def make_project(folder: Path, content: Path = LILLEVIG) -> Path:
    """A project that has this repository's code and `content`'s own data/ and docs/."""
    for name in ("macros", "overrides", "mkdocs.yml"):
        (folder / name).symlink_to(ROOT / name)
    for name in ("data", "docs"):
        shutil.copytree(content / name, folder / name)
    return folder


@pytest.fixture
def project(tmp_path) -> Path:
    """The fictional municipality as a project of its own, free to change."""
    return make_project(tmp_path)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The real site, built once."""
    from macros.build import build

    target = tmp_path_factory.mktemp("real") / "site"
    build(ROOT, target)
    return target


@pytest.fixture(scope="session")
def golden_site(tmp_path_factory) -> Path:
    """The fictional municipality's site, built once."""
    from macros.build import build

    folder = make_project(tmp_path_factory.mktemp("lillevig"))
    build(folder, folder / "site")
    return folder / "site"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


@pytest.fixture(scope="session")
def serve_folder():
    """A function: folder -> the address of a plain static server for it."""
    servers = []

    def start(folder: Path) -> str:
        handler = functools.partial(_Quiet, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def address(site, serve_folder) -> str:
    """The real site's address on this machine."""
    return serve_folder(site)


@pytest.fixture(scope="session")
def chromium():
    """One real Chromium for the session."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    assert path, "Chromium mangler: kør «make test», som siger, hvordan den installeres"
    flags = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


# Width and height of a window: a desk's, a small phone's, and what is left of a desk's at 400 %.
WINDOWS = {"1280": (1280, 900), "320": (320, 640), "400%": (320, 256)}


@pytest.fixture
def tab(chromium):
    """A function: size, scheme, now -> a fresh page on the suite's day."""
    contexts = []

    def opened(size: str = "1280", scheme: str = "light", now: str = MORNING, **more):
        width, height = WINDOWS[size]
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **more
        )
        contexts.append(context)
        if more.get("java_script_enabled", True):
            context.clock.set_fixed_time(now)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
