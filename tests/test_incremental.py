"""A site built from what was kept is, byte for byte, the site built from nothing.

A machine changes, adds, removes and renames, alters templates, days and settings, spoils what was
kept and what was built, and compares whole trees after each step.
"""

import dataclasses
import os
import random
import shutil
import tempfile
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, loaded, make_project
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from macros.adapter.build import build
from macros.adapter.written import written
from macros.output.html import Html
from macros.output.whole import Whole
from macros.pages.pages import edition
from macros.work.kept import Kept


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


class Editors(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.folder = Path(tempfile.mkdtemp())
        self.project = make_project(self.folder, built=False)
        (self.project / "overrides").unlink()
        shutil.copytree(ROOT / "overrides", self.project / "overrides")
        self.kept = Kept(None, self.project)
        self.settings = {"TODAY": "2026-11-24", "SITE_URL": ""}
        self.early: dict[str, bytes] = {}
        self.saved: list[str] = []
        self.told: list[str] = []
        self.steps = 0
        self.compare()

    def teardown(self):
        os.environ["TODAY"] = "2026-11-24"
        os.environ.pop("SITE_URL", None)
        shutil.rmtree(self.folder, ignore_errors=True)

    def compare(self):
        os.environ.update(self.settings)
        # As a command, and as `serve` does, which keeps what it made in memory too.
        build(self.project, self.project / "site")
        if self.kept.stale:
            self.kept = Kept(None, self.project)
        # Now and then it is told of other files than those that were saved.
        saved, self.saved = self.saved if self.steps % 4 else self.told, []
        self.told = saved
        build(self.project, self.project / "served", self.kept, sooner=self.look, saved=saved)
        anew = self.folder / "anew"
        shutil.rmtree(anew, ignore_errors=True)
        anew.mkdir()
        for name in ("data", "docs", "overrides"):
            shutil.copytree(self.project / name, anew / name)
        for name in ("macros", "mkdocs.yml"):
            (anew / name).symlink_to(ROOT / name)
        (anew / ".build/kept").mkdir(parents=True)
        for name in ("pdf", "kept/forms"):
            (anew / ".build" / name).symlink_to(ROOT / ".build" / name)
        build(anew, anew / "site")
        kept, made = contents(self.project / "site"), contents(anew / "site")
        assert kept.keys() == made.keys()
        assert [path for path in made if kept[path] != made[path]] == []
        assert contents(self.project / "served") == made
        assert [path for path, told in self.early.items() if told != made.get(path)] == []

    def look(self, whole: Whole) -> None:
        """As somebody does who asks for a few files while the rest is made."""
        files = sorted(contents(self.project / "served"))
        some = random.Random(self.steps).sample(files, min(12, len(files)))
        self.steps, self.early = self.steps + 1, {"not": b"asked"}
        found = ((path, whole.content(path)) for path in some)
        self.early = {path: content for path, content in found if content is not None}

    def file(self, kind: str, at: int) -> Path:
        files = sorted((self.project / "data" / kind).rglob("*.yml"))
        return files[at % len(files)]

    def edit(self, path: Path, **changes: str) -> None:
        thing = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        text = yaml.dump({**thing, **changes}, allow_unicode=True, sort_keys=False)
        path.write_text(text, encoding="utf-8")
        self.saved.append(path.relative_to(self.project).as_posix())

    @rule(at=st.integers(0, 999), word=st.sampled_from(["dans", "sang", "venner", "mænd", "køer"]))
    def an_activity_says_something_else(self, at, word):
        self.edit(self.file("activities", at), what=f"Vi mødes om {word} hver gang.")
        self.compare()

    @rule(at=st.integers(0, 999), number=st.integers(1, 99))
    def something_gets_another_name(self, at, number):
        kind = ("activities", "places", "organisations", "strategies", "ideas")[at % 5]
        self.edit(self.file(kind, at), title=f"Et nyt navn {number}-{at}")
        self.compare()

    @rule(at=st.integers(0, 999))
    def an_activity_comes_or_goes(self, at):
        path = self.file("activities", at)
        if path.stem.startswith("ny-"):
            path.unlink()
        else:
            new = path.with_name(f"ny-{at}.yml")
            shutil.copyfile(path, new)
            self.edit(new, title=f"Helt ny {at}")
        self.compare()

    @rule(at=st.integers(0, 999))
    def a_place_is_open_to_more(self, at):
        self.edit(self.file("places", at), wheelchair=("ja", "nej")[at % 2])
        self.compare()

    @rule(day=st.sampled_from(["2026-11-24", "2026-11-25", "2026-12-24", "2027-03-28"]))
    def a_day_passes(self, day):
        self.settings["TODAY"] = day
        self.compare()

    @rule(url=st.sampled_from(["", "https://lillevig.example/", "https://a.example/b/"]))
    def the_site_moves(self, url):
        self.settings["SITE_URL"] = url
        self.compare()

    @rule(name=st.sampled_from(["pages/activity.html", "frame.html", "partials/offers.html"]))
    def a_template_changes(self, name):
        template = self.project / "overrides" / name
        text = template.read_text(encoding="utf-8")
        template.write_text(text.replace("<p", '<p lang="da"', 1), encoding="utf-8")
        self.compare()

    @rule(at=st.integers(0, 9))
    def a_page_is_written_anew(self, at):
        pages = sorted((self.project / "docs/om").rglob("*.md"))
        page = pages[at % len(pages)]
        page.write_text(f"{page.read_text(encoding='utf-8')}\nMere {at}.\n", encoding="utf-8")
        self.compare()

    @rule(seed=st.integers(0, 999), what=st.sampled_from(["site", ".build/kept"]))
    def something_is_spoilt(self, seed, what):
        some = random.Random(seed)
        files = sorted(p for p in (self.project / what).rglob("*") if p.is_file())
        files = [path for path in files if "forms" not in path.parts]
        for path in some.sample(files, min(5, len(files))):
            path.write_bytes(some.randbytes(9)) if some.random() < 0.5 else path.unlink()
        self.compare()


def steps(count: int) -> settings:
    return settings(
        max_examples=1,
        stateful_step_count=count,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        database=None,
    )


class TestEditors(Editors.TestCase):
    settings = steps(3)


@pytest.mark.sweep
class TestBusyEditors(Editors.TestCase):
    settings = steps(16)


def test_what_a_page_is_made_of_is_told_the_same_whether_or_not_it_is_remembered(tmp_path):
    """Of kinds and parts that say what they read of the programme, too."""
    kept, site, some = Kept(), loaded(), random.Random(9)
    pages = written(make_project(tmp_path), site, kept).pages
    activities = [key for key in site.things if key[0] == "activity"]
    # Copies, which are told apart by what they say alone, and not by their file.
    copies = {key: site.things[key].model_copy() for key in activities}
    site = dataclasses.replace(site, things={**site.things, **copies})
    groups = sorted({group for key in activities for group in site.things[key].groups})
    for number in range(24):
        things = dict(site.things)
        for key in some.sample(activities, 2):
            other = things[some.choice(activities)]
            taken = ("title", "when", "organiser", "place", "remote", "areas", "groups", "price")
            update = {name: getattr(other, name) for name in some.sample(taken, 2)}
            things[key] = things[key].model_copy(update=update)
        if number % 4 == 3:  # nothing for some group, or nothing for any area, or nothing
            group = some.choice([*groups, *groups, "areas", ""])
            for key in activities:
                if not group:
                    del things[key]
                elif group == "areas":
                    things[key] = things[key].model_copy(update={"areas": ()})
                elif group in things[key].groups or "alle" in things[key].groups:
                    things[key] = things[key].model_copy(update={"groups": ("mænd",)})
        changed = dataclasses.replace(site, things=things)

        def keys(kept: Kept, changed=changed) -> dict[str, str]:
            html = Html(edition(changed, kept=kept), tmp_path, pages, kept)
            return {page.address: html.text_key(page) for page in html.edition.pages.all}

        assert keys(kept) == keys(Kept()), number
