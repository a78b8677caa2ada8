"""What is listed on a day, what is not, and what the editor hears of it."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from conftest import LILLEVIG, ROOT, every_page

from macros import finder, listings
from macros.build import build
from macros.load import load, read
from macros.programme import Programme, freshness, plans_to_renew, to_check

CHECKED = date(2026, 11, 1)  # Lillevig's coffee


def kaffe(day: date):
    site = load(LILLEVIG)
    return Programme(site, day), site.things["activity", "kaffe"]


@pytest.mark.parametrize(
    ("days", "state", "listed"),
    [(0, "tjekket", True), (180, "tjekket", True), (181, "gammel", True), (365, "gammel", True),
     (366, "væk", False)],
)  # fmt: skip
def test_freshness_goes_by_the_days_since_someone_checked(days, state, listed):
    programme, activity = kaffe(CHECKED + timedelta(days=days))

    assert freshness(activity, programme.today) == state
    assert (activity in [e.activity for e in programme.entries]) == listed


def test_the_soonest_comes_first_and_what_has_no_time_last():
    entries = Programme(load(ROOT), date(2026, 11, 24)).entries

    starts = [entry.next.start for entry in entries if entry.next]
    assert starts == sorted(starts) and len(starts) >= 20
    assert [bool(entry.next) for entry in entries] == sorted(
        (bool(entry.next) for entry in entries), reverse=True
    )


def test_what_is_over_is_not_listed(project):
    file = project / "data/activities/kaffe.yml"
    text = file.read_text(encoding="utf-8").replace(
        "    end: 11.30", "    end: 11.30\n    last: 2026-12-22"
    )
    file.write_text(text, encoding="utf-8")
    site = load(project)

    one = site.things["activity", "kaffe"]
    assert not Programme(site, date(2026, 12, 1)).entry(one).gone
    assert Programme(site, date(2026, 12, 23)).entry(one).gone


def test_check_tells_the_editor_what_to_ask_whom(project):
    site, _ = read(project)

    remarks = [str(one) for one in to_check(site, date(2027, 11, 30))]

    assert remarks[1] == (
        "data/activities/kaffe.yml:39:9: «Kaffe på torvet» står ikke på listen mere: den er ikke "
        "tjekket længe\n"
        "    Ret: spørg Naboenheden, 00 00 00 09, kaffe@lillevig.example, om den stadig findes; "
        "ret så datoen, eller slet den"
    )


def test_check_tells_the_editor_when_a_holiday_plan_runs_out():
    site = load(LILLEVIG)

    assert list(plans_to_renew(site, date(2026, 12, 1))) == []
    assert [str(one) for one in plans_to_renew(site, date(2027, 6, 1))] == [
        "data/holidays/lillevig.yml:4:3: ferieplanen «Ferier i Lillevig» slutter snart eller er "
        "slut\n    Ret: tilføj de næste ferier, så aktiviteterne også holder fri i dem"
    ]


def test_an_old_and_a_gone_activity_say_so_on_their_pages(site):
    def text(id: str) -> str:
        html = (site / f"aktiviteter/{id}/index.html").read_bytes()
        return BeautifulSoup(html, "html5lib").main.get_text(" ", strip=True)

    assert "Spørg først." in text("eksempel-bordtennis-for-sjov")
    assert "Aktiviteten er ikke på listen mere." in text("eksempel-naar-bogstaver-driller")
    assert "Den sluttede 31. oktober 2026." in text("eksempel-faelles-have")
    assert "Tjekket 9. november 2026 af" in text("eksempel-gaatur-for-begyndere")
    assert "Tid ikke oplyst." in text("medborgerhuset")


def test_a_gone_activity_is_in_no_list(site):
    for path in [*(site / "aktiviteter").glob("*er/**/*.html"), site / "aktiviteter/index.html"]:
        assert "eksempel-faelles-have/" not in path.read_text(encoding="utf-8"), path
    for path in (site / "data/v1/finder").iterdir():
        assert "eksempel-faelles-have/" not in path.read_text(encoding="utf-8")


def test_a_long_list_is_cut_into_pages(monkeypatch):
    monkeypatch.setattr(listings, "PER_PAGE", 2)
    programme = Programme(load(ROOT), date(2026, 11, 24))

    pages = [one for one in listings.listings(programme) if one.id.startswith("dage/tirsdag")]

    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert [page.next for page in pages[:2]] == ["dage/tirsdag/2", None]
    found = [entry for page in pages for _, group in page.groups for entry in group]
    assert len(found) == len(set(e.activity.id for e in found)) == len(programme.on("tirsdag"))


# --- examples -----------------------------------------------------------------------------------


def test_every_example_is_marked_wherever_it_is_named_and_kept_from_search_engines(site):
    data = load(ROOT)
    examples = {a.id: a for a in data.activities if a.example}
    assert 24 <= len(examples) <= 27
    for path in site.rglob("*.html"):
        page = BeautifulSoup(path.read_bytes(), "html5lib")
        for card in page.select(".offer"):
            id = card.a["href"].rstrip("/").rpartition("/")[2]
            mark = card.find(class_="badge")
            assert (mark is not None and mark.string == "Eksempel") == (id in examples), (path, id)
            assert card.div.has_attr("data-nosnippet") == (id in examples)
    for id in examples:
        page = BeautifulSoup((site / f"aktiviteter/{id}/index.html").read_bytes(), "html5lib")
        assert page.title.string.startswith("Eksempel: ")
        assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert page.h1.find(class_="badge") and page.find(class_="example")
        data = json.loads(page.find("script", type="application/ld+json").string)
        steps = data["@graph"][-1]["itemListElement"]
        assert steps[-1]["name"].startswith("Eksempel: ")
        assert data["@graph"][0].get("name", "Eksempel: ").startswith("Eksempel: ")
    for path in (site / "data/v1/finder").glob("kort-*.json"):
        for card in json.loads(path.read_text(encoding="utf-8")):
            id = re.search(r'href="([^"]+)/"', card).group(1)
            assert (">Eksempel</span>" in card) == (id in examples)


def test_one_setting_removes_every_example(tmp_path, monkeypatch):
    monkeypatch.setenv("EXAMPLES", "false")

    build(ROOT, tmp_path / "site")

    for path in (tmp_path / "site").rglob("*"):
        if path.suffix in (".html", ".ics", ".json"):
            text = path.read_text(encoding="utf-8")
            assert "eksempel-" not in text and "Eksempel:" not in text, path
            assert 'class="badge"' not in text, path
    finder = (tmp_path / "site/aktiviteter/index.html").read_text(encoding="utf-8")
    assert "Madoasen i Høng" in finder


def test_what_the_sources_name_stands_as_an_offer_with_its_source(site):
    data = load(ROOT)
    real = [activity for activity in data.activities if not activity.example]
    assert len(real) >= 7
    for activity in real:
        assert activity.cite and not activity.when and not activity.contact
        page = BeautifulSoup(
            (site / f"aktiviteter/{activity.id}/index.html").read_bytes(), "html5lib"
        )
        assert page.find(id="hvad").find_parent("section").find(class_="cite"), activity.id


# --- the finder's data --------------------------------------------------------------------------


def test_the_finders_data_comes_in_pieces_that_together_hold_everything(monkeypatch):
    monkeypatch.setattr(finder, "PER_PIECE", 4)
    monkeypatch.setattr(finder, "PER_INDEX", 10)
    made = finder.Finder(Programme(load(ROOT), date(2026, 11, 24)))

    path, files = made.files(lambda entry: entry.activity.id)

    index = json.loads(files[path])
    parts = [json.loads(files[finder.FOLDER + name]) for name in index["more"]]
    assert len(parts) == (len(made.entries) - 1) // 10
    for name in index["columns"]:
        index[name] += [item for part in parts for item in part[name]]
        assert len(index[name]) == len(made.entries)
    pieces = [json.loads(files[finder.FOLDER + name]) for name in index["pieces"]]
    assert max(map(len, pieces)) == 4
    shown = [pieces[spot // 4][spot % 4] for spot in index["spot"]]
    assert shown == [entry.activity.id for entry in made.entries]


@pytest.mark.parametrize("day", [date(2026, 3, 24), date(2026, 10, 20), date(2026, 11, 24)])
def test_the_index_holds_the_pages_times_across_the_change_of_clocks(day, project):
    file = project / "data/activities/kaffe.yml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("date: 2026-11-01", "date: 2026-03-01"),
        encoding="utf-8",
    )
    programme = Programme(load(project), day)

    path, files = finder.Finder(programme).files(lambda entry: "")

    index = json.loads(files[path])
    for at, entry in enumerate(programme.entries):
        starts = [index["from"] + minutes * 60 for minutes in index["times"][at][::2]]
        assert set(starts) >= {int(one.start.timestamp()) for one in entry.firsts}


def test_an_activity_whose_next_times_are_called_off_shows_the_first_that_is_held(project):
    file = project / "data/activities/kaffe.yml"
    text = file.read_text(encoding="utf-8")
    start, end = text.index("  - repeats"), text.index("groups:")
    when = (
        "  - repeats: hver måned\n    which: første\n    weekdays: [tirsdag]\n    start: 10.00\n"
        "    cancelled: [2026-12-01, 2027-01-05, 2027-02-02]\n"
    )
    file.write_text(text[:start] + when + text[end:], encoding="utf-8")
    site = load(project)

    entry = Programme(site, date(2026, 11, 24)).entry(site.things["activity", "kaffe"])

    assert entry.next.day == date(2027, 3, 2)
    assert [one.day for one in entry.called_off][:1] == [date(2026, 12, 1)]


def test_two_activities_may_have_one_name(project):
    first = (project / "data/activities/kaffe.yml").read_text(encoding="utf-8")
    second = first.replace("organiser: naboenheden", "organiser: raadet")
    (project / "data/activities/te.yml").write_text(second, encoding="utf-8")

    assert read(project)[1] == []
    titles = {page.title for page in every_page(project) if page.kind == "activity"}
    assert {"Kaffe på torvet (Naboenheden)", "Kaffe på torvet (Det gode råd)"} <= titles


def test_an_offer_that_someone_has_checked_is_no_mere_mention(project):
    file = project / "data/activities/kaffe.yml"
    file.write_text(
        file.read_text(encoding="utf-8") + "cite: lillevig-plan/kontakt\n", encoding="utf-8"
    )
    build(project, project / "site")

    page = (project / "site/aktiviteter/kaffe/index.html").read_text(encoding="utf-8")
    assert "Kun nævnt i en kilde" not in page and "Tjekket 1. november 2026" in page
