"""What editors do in a year, each as a change to a copy of a project, whatever its content is.

An edit takes what it needs from the data itself; one for which the content has nothing (no idea
to delete) says so. After an edit, `check` either passes, and then the site is built and every
link of it holds, or says what is wrong.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import openpyxl
import yaml

from macros.data.activity import ACTIVITY, WEEKDAYS
from macros.data.site import Site
from macros.output.blank_spreadsheet import headings
from macros.reading.load import load
from macros.when.entry import today
from macros.when.recurrence import rule_days

PUBLISHED, TOLD, EITHER = "udgivet", "sagt af check", "udgivet eller sagt af check"


class NothingToEdit(Exception):
    """The content has nothing of the kind."""


@dataclass
class Project:
    """A copy of a project that may be changed, and what was in it before."""

    root: Path
    site: Site

    def file(self, kind: str, id: str) -> Path:
        return self.root / self.site.documents[kind, id].path

    def change(self, file: Path, old: str, new: str) -> None:
        text = file.read_text(encoding="utf-8")
        assert old in text, (file, old)
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def write(self, name: str, text: str) -> Path:
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def first(self, kind: str, wanted: Callable = lambda thing: True):
        """The first thing of a kind with a YAML file of its own for which `wanted` holds."""
        for thing in self.site.of_kind(kind):
            if self.site.documents[kind, thing.id].path.endswith(".yml") and wanted(thing):
                return thing
        raise NothingToEdit(kind)

    def put(self, file: Path, key: str, value: object) -> None:
        """Set a field of a file at the top level, as an editor would type it."""
        whole = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
        whole[key] = value
        file.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), "utf-8")


Edit = Callable[[Project], None]
EDITS: list[tuple[str, str, Edit]] = []


def edit(name: str, outcome: str) -> Callable[[Edit], Edit]:
    def enter(function: Edit) -> Edit:
        EDITS.append((name, outcome, function))
        return function

    return enter


# --- texts ----------------------------------------------------------------------------------------


def _a_text(project: Project) -> tuple[Path, str]:
    """A one-line text of a role, and the file it stands in."""
    for role in project.site.roles:
        file = project.file("role", role.id)
        for line in file.read_text(encoding="utf-8").splitlines():
            if match := re.fullmatch(r"\s*- text: (?P<text>[^\"'#:|>]{12,})", line):
                return file, match["text"]
    raise NothingToEdit("role")


@edit("en tekst rettes", PUBLISHED)
def _(project):
    file, text = _a_text(project)
    project.change(file, text, f"{text} Prøv det i dag.")


@edit("et ord, ordbogen ikke kender", PUBLISHED)
def _(project):
    file, text = _a_text(project)
    project.change(file, text, f"{text} Det er zumbafitnesshygge.")


@edit("en tung tekst (højt lixtal)", PUBLISHED)
def _(project):
    file, text = _a_text(project)
    heavy = "Kommunalbestyrelsens helhedsorienterede forebyggelsesforanstaltninger understøttes."
    project.change(file, text, " ".join([text, *[heavy] * 12]))


@edit("kolon midt i en tekst", TOLD)
def _(project):
    file, text = _a_text(project)
    project.change(file, text, f"Husk: {text}")


@edit("en sætning uden kilde", TOLD)
def _(project):
    role = project.first("role")
    file = project.file("role", role.id)
    lines = file.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if re.match(r"\s*- text: ", line))
    indent = lines[at].index("-")
    lines.insert(at, " " * indent + "- text: Det her har vi hørt.")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


@edit("sidens navn", PUBLISHED)
def _(project):
    project.put(project.file("site", ""), "title", "Godt naboskab")


# --- strategies, ideas, words --------------------------------------------------------------------


def _a_goal(project: Project):
    for kind in ("area", "strategy"):
        for thing in project.site.of_kind(kind):
            for index, goal in enumerate(thing.goals):
                if not goal.follow_up:
                    return kind, thing, index, goal
    raise NothingToEdit("goal")


@edit("et måls første status", PUBLISHED)
def _(project):
    kind, thing, index, goal = _a_goal(project)
    file = project.file(kind, thing.id)
    whole = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    whole["goals"][index]["follow_up"] = [
        {
            "date": "2026-06",
            "status": "I gang",
            "passages": [{"text": "Det er begyndt.", "cite": goal.parts[0].cite[0]}],
        }
    ]
    file.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), "utf-8")


@edit("et mål skifter navn", PUBLISHED)
def _(project):
    kind, thing, _, goal = _a_goal(project)
    project.change(project.file(kind, thing.id), f"title: {goal.title}", "title: Flere er med")


@edit("en idé slettes", EITHER)
def _(project):
    project.file("idea", project.first("idea").id).unlink()


@edit("alle idéer og temaer slettes, og siden bliver stående", EITHER)
def _(project):
    if not project.site.ideas:
        raise NothingToEdit("idea")
    for kind in ("idea", "theme"):
        for thing in project.site.of_kind(kind):
            project.file(kind, thing.id).unlink()


@edit("en idé får et nyt navn og en ny adresse med omvej", EITHER)
def _(project):
    idea = project.first("idea", lambda idea: not idea.what)
    file = project.file("idea", idea.id)
    file.rename(file.with_name("et-helt-nyt-navn.yml"))
    project.write(
        "data/redirects.yml",
        f"moved:\n  - old: ideer/{idea.id}/\n    new: ideer/et-helt-nyt-navn/\n",
    )


@edit("et emne slettes", PUBLISHED)
def _(project):
    project.file("topic", project.first("topic").id).unlink()


@edit("en rolle får et nyt filnavn", TOLD)
def _(project):
    role = project.first("role", lambda role: _is_named(project.site, "role", role.id))
    file = project.file("role", role.id)
    file.rename(file.with_name("et-nyt-navn.yml"))


def _is_named(site: Site, kind: str, id: str) -> bool:
    return any((k, t) == (kind, id) for found in site.references.values() for _, k, t in found)


@edit("en rolle får en ny dør", PUBLISHED)
def _(project):
    role = project.first("role")
    project.put(project.file("role", role.id), "door", "Jeg er nabo")


SOURCE = """title: Et nyt papir
short_title: Nyt papir
mark: Nyt
municipality: {municipality}
issuer: Kommunen
dated: 2026-10
locator: afsnit
sections:
  - id: et
    title: Det første afsnit
"""


@edit("en kilde kommer til, og ingen tekst bygger på den", TOLD)
def _(project):
    municipality = project.first("municipality").id
    project.write("data/sources/nyt-papir.yml", SOURCE.format(municipality=municipality))


@edit("en kilde kommer til med en tekst", PUBLISHED)
def _(project):
    municipality = project.first("municipality").id
    project.write("data/sources/nyt-papir.yml", SOURCE.format(municipality=municipality))
    role = project.first("role")
    file = project.file("role", role.id)
    whole = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    whole["actions"][0]["passages"].append({"text": "Kom og vær med.", "cite": "nyt-papir/et"})
    file.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), "utf-8")


TERM = "title: {title}\npassages:\n  - text: Ordet er vores eget.\n    ours: true\n"


@edit("et ord i ordlisten, som ingen bruger", TOLD)
def _(project):
    project.write("data/terms/kvistfuglehus.yml", TERM.format(title="Kvistfuglehus"))


@edit("et ord i ordlisten, som teksten bruger", PUBLISHED)
def _(project):
    file, text = _a_text(project)
    project.change(file, text, f"{text} Byg et kvistfuglehus.")
    project.write("data/terms/kvistfuglehus.yml", TERM.format(title="Kvistfuglehus"))


@edit("en begivenhed på tidslinjen", PUBLISHED)
def _(project):
    strategy = project.site.strategies[0]
    file = project.file("strategy", strategy.id)
    whole = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    cite = strategy.in_short[0].cite[0]
    event = {
        "date": "2027",
        "title": "Planen ses igen",
        "passages": [{"text": "Det sker i 2027.", "cite": cite}],
    }
    whole.setdefault("events", []).append(event)
    file.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), "utf-8")


@edit("et hverdagsord, der ikke fører til noget", PUBLISHED)
def _(project):
    text = "title: Nyt\ngroups:\n  - typed: [kedsomhed]\n    finds: [xylofonorkester]\n"
    project.write("data/everyday/nyt.yml", text)


# --- activities -----------------------------------------------------------------------------------


def _an_activity(project: Project, wanted: Callable = lambda one: True):
    return project.first("activity", lambda one: one.checked is not None and wanted(one))


@edit("dagens dato under «checked»", PUBLISHED)
def _(project):
    one = _an_activity(project)
    file = project.file("activity", one.id)
    project.change(file, f"date: {one.checked.date}", f"date: {today()}")


@edit("en dato i morgen under «checked»", TOLD)
def _(project):
    one = _an_activity(project)
    tomorrow = today() + timedelta(days=1)
    file = project.file("activity", one.id)
    project.change(file, f"date: {one.checked.date}", f"date: {tomorrow}")


@edit("en aktivitet kommer til som fil", PUBLISHED)
def _(project):
    one = _an_activity(project)
    text = project.file("activity", one.id).read_text(encoding="utf-8")
    text = text.replace(f"title: {one.title}", "title: Kaffe i kælderen")
    project.write("data/activities/eksempel-kaffe-i-kaelderen.yml", text)


def _row(project: Project) -> dict[str, str]:
    one = _an_activity(project, lambda one: one.place)
    return {
        "Navn": "Dans om dagen",
        "Beskrivelse": "Vi danser. Du kan også se på.",
        "Arrangør": project.site.organisation(one.organiser).title,
        "Sted": project.site.place(one.place).title,
        "Gentages": "Hver uge",
        "Ugedage": "Tirsdag",
        "Starter kl.": "14",
        "Slutter kl.": "16",
        "Pris": "45,-",
        "Tilmelding": "Kom bare",
        "Tjekket dato": f"{today():%d-%m-%Y}",
        "Tjekket af": "Redaktionen",
        "Eksempel": "ja",
    }


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue()


@edit("en aktivitet kommer til som række (CSV)", PUBLISHED)
def _(project):
    row = _row(project)
    project.write("data/activities/nye.csv", _csv([list(row), list(row.values())]))


@edit("en række i skabelonen (Excel) med en titel over overskrifterne", PUBLISHED)
def _(project):
    row = _row(project)
    book = openpyxl.Workbook()
    book.active.append(["Aktiviteter i foråret"])
    book.active.append([])
    book.active.append(headings(ACTIVITY))
    book.active.append([row.get(name, "") for name in headings(ACTIVITY)])
    book.save(project.root / "data/activities/nye.xlsx")


@edit("en række med «kl. 14-16» i ét felt", TOLD)
def _(project):
    row = {**_row(project), "Starter kl.": "kl. 14-16", "Slutter kl.": ""}
    project.write("data/activities/nye.csv", _csv([list(row), list(row.values())]))


@edit("en gang aflyses", PUBLISHED)
def _(project):
    _, when, file = _a_week(project)
    day = next(rule_days(when, today(), today() + timedelta(days=60)))
    _cancel(file, str(day))


@edit("en aflysning på en forkert ugedag", TOLD)
def _(project):
    _, when, file = _a_week(project)
    day = next(
        d
        for n in range(7)
        if WEEKDAYS[(d := today() + timedelta(n)).weekday()] not in when.weekdays
    )
    _cancel(file, str(day))


def _a_week(project: Project):
    one = _an_activity(
        project,
        lambda one: one.when and one.when[0].repeats == "hver uge" and not one.when[0].last
        and one.when[0].every == 1,
    )  # fmt: skip
    return one, one.when[0], project.file("activity", one.id)


def _cancel(file: Path, day: str) -> None:
    whole = yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)
    whole["when"][0].setdefault("cancelled", []).append(day)
    file.write_text(yaml.safe_dump(whole, allow_unicode=True, sort_keys=False), "utf-8")


@edit("eksemplerne slås fra", PUBLISHED)
def _(project):
    project.put(project.file("site", ""), "examples", "nej")


@edit("alle aktiviteter slettes", EITHER)
def _(project):
    for path in {project.site.documents["activity", a.id].path for a in project.site.activities}:
        (project.root / path).unlink()


@edit("et sted får et nyt navn", PUBLISHED)
def _(project):
    place = project.first("place")
    project.put(project.file("place", place.id), "title", "Det nye hus")


@edit("en arrangør slettes", TOLD)
def _(project):
    used = {one.organiser for one in project.site.activities}
    who = project.first("organisation", lambda who: who.id in used)
    project.file("organisation", who.id).unlink()


@edit("en kommune får en mail til forslag", PUBLISHED)
def _(project):
    municipality = project.first("municipality")
    project.put(
        project.file("municipality", municipality.id), "activities_email", "kom@kommunen.example"
    )


# --- pages ----------------------------------------------------------------------------------------

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "000002000001e221bc330000000049454e44ae426082"
)


@edit("en ny side i menuen med et billede og et link til en strategi", PUBLISHED)
def _(project):
    strategy = project.site.strategies[0].id
    (project.root / "docs/om/hus.png").write_bytes(PICTURE)
    project.write(
        "docs/om/nyt.md",
        "---\ntitle: Nyt fra os\ndescription: Det sidste nye.\nmenu: 9\n---\n\n"
        f"Læs [strategien](/strategier/{strategy}/).\n\n![Et hus](hus.png)\n",
    )


@edit("et billede uden beskrivelse", TOLD)
def _(project):
    (project.root / "docs/om/hus.png").write_bytes(PICTURE)
    text = "---\ntitle: Nyt fra os\ndescription: Det sidste nye.\n---\n\n![](hus.png)\n"
    project.write("docs/om/nyt.md", text)


@edit("et link til en side, der ikke er der", TOLD)
def _(project):
    text = "---\ntitle: Nyt fra os\ndescription: Det sidste nye.\n---\n\n[Væk](vaek.md)\n"
    project.write("docs/om/nyt.md", text)


@edit("en side om siden slettes", EITHER)
def _(project):
    page = project.root / "docs/om/privatliv.md"
    if not page.exists():
        raise NothingToEdit("om/privatliv")
    page.unlink()


@edit("overblikket over steder slettes", EITHER)
def _(project):
    page = project.root / "docs/steder/index.md"
    if not page.exists():
        raise NothingToEdit("steder/")
    page.unlink()


def outcome(project: Project, change: Edit) -> tuple[str, list]:
    """What becomes of an edit: `PUBLISHED`, or `TOLD` and the faults that say so.

    Raises AssertionError when what `check` passes does not build, or a fault has no place or cure.
    """
    from macros.adapter.build import build
    from macros.reading.load import read
    from macros.work.kept import KEPT, Kept

    change(project)
    faults = read(project.root, Kept(project.root / KEPT, project.root))[1]
    if faults:
        for fault in faults:
            assert fault.path and fault.line >= 1 and fault.what and fault.cure, fault
            assert "fejl i programmet" not in fault.what
        return TOLD, sorted(faults)
    build(project.root, project.root / "site")
    return PUBLISHED, []


def opened(root: Path, site: Site | None = None) -> Project:
    """site: what is in it, if that is known."""
    return Project(root, site or load(root))
