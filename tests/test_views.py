"""What each kind of page shows."""

import dataclasses
import shutil
from datetime import date

import pytest
from conftest import LILLEVIG, ROOT, loaded, some
from jinja2 import UndefinedError, meta, nodes

from macros.data import standing
from macros.data.activity import ORGANISATION_KINDS
from macros.data.values import Model, Passage
from macros.language.dates import HistoricalDate
from macros.output.html import Html
from macros.output.templates import COMPILED, Templates, _environment, environment
from macros.pages.kinds import BY_NAME, PRINTOUTS
from macros.pages.pages import edition
from macros.pages.parts import PARTS
from macros.pages.views import area, goals, index, roles, strategy, text, words


@pytest.fixture(scope="module")
def lillevig():
    return edition(loaded())


@pytest.fixture(scope="module")
def shown(lillevig):
    """Name of a template -> what each page that uses it gets."""
    found = {}
    for page in lillevig.pages.all:
        if page.kind in PRINTOUTS:
            view, name = PRINTOUTS[page.kind].view, f"printouts/{page.kind}.html"
        elif page.kind != "doc":
            view, name = BY_NAME[page.kind].view, f"pages/{page.kind}.html"
        else:
            continue
        found.setdefault(name, []).append(view(lillevig, page))
    front = lillevig.pages.by_address[""]
    for name, part in PARTS.items():
        found[f"partials/{name}.html"] = [part.view(lillevig, front)]
    return found


# --- a template gets what it shows, and nothing else ---------------------------------------------

PLAIN = (str, int, float, date, type(None), HistoricalDate)


def reached(value, way=""):
    """Every value that can be reached from an input, with the way to it."""
    yield way, value
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from reached(getattr(value, field.name), f"{way}.{field.name}")
    elif isinstance(value, tuple):
        for item in value:
            yield from reached(item, f"{way}[]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from reached(item, f"{way}[{key}]")


def test_an_input_holds_frozen_values_and_leads_nowhere_else(shown):
    assert len(shown) > 30
    for name, inputs in shown.items():
        for one in inputs:
            for way, value in reached(one):
                frozen = dataclasses.is_dataclass(value) and value.__dataclass_params__.frozen
                # A model of the data is frozen, and its references are no more than ids.
                assert frozen or isinstance(value, (*PLAIN, tuple, dict, Model)), (name, way)
                module = type(value).__module__
                assert not module.startswith("macros.pages") or module.startswith(
                    ("macros.pages.views", "macros.pages.page")
                ), (name, way)


def test_equal_data_give_equal_inputs(shown):
    again = edition(loaded())
    for name, inputs in shown.items():
        for one in inputs:
            if not name.startswith("partials"):
                kind = PRINTOUTS.get(one.page.kind) or BY_NAME[one.page.kind]
                assert kind.view(again, again.pages.by_key[one.page.key]) == one


TOOLS = {"name", "assets", "card", "icon", "of", "url", "explain", "policy", "weak"}
OF_PRINTOUTS = {"code", "where"}


def asked(template, seen):
    """The names that a template and all it takes in want to be given."""
    seen.add(template)
    env = environment(ROOT / "overrides")
    source, _, _ = env.loader.get_source(env, template)
    tree = env.parse(source)
    names = set(meta.find_undeclared_variables(tree))
    for other in {*meta.find_referenced_templates(tree)} - seen:
        names |= asked(other, seen)
    return names - {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}


def test_a_template_asks_for_nothing_but_its_input_and_the_tools(shown):
    for template, inputs in shown.items():
        given = {field.name for field in dataclasses.fields(inputs[0])} | TOOLS

        assert asked(template, set()) - OF_PRINTOUTS <= given, template


def test_what_is_no_field_of_the_input_cannot_be_rendered(tmp_path, lillevig):
    (tmp_path / "x.html").write_text("{{ site }}", encoding="utf-8")
    shown = text.Shown(page=lillevig.pages.by_address[""])

    with pytest.raises(UndefinedError, match="'site' is undefined"):
        Templates(tmp_path, "Lillevig", {}).render("x.html", shown)


def test_what_was_compiled_by_this_program_is_used_and_anything_else_is_as_good_as_none(tmp_path):
    (tmp_path / "overrides").mkdir()
    (tmp_path / "overrides/x.html").write_text("{{ 6 * 7 }}", encoding="utf-8")
    foreign = tmp_path / COMPILED / "foreign"
    foreign.mkdir(parents=True)

    def rendered() -> str:
        _environment.cache_clear()
        return environment(tmp_path / "overrides").get_template("x.html").render()

    assert rendered() == "42" and not foreign.exists()
    (file,) = (path for path in (tmp_path / COMPILED).rglob("*") if path.is_file())
    kept = file.read_bytes()
    file.write_bytes(b"spoilt")
    assert rendered() == "42" and file.read_bytes() == kept
    shutil.rmtree(tmp_path / COMPILED)
    (tmp_path / COMPILED).write_text("no folder", encoding="utf-8")
    assert rendered() == "42"


def test_no_template_counts_sorts_or_filters():
    for path in some((ROOT / "overrides").rglob("*.html")):
        source = path.read_text(encoding="utf-8")
        for filter in ("selectattr", "rejectattr", "|length", "|list", "|sort", "|map", "groupby"):
            assert filter not in source, (path.name, filter)


def test_a_page_rendered_twice_is_the_same(lillevig):
    html = Html(lillevig, LILLEVIG.parents[1], {})
    page = lillevig.pages.by_key["role", "beboer"]

    assert html.files(page) == html.files(page)


# --- text and its sources ------------------------------------------------------------------------


def test_a_mark_names_source_page_and_section(lillevig):
    mark = text.mark(lillevig.site, "lillevig-plan/hilsen")

    assert mark.address == "kilder/lillevig-plan/#hilsen"
    assert mark.seen == "Plan s. 2–3"
    assert mark.unseen == "Planen, Område A: Hilsen"


def test_a_mark_of_a_source_without_pages_gives_the_sections_number(lillevig):
    assert text.mark(lillevig.site, "lillevig-brev/brev").seen == "Brev afs. 1"


def test_coverage_lists_the_pages_that_rest_on_a_section(lillevig):
    page = lillevig.pages.by_key["source", "lillevig-plan"]

    sections = words.source(lillevig, page).sections

    assert {one.section.id: [use.address for use in one.uses] for one in sections}["hilsen"] == [
        "hvad-kan-du-goere/beboer/",
        "hvad-kan-du-goere/forening/",
        "hvad-kan-du-goere/vicevaert/",
        "strategier/lillevig-nabohjaelp/hilsen/",
        "strategier/lillevig-nabohjaelp/",
    ]


# --- strategies, areas, roles --------------------------------------------------------------------


def test_each_role_has_a_share_in_each_area_even_an_empty_one(lillevig):
    shares = roles.shares(lillevig, lillevig.site.area("lillevig-nabohjaelp/hilsen"))

    assert [(s.role, len(s.passages), [d.address for d in s.deeds]) for s in shares] == [
        ("Beboer", 1, ["hvad-kan-du-goere/beboer/#hils"]),
        ("Vicevært", 0, []),
        ("Forening", 0, ["hvad-kan-du-goere/forening/#aaben-doer"]),
    ]


def test_a_role_sees_every_strategy_and_only_areas_that_speak_to_it(lillevig):
    page = lillevig.pages.by_key["role", "vicevaert"]

    parts = roles.view(lillevig, page).parts

    assert [(part.id, [one.chip.title for one in part.areas]) for part in parts] == [
        ("lillevig-nabohjaelp", []),
        ("lillevig-boern", ["Leg", "Vejen hjem"]),
        ("storvang-sammen", ["Mødesteder", "Tryghed"]),
    ]


def test_only_what_somebody_has_looked_for_is_said_to_be_missing(lillevig):
    silent = lillevig.pages.by_key["area", "lillevig-katalog/torvet"]
    empty = lillevig.pages.by_key["area", "lillevig-nabohjaelp/hilsen"]

    (found,) = area.view(lillevig, silent).silences
    assert found == text.LookedFor("mål, hvorfor eller hvordan", "Redaktionen", "20. november 2026")
    shares = {share.role: share.silence for share in area.view(lillevig, silent).shares}
    assert [role for role, silence in shares.items() if silence] == ["Vicevært"]
    assert area.view(lillevig, empty).silences == ()


def test_a_statement_stands_as_its_source_does_unless_it_says_otherwise(lillevig):
    site = lillevig.site
    proposed = Passage(text="Byg en bænk.", cite=("lillevig-brev/brev",))
    decided = Passage(text="Byg en bænk.", cite=("lillevig-brev/brev",), standing="besluttet")
    ours = Passage(text="Vi tror det.", ours=True)

    assert [standing.of(site, one) for one in (proposed, decided, ours)] == [
        "forslag",
        "besluttet",
        "",
    ]
    assert text.mark(site, "lillevig-brev/brev").standing == "Forslag"
    assert text.mark(site, "lillevig-plan/hilsen").standing == ""


def test_a_proposal_is_called_one_in_its_head_its_description_and_beside_it(lillevig):
    for kind, id in (("idea", "baenk"), ("area", "lillevig-katalog/torvet")):
        page = lillevig.pages.by_key[kind, id]
        html = Html(lillevig, LILLEVIG.parents[1], {}).files(page)[0][1].decode()

        assert page.description.startswith("Forslag i et katalog fra 2024. ")
        head = html.partition('<header class="page-head')[2].partition("</header>")[0]
        assert "orslag i et katalog fra 2024" in head
        assert 'class="standing">Forslag' not in html  # the head has said so


def test_events_stand_in_the_order_of_time_and_on_the_axis(lillevig):
    axis = goals.axis(lillevig.site.strategy("lillevig-nabohjaelp").events)

    assert [tick.event.title for tick in axis.ticks] == ["Naboer hilser", "Planen godkendes"]
    assert (axis.first, axis.last) == (1930, 2023)
    assert [tick.x for tick in axis.ticks] == [0.0, 100.0]
    assert goals.axis(()) is None


def test_a_map_tells_of_a_lack_only_where_somebody_has_looked(lillevig):
    site = lillevig.site
    maps = {one.id: strategy.strategy_map(lillevig, one) for one in site.strategies}

    told = {id: [bool(area.silence) for area in map.areas] for id, map in maps.items()}
    assert told["lillevig-katalog"] == [True, False] and not any(told["lillevig-nabohjaelp"])


def test_every_kind_of_body_has_a_heading():
    assert set(index.PLURALS) == set(ORGANISATION_KINDS)


def test_a_page_is_the_same_whichever_pages_were_made_before_it(lillevig):
    """What stands around the pages of a folder is made once for them all."""
    root, addresses = LILLEVIG.parents[1], [page.address for page in lillevig.pages.all]
    written = dict.fromkeys(addresses, "<p>Hej</p>")
    every = Html(lillevig, root, written)
    made = {page.address: every.files(page)[0] for page in reversed(lillevig.pages.all)}

    for page in lillevig.pages.all:
        assert Html(lillevig, root, written).files(page)[0] == made[page.address]
