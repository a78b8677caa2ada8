"""What is listed on a day, what is not, and what the editor hears of it."""

from __future__ import annotations

import dataclasses
import json
import random
import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from conftest import every_page, loaded, on_now, some
from hypothesis import given
from schedules import schedules

from macros.adapter.build import build
from macros.data.activity import WEEKDAYS, Schedule
from macros.data.site import Site
from macros.output import finder
from macros.pages import listings
from macros.pages.addresses import FINDER_FILES
from macros.pages.pages import pages
from macros.pages.views.coverage import coverage
from macros.pages.views.finder import choices
from macros.pages.weeks import weeks
from macros.reading.load import read
from macros.rules.freshness import plans_to_renew, to_check
from macros.when.entry import freshness
from macros.when.programme import Programme
from macros.work import digest
from macros.work.kept import Kept

CHECKED = date(2026, 11, 1)  # Lillevig's coffee
GONE = ("eksempel-faelles-have", "eksempel-naar-bogstaver-driller")


@pytest.fixture
def project(built):
    return built


def kaffe(day: date):
    site = loaded()
    return Programme(site, day), site.things["activity", "kaffe"]


def with_kaffe(**changed) -> Site:
    """The fictional municipality's data with another coffee."""
    site = loaded()
    one = site.things["activity", "kaffe"].model_copy(update=changed)
    return dataclasses.replace(site, things={**site.things, ("activity", "kaffe"): one})


def as_they_are(id: str, card: str) -> str:
    return card


def soup(path) -> BeautifulSoup:
    return BeautifulSoup(path.read_bytes(), "html5lib")


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
    entries = on_now().entries

    starts = [entry.next.start for entry in entries if entry.next]
    assert starts == sorted(starts) and len(starts) >= 20
    assert [bool(entry.next) for entry in entries] == sorted(
        (bool(entry.next) for entry in entries), reverse=True
    )


def test_when_the_next_time_begins_is_known_without_the_times():
    entries = on_now().entries

    assert [e.starts for e in entries] == [e.next and e.next.start for e in entries]
    assert {e.starts is None for e in entries} == {True, False}


def test_what_is_over_is_not_listed():
    when = loaded().things["activity", "kaffe"].when[0]
    site = with_kaffe(when=(when.model_copy(update={"last": date(2026, 12, 22)}),))

    one = site.things["activity", "kaffe"]

    assert not Programme(site, date(2026, 12, 1)).entry(one).gone
    assert Programme(site, date(2026, 12, 23)).entry(one).gone


def test_check_tells_the_editor_what_to_ask_whom():
    remarks = [str(one) for one in to_check(loaded(), on_now().today)]

    cure = "om den stadig findes; ret så datoen, eller slet den"
    assert remarks == [
        "data/activities/eksempel-faelles-have.yml:30:10: «Fælles have» står ikke på listen mere: "
        "den er udløbet\n"
        f"    Ret: spørg Haveforeningen Spaden, 00 00 00 02, spaden@eksempel.example, {cure}",
        "data/activities/eksempel-naar-bogstaver-driller.yml:22:9: «Når bogstaver driller» står "
        "ikke på listen mere: den er ikke tjekket længe\n"
        f"    Ret: spørg Rådgivningen Næste Skridt, 00 00 00 06, skridt@eksempel.example, {cure}",
        "data/activities/eksempel-skak.yml:26:9: «Skak i kælderen» skal tjekkes: den er ikke "
        "tjekket længe\n"
        f"    Ret: spørg Spilleklubben Den Sorte Brik, 00 00 00 03, brik@eksempel.example, {cure}",
    ]


def test_check_asks_by_the_activitys_own_contact_and_names_a_row():
    remarks = [str(one) for one in to_check(loaded(), date(2027, 11, 30))]

    assert (
        "data/activities/kaffe.yml:39:9: «Kaffe på torvet» står ikke på listen mere: den er ikke "
        "tjekket længe\n"
        "    Ret: spørg Naboenheden, 00 00 00 09, kaffe@lillevig.example, om den stadig findes; "
        "ret så datoen, eller slet den"
    ) in remarks
    assert (
        "data/activities/arket.csv:2:12: række 2, kolonnen «Tjekket dato»: «Dans i regnen» står "
        "ikke på listen mere: den er ikke tjekket længe\n"
        "    Ret: spørg Naboenheden, om den stadig findes; ret så datoen, eller slet den"
    ) in remarks


def test_check_tells_the_editor_when_a_holiday_plan_runs_out():
    site, cure = loaded(), "tilføj de næste ferier, så aktiviteterne også holder fri i dem"

    assert list(plans_to_renew(site, date(2026, 12, 1))) == []
    assert [str(one) for one in plans_to_renew(site, date(2027, 6, 1))] == [
        "data/holidays/lillevig.yml:4:3: ferieplanen «Ferier i Lillevig» slutter snart eller er "
        f"slut\n    Ret: {cure}",
        "data/holidays/skoleferier.yml:4:3: ferieplanen «Skoleferier» slutter snart eller er "
        f"slut\n    Ret: {cure}",
    ]


def test_an_old_and_a_gone_activity_say_so_on_their_pages(site):
    def text(id: str) -> str:
        return soup(site / f"aktiviteter/{id}/index.html").main.get_text(" ", strip=True)

    assert "Spørg først." in text("eksempel-skak")
    assert "Spørg først." not in text("kaffe")
    assert "Aktiviteten er ikke på listen mere." in text("eksempel-naar-bogstaver-driller")
    assert "Den sluttede 31. oktober 2026." in text("eksempel-faelles-have")
    assert "Tjekket 9. november 2026 af" in text("eksempel-gaatur-for-begyndere")
    assert "Tid ikke oplyst." in text("laesehuset")


def test_a_gone_activity_is_in_no_list(site):
    lists = [site / page.address / "index.html" for page in every_page() if page.kind == "listing"]
    lists += [site / "aktiviteter/index.html", *(site / "data/finder").iterdir()]

    texts = {path: path.read_text(encoding="utf-8") for path in lists}

    assert any("eksempel-skak/" in text for text in texts.values())
    for path, text in texts.items():
        assert not any(f"{id}/" in text for id in GONE), path


def test_a_long_list_is_cut_into_pages(monkeypatch):
    monkeypatch.setattr(listings, "PER_PAGE", 2)
    programme = dataclasses.replace(on_now(), kept=Kept())

    cut = [one for one in listings.listings(programme) if one.id.startswith("dage/tirsdag")]

    assert [one.number for one in cut] == [1, 2, 3]
    assert [one.next for one in cut] == ["dage/tirsdag/2", "dage/tirsdag/3", None]
    found = [entry.activity.id for one in cut for entry in one.entries]
    assert len(found) == len(set(found))
    assert set(found) == {entry.activity.id for entry in programme.on("tirsdag")}


# --- examples -----------------------------------------------------------------------------------


def test_lists_brought_up_to_date_are_those_sorted_anew():
    kept, day, site = Kept(), date(2026, 11, 24), loaded()
    some = random.Random(8)
    for number in range(25):
        things = dict(site.things)
        activities = [key for key in things if key[0] == "activity"]
        for key in some.sample(activities, some.randrange(4)):
            other = things[some.choice(activities)]
            title = some.choice(["Aften", "Zebra", "Ærø", other.title])
            taken = {name: getattr(other, name) for name in some.sample(TAKEN, 3)}
            things[key] = things[key].model_copy(update={"title": title, **taken})
        if number % 3 == 2:
            del things[some.choice(activities)]
        if number % 7 == 6:
            day += timedelta(days=1)
        site = dataclasses.replace(site, things=things)

        now, anew = Programme(site, day, kept), Programme(site, day)

        assert [one.digest for one in now.entries] == [one.digest for one in anew.entries]
        for asked in some.sample(ASKED, 14):  # also what nobody asked for the last time
            assert digest.of(asked(now)) == digest.of(asked(anew)), number


TAKEN = ("when", "organiser", "place", "remote", "areas", "groups", "price")
ASKED = (
    *(lambda on, day=day: on.on(day) for day in WEEKDAYS),
    lambda on: (on.dated, on.undated, on.elsewhere, on.remote),
    lambda on: on.towns,
    lambda on: on.municipalities,
    lambda on: on.areas,
    lambda on: dict(sorted(on.groups.items())),
    lambda on: sorted(on.of_each("title", lambda some: [e.activity.title for e in some]).items()),
    lambda on: [
        on.of(kind, id) for kind, id in on.site.things if kind in ("organisation", "place")
    ],
    lambda on: [(one.id, one.heading, one.groups, one.next) for one in listings.listings(on)],
    lambda on: [(one.id, one.title, one.entries, one.towns) for one in weeks(on)],
    coverage,
    choices.__wrapped__,
)


def test_every_example_is_marked_wherever_it_is_named_and_kept_from_search_engines(site):
    examples = {a.id for a in loaded().activities if a.example}
    shown = set()
    for path in some(site.rglob("*.html")):
        for card in BeautifulSoup(path.read_bytes(), "lxml").select(".offer[data-offer]"):
            id = card.a["href"].rstrip("/").rpartition("/")[2]
            shown.add(id)
            mark = card.find(class_="badge")
            assert (mark is not None and mark.string == "Eksempel") == (id in examples), (path, id)
            assert card.div.has_attr("data-nosnippet") == (id in examples)
    assert shown == {entry.activity.id for entry in on_now().entries}
    assert shown & examples and shown - examples
    for id in examples:
        page = soup(site / f"aktiviteter/{id}/index.html")
        assert page.title.string.startswith("Eksempel: ")
        assert page.find("meta", attrs={"name": "robots"})["content"] == "noindex"
        assert page.h1.find(class_="badge") and page.find(class_="example")
        data = json.loads(page.find("script", type="application/ld+json").string)
        steps = data["@graph"][-1]["itemListElement"]
        assert steps[-1]["name"].startswith("Eksempel: ")
        assert data["@graph"][0].get("name", "Eksempel: ").startswith("Eksempel: ")
    cards = [
        card
        for path in (site / "data/finder").glob("kort-*.json")
        for card in json.loads(path.read_text(encoding="utf-8"))
    ]
    assert cards
    for card in cards:
        id = re.search(r'href="([^"]+)/"', card).group(1)
        assert (">Eksempel</span>" in card) == (id in examples)


def test_one_setting_removes_every_example(project):
    settings = project / "data/site.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("examples: ja", "examples: nej"), encoding="utf-8")

    build(project, project / "site")

    for path in some((project / "site").rglob("*")):
        if path.suffix in (".html", ".ics", ".json"):
            text = path.read_text(encoding="utf-8")
            assert "eksempel-" not in text and "Eksempel:" not in text, path
            assert 'class="badge"' not in text, path
    page = (project / "site/aktiviteter/index.html").read_text(encoding="utf-8")
    assert "Kaffe på torvet" in page and "Læsehuset" in page


def test_what_the_sources_name_stands_as_an_offer_with_its_source(site):
    cited = [one for one in loaded().activities if one.only_cited]
    assert len(cited) == 5
    for activity in cited:
        assert activity.cite and not activity.when and not activity.contact
        page = soup(site / f"aktiviteter/{activity.id}/index.html")
        assert "Kun nævnt i en kilde" in page.main.get_text(" ", strip=True), activity.id
        assert page.find(id="hvad").find_parent("section").find(class_="cite"), activity.id


# --- the finder's data --------------------------------------------------------------------------


def test_the_finders_data_comes_in_pieces_that_together_hold_everything(monkeypatch):
    monkeypatch.setattr(finder, "PER_PIECE", 4)
    monkeypatch.setattr(finder, "PER_INDEX", 10)
    programme = on_now()

    ids = {entry.activity.id: entry.activity.id for entry in programme.entries}
    path, files = finder.files(programme, ids, dict.fromkeys(ids, ()), as_they_are)

    index = json.loads(files[path])
    parts = [json.loads(files[FINDER_FILES + name]) for name in index["more"]]
    assert len(parts) == (len(programme.entries) - 1) // 10
    for name in index["columns"]:
        index[name] += [item for part in parts for item in part[name]]
        assert len(index[name]) == len(programme.entries)
    pieces = [json.loads(files[FINDER_FILES + name]) for name in index["pieces"]]
    assert max(map(len, pieces)) == 4
    shown = [pieces[spot // 4][spot % 4] for spot in index["spot"]]
    assert shown == [entry.activity.id for entry in programme.entries]


@given(schedules())
def test_on_a_day_of_the_week_stand_the_times_of_that_day_and_no_others(when):
    site = with_kaffe(when=(when,))
    programme, one = Programme(site, date(2025, 6, 2)), site.things["activity", "kaffe"]

    entry = programme.entry(one)

    for weekday, own in entry.days.items():
        assert own.coming == tuple(t for t in entry.coming if t.start.weekday() == weekday)
    assert set(entry.days) == {time.start.weekday() for time in entry.held}


@pytest.mark.parametrize("day", [date(2026, 3, 24), date(2026, 10, 20), date(2026, 11, 24)])
def test_the_index_holds_the_pages_times_across_the_change_of_clocks(day):
    programme = Programme(loaded(), day)

    times = {entry.activity.id: finder.times(entry, programme) for entry in programme.entries}
    path, files = finder.files(programme, dict.fromkeys(times, ""), times, as_they_are)

    index = json.loads(files[path])
    assert sum(map(len, index["times"])) > 100
    for at, entry in enumerate(programme.entries):
        starts = [index["from"] + minutes * 60 for minutes in index["times"][at][::2]]
        assert set(starts) >= {int(one.start.timestamp()) for one in entry.firsts}


def test_an_activity_whose_next_times_are_called_off_shows_the_first_that_is_held():
    called_off = ["2026-12-01", "2027-01-05", "2027-02-02"]
    when = Schedule(repeats="hver måned", which="første", weekdays=["tirsdag"], start="10.00",
                    cancelled=called_off)  # fmt: skip
    site = with_kaffe(when=(when,))

    entry = Programme(site, date(2026, 11, 24)).entry(site.things["activity", "kaffe"])

    assert entry.next.day == date(2027, 3, 2)
    assert [one.day for one in entry.called_off][:1] == [date(2026, 12, 1)]


def test_two_activities_may_have_one_name(project):
    first = (project / "data/activities/kaffe.yml").read_text(encoding="utf-8")
    second = first.replace("organiser: naboenheden", "organiser: raadet")
    (project / "data/activities/te.yml").write_text(second, encoding="utf-8")

    site, faults = read(project)

    assert faults == []
    titles = {page.title for page in pages(site).all if page.kind == "activity"}
    assert {"Kaffe på torvet (Naboenheden)", "Kaffe på torvet (Det gode råd)"} <= titles


def test_an_offer_that_someone_has_checked_is_no_mere_mention(project):
    file = project / "data/activities/kaffe.yml"
    file.write_text(
        file.read_text(encoding="utf-8") + "cite: lillevig-plan/kontakt\n", encoding="utf-8"
    )
    build(project, project / "site")

    page = (project / "site/aktiviteter/kaffe/index.html").read_text(encoding="utf-8")
    assert "Kun nævnt i en kilde" not in page and "Tjekket 1. november 2026" in page
