"""Beginning a program or a page: everything that belongs to it is there and right; a wrong name writes nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from live.contributing.__main__ import main
from tests.conftest import ROOT


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The parts of the project that a contribution touches, as the current folder."""
    for name in ("docs", "snippets", "tests/snippets"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml", ".yamllint.yml", ".gitignore"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def module(name: str, *arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", name, *arguments],
        cwd=cwd,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
    )


def test_a_new_program_has_a_test_and_its_place_on_both_pages(copy: Path, capsys) -> None:
    before = contents(copy)
    assert main(["snippet", "locks/take_turns"]) == 0
    written = {file for file, text in contents(copy).items() if before.get(file) != text}
    names = {
        "snippets/locks/take_turns.py",
        "tests/snippets/test_locks_take_turns.py",
        "docs/zh/locks.md",
        "docs/en/locks.md",
    }
    assert {file.relative_to(copy).as_posix() for file in written} == names
    for language in ("zh", "en"):
        text = (copy / "docs" / language / "locks.md").read_text(encoding="utf-8")
        assert (
            text.index("{#take-turns}") < text.index('--8<-- "snippets/locks/take_turns.py"') < text.index("{#summary}")
        )
    assert "make translations ACCEPT=locks.md#take-turns" in capsys.readouterr().out


def test_what_was_begun_passes_lint_build_and_its_test(copy: Path) -> None:
    assert main(["page", "thread-pools"]) == 0
    assert main(["snippet", "pools/take_turns", "--page", "thread-pools.md"]) == 0
    assert main(["snippet", "locks/take_turns"]) == 0
    new = ["docs/zh/thread-pools.md", "docs/en/thread-pools.md", "docs/zh/locks.md", "docs/en/locks.md"]
    programs = [f"snippets/{chapter}/take_turns.py" for chapter in ("pools", "locks")]
    names = [f"tests/snippets/test_{chapter}_take_turns.py" for chapter in ("pools", "locks")]
    for command in (
        ["pymarkdown", "scan", *new],
        ["yamllint", "--strict", "mkdocs.yml"],
        ["ruff", "check", *programs, *names],
        ["ruff", "format", "--check", *programs, *names],
        ["live.pages.typography"],
        ["live.translating", "--check"],
    ):
        done = module(*command, cwd=copy)
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    # Only what is new runs; the other programs have a test of their own.
    built = module("mkdocs", "build", "--strict", cwd=copy, LIVE_RUN="false")
    assert built.returncode == 0, built.stderr
    for page in ("thread-pools", "en/thread-pools", "locks", "en/locks"):
        assert "take_turns.py" in (copy / "site" / page / "index.html").read_text(encoding="utf-8")
    tested = module("pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *names, cwd=copy)
    assert "2 passed" in tested.stdout, tested.stdout + tested.stderr


def test_the_test_that_was_begun_fails_when_the_program_prints_something_else(copy: Path) -> None:
    main(["snippet", "locks/take_turns"])
    program = copy / "snippets/locks/take_turns.py"
    program.write_text(program.read_text().replace("work in a thread", "another line"))
    tested = module(
        "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", "tests/snippets/test_locks_take_turns.py", cwd=copy
    )
    assert tested.returncode == 1
    assert "another line" in tested.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["snippet"], "no name: name the program as chapter/name"),
        (["snippet", "turns"], "for example locks/take_turns"),
        (["snippet", "locks/Take-Turns"], "in small letters"),
        (["snippet", "locks/../../evil"], "in small letters"),
        (["snippet", "locks/meeting"], "snippets/locks/meeting.py: is there already; take another name"),
        (["snippet", "nowhere/first"], "PAGE=page.md"),
        (["snippet", "locks/first", "--page", "nothing.md"], "begin one with: make new-page nothing"),
        (["page"], "for example thread-pools"),
        (["page", "Thread Pools"], "in small letters with hyphens"),
        (["page", "locks"], "docs/zh/locks.md: is there already"),
    ],
)
def test_a_wrong_name_says_what_would_be_right_and_writes_nothing(copy: Path, arguments, message, capsys) -> None:
    before = contents(copy)
    assert main(arguments) == 2
    assert message in capsys.readouterr().err
    assert contents(copy) == before


def test_a_page_cannot_be_placed_in_a_navigation_that_is_not_as_it_was(copy: Path, capsys) -> None:
    file = copy / "mkdocs.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("勘误: errata.md", "勘误 : errata.md"), encoding="utf-8")
    before = contents(copy)
    assert main(["page", "thread-pools"]) == 2
    assert "add thread-pools.md to nav by hand" in capsys.readouterr().err
    assert contents(copy) == before
