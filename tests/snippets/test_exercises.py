"""The exercises: each check fails for the broken program of the page, and passes for the mended one."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from live.exercising.exercises import FOLDER, Exercise, exercises
from live.exercising.trying import Verdict, try_it
from live.running.run import Runner
from tests.conftest import ROOT

ALL = exercises(ROOT)
each = pytest.mark.parametrize("exercise", ALL, ids=str)
MODULE = "tests.exercises."


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    runner = Runner()
    yield runner
    runner.stop()


def tried(exercise: Exercise, file: Path, runner: Runner) -> Verdict:
    """The verdict; where the check needs something that is not here, the test is skipped."""
    verdict = try_it(exercise, file, runner)
    if verdict.lacks:
        pytest.skip(verdict.lacks)
    return verdict


@each
def test_the_check_fails_for_the_broken_program_and_says_what_came(exercise: Exercise, runner: Runner) -> None:
    verdict = tried(exercise, exercise.broken, runner)
    assert not verdict.kept
    assert "still running" not in verdict.came, "the check itself sees what is wrong, and waits for no time limit"
    assert len(verdict.came) < 200


@each
def test_the_check_passes_for_the_mended_program(exercise: Exercise, runner: Runner) -> None:
    assert tried(exercise, exercise.mended, runner).came == ""


@each
def test_no_check_passes_for_a_program_that_does_nothing(exercise: Exercise, runner: Runner, tmp_path: Path) -> None:
    (tmp_path / "empty.py").write_text('"""Nothing."""\n')
    assert not tried(exercise, tmp_path / "empty.py", runner).kept


@each
def test_each_check_says_in_one_sentence_what_is_promised(exercise: Exercise) -> None:
    check = getattr(import_module(f"{MODULE}{exercise.chapter}"), exercise.check)
    promise, _, more = check.__doc__.partition("\n")
    assert promise.endswith(".") and not more.strip()


@each
def test_broken_and_mended_say_the_same_but_for_what_was_mended(exercise: Exercise) -> None:
    broken, mended = (file.read_text(encoding="utf-8").splitlines() for file in (exercise.broken, exercise.mended))
    assert broken != mended
    kept = [line for line in broken if line.strip() and line.lstrip() in {other.lstrip() for other in mended}]
    assert len(kept) >= 0.6 * len([line for line in broken if line.strip()])


def test_each_chapter_has_two_exercises() -> None:
    chapters = [exercise.chapter for exercise in ALL]
    assert {chapter: chapters.count(chapter) for chapter in chapters} == dict.fromkeys(
        ("threads", "locks", "event", "processes", "coroutines", "combined", "mpi"), 2
    )


def test_every_program_belongs_to_an_exercise() -> None:
    files = {file for exercise in ALL for file in (exercise.broken, exercise.mended)}
    assert set((ROOT / FOLDER / "exercises").rglob("*.py")) == files
