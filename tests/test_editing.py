"""The editor's configuration says what the model says; no page of ours leads there."""

from __future__ import annotations

import json
import re
from urllib.parse import urljoin

import pytest
from conftest import ROOT, loaded, some

from macros.adapter.build import BuildStopped, build
from macros.data.fields import fields
from macros.data.kinds import KINDS
from macros.data.settings import Settings
from macros.output import editing

CONFIG = editing.config(loaded())


@pytest.fixture
def project(built):
    return built


def asked(model, own: bool = True):
    """Every field of a model and of those inside it: name, label, whether it must be told."""
    for name, field in fields(model).items():
        if own and name == "id":
            continue
        yield name, field.title, field.required
        if field.inner:
            yield from asked(field.inner, own=False)


def told(made):
    """The same of a collection."""
    for field in made:
        yield field["name"], field["label"], field["required"]
        yield from told(field.get("fields", ()))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_of_the_model_is_asked_for_in_its_own_words(kind):
    every = [*CONFIG["collections"], *CONFIG["collections"][-1]["files"]]
    own = [c for c in every if c["name"] == kind.name or c["name"].startswith(f"{kind.name}-")]

    assert own
    for collection in own:
        if "fields" in collection:
            assert list(told(collection["fields"])) == list(asked(kind.model))
    assert {"name": kind.name, "modeline": own_line(kind)} in CONFIG["formats"]


def own_line(kind) -> str:
    up = "../" * kind.pattern.count("/")
    return f"yaml-language-server: $schema={up}_schema/{kind.name}.schema.json"


def test_what_can_be_chosen_is_chosen_and_what_is_named_has_its_name():
    (activity,) = (c for c in CONFIG["collections"] if c["name"] == "activity")
    by_name = {field["name"]: field for field in activity["fields"]}

    assert list(by_name["sign_up"]["options"]) == ["kom bare", "tilmelding"]
    unit = {"label": "Naboenheden", "value": "naboenheden"}
    assert unit in by_name["organiser"]["options"]
    assert list(by_name["example"]["options"]) == ["ja", "nej"]
    assert "alle, børn, unge" in by_name["groups"]["hint"]
    assert by_name["what"]["widget"] == "text" and by_name["title"]["widget"] == "string"
    json.dumps(CONFIG)


def test_each_strategys_areas_stand_by_themselves():
    folders = {c["name"]: c["folder"] for c in CONFIG["collections"] if "folder" in c}

    assert folders["area-lillevig-boern"] == "data/strategies/lillevig-boern"


@pytest.mark.parametrize(
    ("address", "backend"),
    [
        (None, {"name": "git-gateway"}),
        ("https://github.com/lillevig/side", ("github", "lillevig/side")),
        ("https://gitlab.com/lillevig/side", ("gitlab", "lillevig/side")),
    ],
)
def test_the_files_are_where_suggestions_go(address, backend):
    settings = Settings(id="", title="x", lead="y", issues=address)
    if isinstance(backend, tuple):
        backend = {"name": backend[0], "repo": backend[1], "branch": "main"}

    assert editing._backend(settings) == backend


def test_only_a_build_that_asks_has_an_editor_and_no_page_leads_there(site, project):
    assert not (site / editing.ADDRESS).exists()
    for page in some(site.rglob("*.html")):
        for link in re.findall(r'href="([^"]*)"', page.read_text("utf-8")):
            where = urljoin(f"/{page.relative_to(site).as_posix()}", link)
            assert not where.startswith("/redaktion/"), page

    with pytest.raises(BuildStopped, match="make build REDAKTION=ja"):
        build(project, project / "site", editor=True)
    fetched = project / editing.FETCHED
    fetched.mkdir(parents=True)
    (fetched / "decap-cms.js").write_text("// the program", encoding="utf-8")
    build(project, project / "site", editor=True)
    made = project / "site" / editing.ADDRESS
    assert (made / "decap-cms.js").read_text("utf-8") == "// the program"
    page = (made / "index.html").read_text("utf-8")
    assert editing.POLICY in page and 'content="noindex' in page
    (fetched / "decap-cms.js").write_text("// another one", encoding="utf-8")
    build(project, project / "site", editor=True)
    assert (made / "decap-cms.js").read_text("utf-8") == "// another one"
    build(project, project / "site")
    assert not made.exists()


def test_a_server_says_what_the_editor_may_do_as_its_page_does():
    server = (ROOT / "server/nginx.conf").read_text(encoding="utf-8")

    assert f'~^/redaktion/ "{editing.POLICY}";' in server
