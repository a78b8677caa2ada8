"""The model as JSON Schema, one for each kind of file, so that editors complete and explain.

Written by `make schema` into `data/_schema/`; a test says when they are stale.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from macros.data.activity import ACTIVITY
from macros.data.kind import Kind
from macros.data.kinds import KINDS
from macros.output.blank_spreadsheet import NAMES, make

FOLDER = Path("data/_schema")


def schema(kind: Kind) -> dict[str, Any]:
    """The schema of one kind of file (JSON Schema 2020-12), with Danish titles only."""
    made = kind.model.model_json_schema()
    _drop_english(made)
    del made["properties"]["id"]
    made["required"].remove("id")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind.label.capitalize(),
        **{key: value for key, value in made.items() if key != "title"},
    }


def _drop_english(made: dict[str, Any]) -> None:
    # pydantic turns docstrings into descriptions and class names into titles: for us, not editors.
    for model in (made, *made.get("$defs", {}).values()):
        model.pop("description", None)
        model.pop("title", None)


def files() -> dict[Path, bytes]:
    """Path -> content of every schema file and of the spreadsheets to fill in."""
    files = {
        FOLDER / f"{kind.name}.schema.json": json.dumps(
            schema(kind), ensure_ascii=False, indent=2
        ).encode()
        + b"\n"
        for kind in KINDS
    }
    for name in NAMES:
        files[FOLDER / name] = make(name, ACTIVITY)
    return files


def modeline(kind: Kind) -> str:
    """The first line of each data file of that kind."""
    up = "../" * (kind.pattern.count("/"))
    return f"# yaml-language-server: $schema={up}_schema/{kind.name}.schema.json"
