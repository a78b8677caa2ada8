"""What just this content must say: `data/_review/facts.yml`."""

from __future__ import annotations

import hashlib
import re

import pytest
from compare import ROOT

from macros.data.kinds import KINDS
from macros.output.schema import modeline
from macros.rules import copied

SOURCES = sorted((ROOT.parent / "shared/sources").glob("0*.txt"))


def test_the_addresses_are_there(facts, documents):
    assert set(facts.get("addresses", ())) - set(documents) == set()


def test_there_are_as_many_as_there_should_be(facts, data):
    wanted = facts.get("counts", {})

    assert {kind: len(data.of_kind(kind)) for kind in wanted} == wanted


def test_there_are_no_fewer_than_there_should_be(facts, data):
    few = {
        kind: len(data.of_kind(kind))
        for kind, least in facts.get("least", {}).items()
        if len(data.of_kind(kind)) < least
    }

    assert few == {}


def test_every_file_tells_editors_programs_its_schema(data):
    for kind in KINDS:
        for thing in data.of_kind(kind.name):
            path = data.documents[kind.name, thing.id].path
            if path.endswith(".yml"):
                first = (ROOT / path).read_text(encoding="utf-8").partition("\n")[0]
                assert first == modeline(kind), path


def test_the_pages_say_it(facts, documents):
    missing = [
        (fact["page"], text)
        for fact in facts.get("pages", ())
        for text in fact["says"]
        if text not in words(documents[fact["page"]])
    ]

    assert missing == []


def words(page) -> str:
    text = page.get_text(" ", strip=True).replace("\N{SOFT HYPHEN}", "")
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize(("size", "script"), [("1280", True), ("320", True), ("320", False)])
def test_the_links_lead_there_from_the_front_page(size, script, facts, tab, address):
    for walk in facts.get("walks", ()):
        page = tab(size, java_script_enabled=script)
        page.goto(address)
        for name in walk["links"]:
            page.get_by_role("main").get_by_role("link", name=name).first.click()
        assert page.url == f"{address}{walk['to']}"
        told = page.get_by_role("main").inner_text().replace("\N{NO-BREAK SPACE}", " ")
        assert [text for text in walk.get("sees", ()) if text not in told] == [], walk
        assert [text for text in walk.get("lacks", ()) if text in told] == [], walk


def test_what_must_stand_nowhere_stands_nowhere(facts, documents):
    absent = set(facts.get("absent", ()))
    for name, page in documents.items():
        found = {
            hashlib.sha256(w.encode()).hexdigest()[:8] for w in re.findall(r"\w+", page.get_text())
        }
        assert not found & absent, name


def test_every_section_of_every_source_has_a_place(data, documents):
    for source in data.sources:
        rows = documents[f"kilder/{source.id}/"].select("ol.coverage > li")
        assert [row["id"] for row in rows] == [section.id for section in source.sections]
        assert all(row.find("a") for row in rows), source.id


@pytest.mark.skipif(not SOURCES, reason="the documents are not at hand; their hashes are")
def test_the_hashes_are_those_of_the_documents(data):
    text = copied.content(path.read_text(encoding="utf-8") for path in SOURCES)

    assert data.beside.copied == set(text.split())
