"""Where an activity's fields go: each is declared, and what is declared is so."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from conftest import loaded, on_now

from macros.data import carried
from macros.data.activity import ACTIVITY, Activity
from macros.data.fields import columns, fields
from macros.importing import openreferral
from macros.output import linked_data
from macros.output.blank_spreadsheet import headings
from macros.output.schema import schema
from macros.pages.views.forms import suggestion
from macros.when.programme import Programme


def test_every_field_of_an_activity_is_declared_and_no_other():
    assert set(carried.ACTIVITY) == set(fields(Activity)) - {"id"}


def test_the_form_asks_for_what_is_declared_and_for_nothing_else():
    asked = {
        (heading, field.path.partition(".")[0])
        for heading, found in suggestion()
        for field in found
        if field.filed
    }

    declared = {(one.asked, name) for name, one in carried.ACTIVITY.items() if one.asked}
    assert asked == declared


def test_machines_are_told_what_is_declared():
    key = "activity", "kaffe"
    filled = {"age_from": 18, "age_to": 30, "expires": date(2027, 1, 31)}
    one = loaded().things[key].model_copy(update=filled)
    site = replace(loaded(), things={**loaded().things, key: one})

    node = linked_data.activity(Programme(site, on_now().today), one, "https://lillevig.example/")
    node = json.dumps(node, default=str)

    told = {name: one.linked for name, one in carried.ACTIVITY.items() if one.linked}
    missing = {name: term for name, term in told.items() if f'"{term}"' not in node}
    assert len(told) > 8 and missing == {}


def test_the_import_takes_what_is_declared():
    text = Path(openreferral.__file__).read_text(encoding="utf-8")

    for name, one in carried.ACTIVITY.items():
        assert one.taken is None or f'"{one.taken}"' in text, name


def test_spreadsheet_and_schema_have_every_field():
    known = schema(ACTIVITY)["properties"]

    assert set(known) == set(carried.ACTIVITY)
    assert headings(ACTIVITY) == ["Id", *(column.heading for column in columns(Activity))]
