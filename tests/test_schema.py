"""The schemas are fresh, Danish, and agree with the model about the real data."""

import jsonschema
import pytest
import yaml
from conftest import LILLEVIG, ROOT

from macros import schema, template_sheet
from macros.load import read
from macros.model import KINDS


class _EditorsYaml(yaml.SafeLoader):
    """YAML 1.2, as editors read it: numbers, true, false and null, and no dates."""

    yaml_implicit_resolvers = {  # noqa: RUF012
        sign: [
            (tag, form)
            for tag, form in forms
            if tag.rpartition(":")[2] in ("int", "float", "bool", "null")
        ]
        for sign, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def test_schema_files_are_fresh():
    for path, content in schema.files().items():
        assert (ROOT / path).read_bytes() == content, "kør «make schema»"


def test_there_is_one_schema_for_each_kind_and_no_other():
    kept = sorted(path.name for path in (ROOT / schema.FOLDER).iterdir())

    schemas = [f"{kind.name}.schema.json" for kind in KINDS]
    assert kept == sorted([*schemas, *template_sheet.NAMES])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_has_a_danish_title(kind):
    found = schema.schema(kind)

    for model in (found, *found.get("$defs", {}).values()):
        for name, field in model["properties"].items():
            assert field.get("title"), f"{kind.name}.{name}"


@pytest.mark.parametrize("folder", [ROOT, LILLEVIG], ids=["real", "lillevig"])
def test_schema_accepts_what_the_model_accepts(folder):
    site, faults = read(folder)
    assert faults == []
    judged = 0
    for (name, _), document in site.documents.items():
        kind = next((kind for kind in KINDS if kind.name == name), None)
        if kind and document.path.endswith(".yml"):
            text = (folder / document.path).read_text(encoding="utf-8")
            jsonschema.validate(yaml.load(text, _EditorsYaml), schema.schema(kind))
            judged += 1

    assert judged > 5


def test_schema_refuses_an_unknown_field():
    role = next(kind for kind in KINDS if kind.name == "role")

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"farve": "blå"}, schema.schema(role))


@pytest.mark.parametrize("folder", [ROOT, LILLEVIG], ids=["real", "lillevig"])
def test_every_data_file_names_its_schema(folder):
    site, _ = read(folder)
    named = 0
    for (name, _), document in site.documents.items():
        kind = next((kind for kind in KINDS if kind.name == name), None)
        if kind and document.path.endswith(".yml"):
            first = (folder / document.path).read_text(encoding="utf-8").splitlines()[0]
            assert first == schema.modeline(kind), document.path
            named += 1

    assert named > 5
