"""The rooms: imports run one way only, without a circle, and each room says its place."""

import ast
import importlib
import re
from pathlib import Path

from conftest import ROOT

HOUSE = ROOT / "macros"
# From the ground up: a room knows those below it and none above.
ROOMS = (
    "work",
    "language",
    "data",
    "when",
    "pages",
    "rules",
    "reading",
    "search",
    "output",
    "importing",
    "adapter",
)
MKDOCS = {"mkdocs", "material", "mkdocs_macros"}


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in HOUSE.rglob("*.py")
    }


def imported(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    known = modules()
    # «from macros.data import site» names a module, «from macros.data.site import Site» a thing.
    return {
        name if name in known or not name.startswith("macros") else name.rpartition(".")[0]
        for name in found
    }


def room(module: str) -> str | None:
    parts = module.split(".")
    return parts[1] if parts[0] == "macros" and len(parts) > 1 and parts[1] in ROOMS else None


def test_every_folder_is_a_room_that_says_its_place():
    folders = {path.name for path in HOUSE.iterdir() if path.is_dir() and path.name[0] != "_"}

    assert folders == set(ROOMS)
    for name in ROOMS:
        told = importlib.import_module(f"macros.{name}").__doc__
        assert "In: " in told and "Out: " in told, name


def test_a_room_knows_only_those_below_it():
    upward = [
        (module, other)
        for module, path in modules().items()
        if (own := room(module))
        for other in imported(path)
        if (theirs := room(other)) and ROOMS.index(theirs) > ROOMS.index(own)
    ]

    assert upward == []


def test_no_imports_go_in_a_circle():
    known = {name: imported(path) & set(modules()) for name, path in modules().items()}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " -> ".join((*way, name))
        if name not in done:
            for other in known[name]:
                visit(other, (*way, name))
            done.add(name)

    for name in known:
        visit(name, ())
    assert len(done) > 45


def test_few_files_know_mkdocs():
    knowing = {
        module
        for module, path in modules().items()
        if any(name.split(".")[0] in MKDOCS for name in imported(path))
    }

    assert knowing == {"macros.hooks", "macros.adapter.written", "macros.adapter.serve"}


def test_the_path_of_a_datum_is_told_through_the_rooms_as_they_are():
    text = (ROOT / "docs/decisions/0018-rooms.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| `(\w+)/` \|", text, re.MULTILINE) == list(ROOMS)


def test_no_file_is_too_long_to_be_read_at_once():
    long = {
        module: lines
        for module, path in modules().items()
        if (lines := path.read_text(encoding="utf-8").count("\n")) > 470
    }

    assert long == {}
