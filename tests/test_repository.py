"""The repository's own promises: locks, workflow, Makefile, documents."""

import re
import subprocess

import pytest
import yaml
from conftest import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE))
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def tracked() -> list[str]:
    run = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True
    )
    return run.stdout.splitlines()


def steps(workflow) -> list[dict]:
    parsed = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    return [step for job in parsed["jobs"].values() for step in job["steps"]]


def test_there_are_workflows_and_locks():
    assert WORKFLOWS and len(LOCKS) == 3


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit(workflow):
    used = [step["uses"] for step in steps(workflow) if "uses" in step]

    assert used
    for action in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action), action


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_workflow_calls_only_targets_there_are(workflow):
    called = {target for step in steps(workflow) for target in targets(step)}

    assert called and called <= TARGETS


def targets(step: dict) -> list[str]:
    return re.findall(r"^make ([a-z-]+)", step.get("run", ""), re.MULTILINE)


SITE = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text(encoding="utf-8"))


def test_the_site_is_built_on_changes_on_main_and_every_night():
    events = SITE[True]  # YAML 1.1 reads the key «on» as true

    assert {"pull_request", "push", "schedule"} <= set(events)
    assert events["push"]["branches"] == ["main"]


def test_a_text_waits_for_the_check_and_the_build_and_for_no_test_or_browser():
    jobs = SITE["jobs"]
    called = {name: {t for s in job["steps"] for t in targets(s)} for name, job in jobs.items()}

    assert called["content"] == {"check", "build", "diff"} and "needs" not in jobs["content"]
    assert called["product"] == {"lint", "test", "audit"}
    assert jobs["product"]["if"] == "needs.content.outputs.product == 'true'"
    # What is published is compared with, so that the tests have nothing to test only where the
    # product is the published one: a failed change is not taken along by the next text.
    (see,) = [step for step in jobs["content"]["steps"] if step.get("id") == "changed"]
    assert see["env"]["BEFORE"].endswith("|| 'origin/published' }}")
    assert "refs/heads/published" in jobs["publish"]["steps"][-1]["run"]
    assert jobs["publish"]["needs"] == ["content", "product"]
    assert '["success", "skipped"]' in jobs["publish"]["if"]
    assert not any("review" in found for found in called.values())


@pytest.fixture
def history(tmp_path):
    """A function: paths -> what the workflow takes a commit that changes them for."""

    def git(*command: str) -> str:
        who = ["-c", "user.name=x", "-c", "user.email=x@lillevig.example"]
        run = subprocess.run(
            ["git", *who, *command], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return run.stdout.strip()

    git("init", "-q")
    git("commit", "-q", "--allow-empty", "-m", "Begynd")

    def changed(*paths: str, before: str = "") -> str:
        before = before or git("rev-parse", "HEAD")
        for path in paths:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(str(paths), encoding="utf-8")
        git("add", "-A")
        git("commit", "-q", "--allow-empty", "-m", "Ret")
        run = subprocess.run(
            ["sh", ROOT / ".github/changed.sh", before],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stdout.strip()

    changed.git = git
    return changed


def test_only_a_change_to_the_product_is_taken_for_one(history):
    assert history("data/roles/x.yml", "docs/om/x.md", "data/_words.txt") == "product=false"
    assert history("data/roles/y.yml", "macros/x.py") == "product=true"
    assert history("data/_schema/role.schema.json") == "product=true"
    assert history() == "product=false"


def test_what_failed_is_not_taken_along_by_a_text_or_a_night(history):
    history.git("branch", "published")
    assert history("macros/x.py", before="published") == "product=true"

    assert history("data/x.yml", before="published") == "product=true"
    assert history(before="published") == "product=true"
    history.git("branch", "-f", "published", "HEAD")
    assert history(before="published") == "product=false"


def test_an_unknown_past_changes_all(history):
    assert history("data/x.yml", before="0" * 40) == "product=true"
    assert history("data/y.yml", before="origin/published") == "product=true"


def test_the_review_reports_and_nothing_waits_for_it():
    review = yaml.safe_load((ROOT / ".github/workflows/review.yml").read_text(encoding="utf-8"))

    assert set(review[True]) == {"schedule", "workflow_dispatch"}
    assert [t for s in review["jobs"]["review"]["steps"] for t in targets(s)] == ["review"]


def test_help_lists_every_target():
    run = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True)

    listed = set(re.findall(r"^  make ([a-z-]+)", run.stdout, re.MULTILINE))
    assert listed == TARGETS


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_every_locked_package_has_a_version_and_hashes_and_no_address(lock):
    text = lock.read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z0-9][\w.-]*(?:\[[^]]*\])?==\S+", text, re.MULTILINE)

    assert len(packages) > 20
    assert len(packages) == len(
        re.findall(
            r"(?<=\n)    --hash=sha256:[0-9a-f]{64}",
            re.sub(r"(--hash=\S+) \\\n    (?=--hash)", r"\1 ", text),
        )
    )
    assert "://" not in text


def test_ci_runs_exactly_the_readmes_commands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = re.findall(r"^make ([a-z]+) ", readme, re.MULTILINE)
    run = re.findall(r"make ([a-z]+)", (ROOT / ".ci/run").read_text(encoding="utf-8"))

    assert told == ["serve", "test", "review", "audit"]
    assert run == ["test", "review", "audit"]


# Whose content it is, as its own files say; nothing of the product may.
NAMES = {
    name.lower()
    for file in (ROOT / "data/municipalities").glob("*.yml")
    for name in (
        file.stem,
        *re.findall(r"^short_title: (\S+)", file.read_text(encoding="utf-8"), re.MULTILINE),
    )
}


def test_product_and_tests_name_none_of_the_content():
    product = ("macros/", "overrides/", "tests/", ".github/", "Makefile", "mkdocs.yml")
    looked = 0
    for name in tracked():
        path = ROOT / name
        if name.startswith(product) and path.suffix not in (".xlsx", ".png") and path.is_file():
            text = path.read_text(encoding="utf-8").lower()
            assert not [one for one in NAMES if one in text], name
            looked += 1

    assert NAMES and looked > 150


def test_readme_links_lead_somewhere():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", readme)

    assert "data/README.md" in links
    for link in links:
        assert (ROOT / link).exists(), link


def test_no_font_or_script_of_others_is_kept_here():
    names = tracked()
    assert "README.md" in names
    for name in names:
        assert not name.endswith((".woff", ".woff2", ".ttf", ".otf", ".min.js")), name


def test_what_documents_name_is_there():
    """Files and names in backticks, as far as one can tell by their last part."""
    told = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    paths = told.stdout.split()
    documents = [path for path in paths if path.endswith(".md") and not path.startswith("tests/")]
    sources = [path for path in paths if re.search(r"\.(py|js|mjs|html|css|yml|toml|sh)$", path)]
    assert len(documents) > 30 and len(sources) > 200
    known = "\n".join([*paths, *((ROOT / path).read_text("utf-8") for path in sources)])
    words = set(re.findall(r"[\w-]+(?:\.\w+)?", known)) | set(re.findall(r"[\w-]+", known))
    endings = {path.rpartition(".")[2] for path in paths}
    names = words - endings

    lost = []
    for path in documents:
        for name in re.findall(
            r"`([\w-]+(?:[./][\w-]+)+)(?:\(\))?`", (ROOT / path).read_text("utf-8")
        ):
            last = name.rpartition("/")[2]
            if last not in words and last.rpartition(".")[2] not in names:
                lost.append((path, name))
    assert lost == []
