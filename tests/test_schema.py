"""The schemas are fresh, Danish, and agree with the model about what can be read."""

import jsonschema
import pytest
import yaml
from conftest import LILLEVIG, ROOT, loaded

from macros.data.activity import GROUPS, ORGANISATION_KINDS, WEEKDAYS
from macros.data.kinds import KINDS
from macros.output import blank_spreadsheet, schema


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
    assert kept == sorted([*schemas, *blank_spreadsheet.NAMES])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_has_a_danish_title(kind):
    found = schema.schema(kind)

    for model in (found, *found.get("$defs", {}).values()):
        for name, field in model["properties"].items():
            assert field.get("title"), f"{kind.name}.{name}"


# No file of the fictional municipality moves a page.
USED = [kind for kind in KINDS if kind.name != "redirects"]


def files(kind) -> dict[str, str]:
    """Path and text of every YAML file of a kind."""
    paths = {
        document.path
        for (name, _), document in loaded().documents.items()
        if name == kind.name and document.path.endswith(".yml")
    }
    return {path: (LILLEVIG / path).read_text(encoding="utf-8") for path in sorted(paths)}


@pytest.mark.parametrize("kind", USED, ids=lambda kind: kind.name)
def test_schema_accepts_what_the_model_accepts(kind):
    judge = jsonschema.Draft202012Validator(schema.schema(kind))

    judge.check_schema(judge.schema)
    found = {
        path: [error.message for error in judge.iter_errors(yaml.load(text, _EditorsYaml))]
        for path, text in files(kind).items()
    }

    assert found and not any(found.values()), found


def test_schema_refuses_an_unknown_field():
    role = next(kind for kind in KINDS if kind.name == "role")

    with pytest.raises(jsonschema.ValidationError, match="farve"):
        jsonschema.validate({"farve": "blå"}, schema.schema(role))


def test_schema_offers_the_words_of_a_closed_list():
    of = {kind.name: schema.schema(kind) for kind in KINDS}

    weekdays = of["activity"]["$defs"]["Schedule"]["properties"]["weekdays"]
    assert weekdays["items"]["enum"] == list(WEEKDAYS)
    assert of["activity"]["properties"]["groups"]["items"]["enum"] == list(GROUPS)
    assert of["organisation"]["properties"]["kind"]["enum"] == list(ORGANISATION_KINDS)


@pytest.mark.parametrize("kind", USED, ids=lambda kind: kind.name)
def test_every_data_file_names_its_schema(kind):
    first = {path: text.splitlines()[0] for path, text in files(kind).items()}

    assert first == dict.fromkeys(first, schema.modeline(kind))
