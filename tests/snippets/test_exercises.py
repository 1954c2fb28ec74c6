"""The exercises: each check fails for the broken program of the page, and passes for the mended one."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from live.exercising.exercises import Exercise, exercises, find
from live.exercising.trying import Verdict, try_it
from live.running.run import Runner
from live.snippet import FOLDER
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


@pytest.mark.parametrize(
    ("name", "from_mended", "old", "new", "came"),
    [
        ("threads/daemon_loses_work", False, ", daemon=True", "", "it never ended"),
        (
            "threads/forgotten_join",
            True,
            "        thread.start()\n",
            "        thread.start()\n        thread.join()\n",
            "one after the other",
        ),
        ("locks/two_withdrawals", False, "time.sleep(0.1)", "pass", "the sleep is the work"),
        ("locks/two_withdrawals", True, "with self.lock:", "with threading.Lock():", "balance -60"),
        (
            "locks/crossing_transfers",
            True,
            "sorted((source, target), key=lambda account: account.name)",
            "source, target",
            "wait for each other",
        ),
        ("locks/crossing_transfers", True, "with second.lock:", "if second.lock:", "did not hold"),
        ("event/clear_too_late", False, "ready.wait()", "time.sleep(0.01)", "asking again and again"),
        ("event/set_too_early", False, "time.sleep(0.1)", "pass", "the sleep is the work"),
        ("processes/join_before_get", True, "bytes(SIZE)", "bytes(SIZE - 1)", "received 999999 bytes"),
        ("processes/forgotten_guard", True, '"spawn"', '"fork"', "another start method"),
        ("coroutines/blocked_loop", True, "await asyncio.to_thread(read_slowly)", '"the file"', "does not call"),
        ("combined/coroutine_in_a_pool", False, "pool.submit(fetch, number).result()", "number", "fetched: 7"),
        ("combined/one_at_a_time", True, "asyncio.gather(*work)", "asyncio.gather(*reversed(work))", "results were"),
        (
            "mpi/both_receive_first",
            False,
            '    got = world.recv(source=other)\n    world.send(f"greetings from rank {rank}", dest=other)\n',
            '    world.send(f"greetings from rank {rank}", dest=other)\n    got = world.recv(source=other)\n',
            "wait for each other",
        ),
        (
            "mpi/only_root_knows",
            False,
            "    return world.reduce(number, op=MPI.MAX, root=0)  # (1)!\n",
            "    most = world.reduce(number, op=MPI.MAX, root=0)\n"
            "    return world.bcast(most, root=0) if world.Get_rank() == 0 else 30\n",
            "wait for each other",
        ),
    ],
)
def test_what_only_looks_mended_is_no_solution(
    name: str, from_mended: bool, old: str, new: str, came: str, runner: Runner, tmp_path: Path
) -> None:
    exercise = find(ROOT, name)
    source = (exercise.mended if from_mended else exercise.broken).read_text(encoding="utf-8")
    assert source.count(old) == 1
    (tmp_path / "mine.py").write_text(source.replace(old, new), encoding="utf-8")
    assert came in tried(exercise, tmp_path / "mine.py", runner).came


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (
            "threads/daemon_loses_work",
            "    lines.join()  # (2)!\n",
            "    while lines.unfinished_tasks:\n        time.sleep(0.1)\n",
        ),
        (
            "locks/two_withdrawals",
            "threading.Lock = field(default_factory=threading.Lock)",
            "threading.Condition = field(default_factory=threading.Condition)",
        ),
        (
            "locks/two_withdrawals",
            "threading.Lock = field(default_factory=threading.Lock)",
            "threading.Semaphore = field(default_factory=threading.Semaphore)",
        ),
        ("locks/crossing_transfers", "account.name", "id(account)"),
        ("event/clear_too_late", "ready.wait()", "ready.wait(1)"),
        (
            "coroutines/blocked_loop",
            "asyncio.to_thread(read_slowly)",
            "asyncio.get_running_loop().run_in_executor(None, read_slowly)",
        ),
        ("combined/one_at_a_time", "await asyncio.gather(*work)", "[await one for one in work]"),
        (
            "mpi/both_receive_first",
            '    return world.sendrecv(f"greetings from rank {rank}", dest=other, source=other)',
            '    sending = world.isend(f"greetings from rank {rank}", dest=other)\n'
            "    got = world.recv(source=other)\n    sending.wait()\n    return got",
        ),
        (
            "mpi/only_root_knows",
            "world.allreduce(number, op=MPI.MAX)",
            "world.bcast(world.reduce(number, op=MPI.MAX, root=0), root=0)",
        ),
    ],
)
def test_another_solution_passes_as_well(name: str, old: str, new: str, runner: Runner, tmp_path: Path) -> None:
    exercise = find(ROOT, name)
    source = exercise.mended.read_text(encoding="utf-8")
    assert source.count(old) == 1
    (tmp_path / "mine.py").write_text(source.replace(old, new), encoding="utf-8")
    assert tried(exercise, tmp_path / "mine.py", runner).came == ""


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
