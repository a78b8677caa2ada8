"""What tests share: the fictional municipality as a project, loaded, built, served.

The product is tested on it alone and knows nothing of the content in `data/` and `docs/`: that is
judged by `check` and, where it is ours, by `make review`.
"""

from __future__ import annotations

import atexit
import functools
import http.server
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import pytest

T = TypeVar("T")

# What a workflow or a developer has set is not what the tests speak of.
for _name in ("EDIT_URL", "SITE_URL"):
    os.environ.pop(_name, None)
# The day the whole suite lives in: a Tuesday. Browsers get the same one, see `test_browser.tab`.
os.environ["TODAY"] = "2026-11-24"
MORNING = "2026-11-24T08:00:00+01:00"

ROOT = Path(__file__).resolve().parent.parent
LILLEVIG = ROOT / "tests/lillevig"


def sweep(*values, **named):
    """A parameter with which a test belongs to the long ones, which `make sweep` runs."""
    return pytest.param(*values, marks=pytest.mark.sweep, **named)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


def some(values: Iterable[T]) -> list[T]:
    """What a test looks through, which must not be nothing."""
    every = list(values)
    assert every, "there is nothing to look at"
    return every


@functools.cache
def loaded(root: Path = LILLEVIG):
    """A project's data, read once: it is frozen."""
    from macros.reading.load import load

    return load(root)


@functools.cache
def on_now():
    """The fictional municipality's programme on the suite's day."""
    from macros.when.entry import today
    from macros.when.programme import Programme

    return Programme(loaded(), today())


@functools.cache
def every_page():
    """All pages on the suite's day, lists of activities among them."""
    from macros.pages.listings import listings
    from macros.pages.pages import pages
    from macros.pages.weeks import weeks

    return pages(loaded(), (*listings(on_now()), *weeks(on_now()))).all


# Hand-written pages that are text alone, as others are.
PLAIN = ("om/", "om/privatliv/", "om/redaktion/", "was/")


def one_of_each_kind(written: bool = True) -> list[str]:
    """An address for every template and every hand-written page, or those that are not PLAIN."""
    seen: dict[str, str] = {}
    for page in every_page():
        seen.setdefault(page.address if page.kind == "doc" else page.kind, page.address)
    # The longest page of a kind shows more than its first.
    longest = [REPRESENTATIVE.get(path, path) for path in seen.values()]
    return [*(path for path in longest if written or path not in PLAIN), "404.html"]


# Of some kinds the first page is nearly empty.
REPRESENTATIVE: dict[str, str] = {}


def make_project(folder: Path, content: Path = LILLEVIG, built: bool = True) -> Path:
    """A project that has this repository's code and `content`'s own data/ and docs/. built: as it
    is when it has been built into `site`, which saves most of the time; for the fictional
    municipality alone."""
    for name in ("macros", "overrides", "mkdocs.yml"):
        (folder / name).symlink_to(ROOT / name)
    for name in ("data", "docs"):
        shutil.copytree(content / name, folder / name)
    # PDF files take most of a build's time; what they are kept under is their whole content.
    (ROOT / ".build/pdf").mkdir(parents=True, exist_ok=True)
    # So does Danish itself, of what there is when nothing is kept yet.
    (ROOT / ".build/kept/forms").mkdir(parents=True, exist_ok=True)
    (folder / ".build/kept").mkdir(parents=True)
    (folder / ".build/pdf").symlink_to(ROOT / ".build/pdf")
    (folder / ".build/kept/forms").symlink_to(ROOT / ".build/kept/forms")
    if built and content == LILLEVIG:
        _as_built(folder)
    return folder


@functools.cache
def _built() -> Path:
    """The fictional municipality built from nothing, once in each process."""
    from macros.adapter.build import build

    folder = Path(tempfile.mkdtemp(prefix="lillevig-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    build(make_project(folder, built=False), folder / "site")
    return folder


def _as_built(folder: Path) -> None:
    carry(_built(), folder, "site")


def carry(made: Path, folder: Path, *outputs: str) -> None:
    """What was built in one project into another that is the same: its outputs, and what the
    program remembers of them. As links, which cost nothing: the program replaces files and never
    writes into one."""
    from macros.output.tree import shelf_of

    kept = folder / ".build/kept"
    own = {shelf_of(made / name): shelf_of(folder / name) for name in outputs}
    for shelf in (made / ".build/kept").iterdir():
        if shelf.name not in ("forms", "given"):
            shutil.copytree(
                shelf,
                kept / own.get(shelf.name, shelf.name),
                copy_function=os.link,
                dirs_exist_ok=True,
            )
    for name in outputs:
        shutil.copytree(made / name, folder / name, copy_function=os.link, symlinks=True)


@pytest.fixture
def unbuilt(tmp_path) -> Path:
    """The fictional municipality as a project of its own, free to change."""
    return make_project(tmp_path, built=False)


@pytest.fixture
def built(tmp_path) -> Path:
    """The same as it is when it has been built into `site`."""
    return make_project(tmp_path)


@pytest.fixture
def project(unbuilt) -> Path:
    """What most tests change. Where each builds, a module says that it is `built`."""
    return unbuilt


@pytest.fixture(scope="session")
def site() -> Path:
    """The fictional municipality's site, built once."""
    return _built() / "site"


# Seconds by which what scripts fetch comes late: a test that does not wait for it shows itself.
LATE = float(os.environ.get("LATE", 0))


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def do_GET(self):
        if LATE and self.headers.get("Sec-Fetch-Dest") == "empty":
            time.sleep(LATE)
        super().do_GET()

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
    """The site's address on this machine."""
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


@pytest.fixture(scope="module")
def opened(chromium):
    """A function as `tab`; whoever opens closes."""
    return functools.partial(_open, chromium, [])


@pytest.fixture
def tab(chromium):
    """A function: size, scheme, now -> a fresh page on the suite's day."""
    contexts: list = []
    yield functools.partial(_open, chromium, contexts)
    for context in contexts:
        context.close()


def _open(chromium, contexts: list, size="1280", scheme="light", now: str = MORNING, **more):
    width, height = WINDOWS[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, **more
    )
    contexts.append(context)
    if more.get("java_script_enabled", True):
        context.clock.set_fixed_time(now)
    return context.new_page()


def pytest_collection_modifyitems(items):
    """The longest file first, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: item.path.name != "test_walk.py")
