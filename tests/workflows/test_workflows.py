"""What SECURITY.md promises of the workflows on GitHub, read off the files."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

FOLDER = ROOT / ".github/workflows"
NAMES = sorted(file.name for file in FOLDER.glob("*"))
ZIZMOR = shutil.which("zizmor", path=str(Path(sys.executable).parent))
ACTIONLINT = shutil.which("actionlint", path=str(Path(sys.executable).parent))
BAD = """
on: pull_request_target
jobs:
  build:
    runs-on: ubuntu-24.04
    needs: nothing
    steps:
      - uses: actions/checkout@v4
      - run: echo ${{ github.event.pull_request.title }}
"""


def workflow(name: str) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return loaded


def jobs(name: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = workflow(name)["jobs"]
    return found


def used(name: str) -> list[str]:
    """The actions of a workflow, in order."""
    return [step["uses"] for job in jobs(name).values() for step in job["steps"] if "uses" in step]


def test_there_are_workflows() -> None:
    assert NAMES == ["check.yml", "newest.yml", "publish.yml"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_runs_for_a_pull_request_with_the_rights_of_main(name: str) -> None:
    triggers = workflow(name)[True]  # YAML 1.1 takes `on` for a truth value
    assert set(triggers) <= {"pull_request", "push", "schedule", "workflow_dispatch"}
    assert ("pull_request" in triggers) == (name == "check.yml")


@pytest.mark.parametrize("name", NAMES)
def test_a_job_has_no_right_but_to_read_the_repository(name: str) -> None:
    assert workflow(name)["permissions"] == {}
    for job, content in jobs(name).items():
        publishes = (name, job) == ("publish.yml", "publish")
        expected = {"pages": "write", "id-token": "write"} if publishes else {"contents": "read"}
        assert content["permissions"] == expected, job


@pytest.mark.parametrize("name", NAMES)
def test_no_workflow_knows_a_secret_or_leaves_the_token_behind(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert not re.search(r"\bsecrets\b|github\.token", text)
    checkouts = [step for job in jobs(name).values() for step in job["steps"] if "checkout" in step.get("uses", "")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.parametrize("name", NAMES)
def test_actions_are_pinned_by_hash_with_their_version_beside(name: str) -> None:
    lines = [line.strip(" -") for line in (FOLDER / name).read_text().splitlines() if "uses:" in line]
    assert len(lines) == len(used(name)) > 0
    for line in lines:
        assert re.fullmatch(r"uses: actions/[a-z-]+(/[a-z]+)?@[0-9a-f]{40}  # v\d+\.\d+\.\d+", line), line


def test_an_action_is_the_same_wherever_it_is_used() -> None:
    pinned = {use.partition("@")[::2] for name in NAMES for use in used(name)}
    by_repository = {(action.split("/")[1], hash) for action, hash in pinned}
    assert len(by_repository) == len({repository for repository, _ in by_repository})


@pytest.mark.parametrize("name", NAMES)
def test_every_job_ends_and_no_two_runs_are_in_each_others_way(name: str) -> None:
    assert all(0 < job["timeout-minutes"] <= 60 for job in jobs(name).values())
    assert workflow(name)["concurrency"]["group"]


def test_no_cache_reaches_what_is_published() -> None:
    caches = {name: [use for use in used(name) if "cache" in use] for name in NAMES}
    assert [use.partition("@")[0] for use in caches["publish.yml"]] == ["actions/cache/save"]
    assert [use.partition("@")[0] for use in caches["check.yml"]] == ["actions/cache/restore"]
    assert caches["newest.yml"] == []
    for name in NAMES:
        assert not re.search(r"^ +cache:", (FOLDER / name).read_text(), re.MULTILINE), "nor one of setup-python"
        assert "LIVE_STORE" not in (FOLDER / name).read_text(), "the store is that of a fresh clone: empty"


def test_who_may_publish_runs_no_code_of_the_repository() -> None:
    publish = jobs("publish.yml")["publish"]
    assert [step["uses"].partition("@")[0] for step in publish["steps"]] == ["actions/deploy-pages"]
    assert publish["needs"] == "build"
    assert "refs/heads/main" in jobs("publish.yml")["build"]["if"]


def test_every_python_that_the_project_supports_is_tried() -> None:
    tried = jobs("check.yml")["test"]["strategy"]["matrix"]["python"]
    assert tried == ["3.11", "3.12", "3.13", "3.14", "3.14t", "3.15"]


def test_the_workflows_use_the_targets_that_people_use() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = {
        target
        for name in NAMES
        for job in jobs(name).values()
        for step in job["steps"]
        for target in re.findall(r"\bmake ([a-z]+)", step.get("run", ""))
    }
    assert targets == {"build", "faults", "lighthouse", "lint", "outdated", "summary", "test"}
    assert all(f"\n{target}: " in makefile for target in targets)
    installing = [name for name in NAMES if re.search(r"pip install|apt-get", (FOLDER / name).read_text())]
    assert installing == [], "make and .ci/install do that"


@pytest.mark.parametrize(
    ("repository", "settings", "site", "address"),
    [
        ("Me/notes", {}, "https://me.github.io/notes/", "https://github.com/Me/notes"),
        ("Me/me.GitHub.io", {}, "https://me.github.io/", "https://github.com/Me/me.GitHub.io"),
        ("Me/notes", {"SITE_URL": "https://x.org"}, "https://x.org/", "https://github.com/Me/notes"),
        (
            "Me/notes",
            {"SITE_URL": "https://x.org/y/", "REPO_URL": "https://z.org"},
            "https://x.org/y/",
            "https://z.org",
        ),
    ],
)
def test_the_addresses_are_worked_out_unless_they_are_given(
    repository: str, settings: dict[str, str], site: str, address: str
) -> None:
    empty = {"SITE_URL": "", "REPO_URL": "", "GITHUB_SERVER_URL": "https://github.com"}
    environment = {**os.environ, **empty, **settings, "GITHUB_REPOSITORY": repository}
    done = subprocess.run(["bash", ROOT / ".ci/addresses"], env=environment, capture_output=True, text=True)
    assert done.stdout == f"SITE_URL={site}\nREPO_URL={address}\n", done.stderr


def test_the_devcontainer_and_the_dockerfile_have_the_same_image() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    images = re.findall(r"^FROM (\S+)", dockerfile, re.MULTILINE)
    assert all(re.fullmatch(r"[a-z/-]+:[\w.-]+@sha256:[0-9a-f]{64}", image) for image in images)
    assert f'"image": "{images[0]}"' in (ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8")


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "bad.yml").write_text(BAD)
    return folder / "bad.yml"


@pytest.mark.skipif(ZIZMOR is None, reason="zizmor is not here: it has no wheel for this platform")
def test_zizmor_would_notice(bad: Path) -> None:
    done = subprocess.run([ZIZMOR or "", "--offline", "--no-progress", str(bad)], capture_output=True, text=True)
    assert done.returncode > 0
    for finding in ("dangerous-triggers", "unpinned-uses", "template-injection", "excessive-permissions"):
        assert f"[{finding}]" in done.stdout


@pytest.mark.skipif(ACTIONLINT is None, reason="actionlint is not here: it has no wheel for this platform")
def test_actionlint_would_notice(bad: Path) -> None:
    command = [sys.executable, ACTIONLINT or "", "-shellcheck=", "-pyflakes=", str(bad)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert 'needs job "nothing" which does not exist' in done.stdout
