"""The repository's own promises: locks, workflow, Makefile, documents."""

import re
import subprocess

import pytest
import yaml
from conftest import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
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
    called = {
        target
        for step in steps(workflow)
        for target in re.findall(r"^make ([a-z]+)", step.get("run", ""), re.MULTILINE)
    }

    assert called >= {"check", "test", "build"}
    assert called <= TARGETS


def test_workflow_runs_on_changes_on_main_and_every_night():
    # YAML 1.1 reads the key «on» as true.
    events = yaml.safe_load(WORKFLOWS[0].read_text(encoding="utf-8"))[True]

    assert {"pull_request", "push", "schedule"} <= set(events)
    assert events["push"]["branches"] == ["main"]


def test_help_lists_every_target():
    run = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True)

    listed = set(re.findall(r"make ([a-z]+)", run.stdout))
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


def test_ci_runs_the_readmes_test_command():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "make test" in readme and "make serve" in readme


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
