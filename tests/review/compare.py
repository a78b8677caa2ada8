"""Our search beside Material's own and Pagefind's, over the same pages and the written queries.

`make bench-search` prints, for each, how many queries have an answer among the first three
results and the mean reciprocal rank of the first answer (MRR), as a reader would see them: typed
into the search field of each in Chromium. Then size, time of building and what a search fetches.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import yaml
from playwright.sync_api import Page, sync_playwright

ROOT = Path(os.environ.get("REVIEWED", Path(__file__).resolve().parents[2])).resolve()
FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
FIRST = 3


def queries() -> list[dict]:
    """The written queries: `q`, its `kind`, and the `pages` that answer it."""
    return [
        query
        for file in sorted((ROOT / "data/_review/queries").glob("*.yml"))
        for query in yaml.safe_load(file.read_text(encoding="utf-8"))
    ]


def judge(answers: Callable[[str], list[str]], asked: list[dict]) -> dict[str, tuple[float, float]]:
    """Kind, and «alle» -> success among the first three, MRR. answers: addresses, best first."""
    ranks: dict[str, list[int]] = defaultdict(list)
    for query in asked:
        found = answers(query["q"])
        rank = next((at for at, one in enumerate(found, 1) if one in query["pages"]), 0)
        for kind in (query["kind"], "alle"):
            ranks[kind].append(rank)
    return {
        kind: (
            statistics.mean(0 < rank <= FIRST for rank in all),
            statistics.mean(1 / rank if rank else 0 for rank in all),
        )
        for kind, all in ranks.items()
    }


def typed(page: Page, field: str, link: str, ready: Callable[[Page, str], None]):
    """A function: query -> where the result's links lead, after it was typed into the field."""

    def answers(query: str) -> list[str]:
        page.fill(field, "")
        page.fill(field, query)
        ready(page, query)
        links = page.eval_on_selector_all(link, "all => all.map(one => one.href)")
        paths = [urlsplit(address).path.strip("/") for address in links]
        return list(dict.fromkeys(f"{path}/" if path else "" for path in paths))

    return answers


# --- ours -----------------------------------------------------------------------------------------


def ours(page: Page):
    page.focus("#q-top")
    # Where help stands alone, what leads to all of it is the answer.
    found = "#hits-top .hits-group li a, #hits-top .hits-help .hits-all a"
    return typed(page, "#q-top", found, _said)


def _said(page: Page, query: str) -> None:
    page.wait_for_function(
        "query => document.querySelector('#hits-top .hits-help')"
        " || document.querySelector('#hits-top [data-count]').textContent"
        ".includes(`»${query.trim()}«`)",
        arg=query,
    )


# --- Material's own -------------------------------------------------------------------------------


def material_site(site: Path, folder: Path) -> Path:
    """The same pages, as text, in a stock Material site with its search in Danish."""
    from macros.search.page_text import sections

    for file in sorted(site.rglob("index.html")):
        target = folder / "docs" / file.parent.relative_to(site) / "index.md"
        target.parent.mkdir(parents=True, exist_ok=True)
        found = sections(file.read_text(encoding="utf-8"))
        blocks = [f"# {found[0].heading}"]
        for part in found:
            blocks += [f"## {part.heading}"] if part.anchor else []
            blocks += part.lines
        target.write_text("\n\n".join(blocks), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: S\ntheme: {name: material, language: da, font: false}\n"
        "plugins: [{search: {lang: da}}]\n",
        encoding="utf-8",
    )
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=folder, check=True)
    return folder / "site"


def material(page: Page):
    page.click("label.md-search__icon >> nth=0", force=True)

    def ready(page: Page, query: str) -> None:
        page.press(".md-search__input", "End")  # it listens to keys
        page.wait_for_timeout(400)  # and has no sign of being done

    return typed(page, ".md-search__input", ".md-search-result__link", ready)


# --- Pagefind's own -------------------------------------------------------------------------------


def pagefind_site(site: Path, folder: Path) -> Path:
    """The finished pages with Pagefind's index and its own field."""
    shutil.copytree(site, folder / "site")
    subprocess.run(
        [sys.executable, "-m", "pagefind", "--site", "site", "--root-selector", "main"],
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    (folder / "site/pf.html").write_text(
        '<!doctype html><html lang="da"><meta charset="utf-8"><link href="pagefind/pagefind-ui.css"'
        ' rel="stylesheet"><script src="pagefind/pagefind-ui.js"></script><div id="s"></div>'
        '<script>new PagefindUI({element: "#s", pageSize: 10, showImages: false})</script>',
        encoding="utf-8",
    )
    return folder / "site"


def pagefind(page: Page):
    def ready(page: Page, query: str) -> None:
        page.wait_for_timeout(600)
        page.wait_for_function(
            "() => !document.querySelector('.pagefind-ui__message')?.textContent.includes('…')"
        )

    return typed(page, ".pagefind-ui__search-input", ".pagefind-ui__result-title a", ready)


# --- the whole ------------------------------------------------------------------------------------


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


def fetched(browser, base: str, open_search, query: str) -> int:
    """Bytes of gzip that a first search fetches beside the page."""
    page, bodies = browser.new_page(viewport={"width": 1280, "height": 900}), []
    page.goto(base)
    page.wait_for_load_state("networkidle")
    page.on("response", lambda answer: bodies.append(answer))
    open_search(page)(query)
    page.wait_for_load_state("networkidle")
    size = sum(
        len(gzip.compress(answer.body(), mtime=0)) for answer in bodies if answer.status == 200
    )
    page.close()
    return size


def main() -> None:
    from macros.adapter.build import build

    asked = queries()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=FLAGS
        )
        build(ROOT, folder / "ours")
        makers = {
            "Material": (lambda: material_site(folder / "ours", made(folder / "m")), "", material),
            "Pagefind": (
                lambda: pagefind_site(folder / "ours", made(folder / "p")),
                "pf.html",
                pagefind,
            ),
            "ours": (lambda: folder / "ours", "", ours),
        }
        for name, (make, start_page, open_search) in makers.items():
            start = time.perf_counter()
            site = make()
            took = time.perf_counter() - start
            with served(site) as base:
                weight = fetched(browser, base + start_page, open_search, "ensomhed")
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.goto(base + start_page)
                results = judge(open_search(page), asked)
                page.close()
            print(f"{name}: {len(asked)} queries; made in {took:.1f} s; {weight / 1000:.1f} kB")
            for kind, (success, mrr) in results.items():
                print(f"  {kind:14} success@{FIRST} {success:.3f}   MRR {mrr:.3f}")
        browser.close()


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main()
