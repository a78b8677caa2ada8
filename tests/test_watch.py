"""Whether the pages that the site rests on say what they said, against a server of our own."""

import http.server
import re
import threading

import pytest
from conftest import loaded, some

from macros.__main__ import main
from macros.reading import watch
from macros.reading.load import load

PAGE = """<!doctype html><title>x</title><nav>{menu}</nav><h1>Naboloven</h1><p>Velkommen.</p>
<h2>Lovens nummer</h2><p>Nr. <b>{number}</b> af 2001.</p><h2>Andet</h2><p>{other}</p>"""


@pytest.fixture
def page():
    """What the server answers, free to change; None is a page that is gone."""
    told = {"html": PAGE.format(menu="Forside", number="1", other="Intet.")}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            answer = told["html"] if self.path == "/naboloven" else "<h1>Andet</h1>"
            self.send_response(200 if answer else 404)
            self.end_headers()
            self.wfile.write((answer or "").encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told["address"] = f"http://127.0.0.1:{server.server_port}/naboloven"
    yield told
    server.shutdown()
    server.server_close()


@pytest.fixture
def watched(project, page, monkeypatch):
    source = project / "data/sources/lillevig-side.yml"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("https://lillevig.example/naboloven", page["address"]), "utf-8")
    for other in some(sorted((project / "data/sources").glob("*.yml"))):
        if other != source:
            text = re.sub(
                r"(?<=official_url: ).*", f"{page['address']}/andet", other.read_text("utf-8")
            )
            other.write_text(text, encoding="utf-8")
    monkeypatch.chdir(project)
    assert watch.check(load(project), project) == []  # the first look
    return project


def test_a_page_that_says_the_same_is_not_told(watched, page):
    assert watch.check(load(watched), watched) == []


def test_a_section_that_changed_is_told_with_what_rests_on_it(watched, page, capsys):
    page["html"] = PAGE.format(menu="Forside", number="2", other="Intet.")

    (moved,) = watch.check(load(watched), watched)

    assert moved.section == "lillevig-side/nummer" and "noget andet" in moved.why
    assert moved.statements == ("data/laws/naboloven.yml",)
    assert main(["sources", "--check"]) == 1
    assert "Læs igen: data/laws/naboloven.yml" in capsys.readouterr().out


def test_what_stands_elsewhere_on_the_page_is_nobodys_matter(watched, page):
    page["html"] = PAGE.format(menu="Forside og mere", number="1", other="Noget nyt.")

    assert watch.check(load(watched), watched) == []


def test_a_page_that_is_gone_is_told(watched, page):
    page["html"] = None

    (moved,) = watch.check(load(watched), watched)
    assert "kan ikke læses" in moved.why
    before = (watched / watch.SEEN).read_text()
    assert main(["sources", "--accept"]) == 1  # and nothing that was seen is lost
    assert (watched / watch.SEEN).read_text() == before


def test_what_was_read_again_is_told_no_more(watched, page, capsys):
    page["html"] = PAGE.format(menu="Forside", number="2", other="Intet.")
    assert main(["sources", "--check"]) == 1

    assert main(["sources", "--accept"]) == 0
    assert main(["sources", "--check"]) == 0
    assert "Ingen af siderne har ændret sig." in capsys.readouterr().out


@pytest.mark.parametrize("page", ["", " ", "<!-- -->", "<?xml version='1.0'?>"])
def test_a_page_of_nothing_cannot_be_read(page):
    source = loaded().source("lillevig-side")

    with pytest.raises(ValueError, match="ikke noget"):
        list(watch.hashes(source, page.encode()))


def test_what_stands_behind_a_declaration_and_a_comment_is_read():
    source = loaded().source("lillevig-side")
    told = PAGE.format(menu="", number="1<!-- æ --> og 2", other="Intet.")

    def number(page: str) -> str:
        return dict(watch.hashes(source, page.encode()))["nummer"]

    declared = f'<?xml version="1.0" encoding="utf-8"?>\n{told}'
    assert number(declared) == number(told) != number(told.replace("og 2", "og 3"))
