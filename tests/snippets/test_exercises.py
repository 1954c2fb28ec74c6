"""The exercises: each check fails for the broken program of the page, and passes for the mended one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

from live.exercising.exercises import CHAPTERS, Exercise, exercises, find
from live.exercising.program import NAME, CannotCheck, Program
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


CAME = {
    "threads/daemon_loses_work": "of three lines",
    "threads/forgotten_join": "pages of 6 words in all gave 0",
    "locks/crossing_transfers": "both wait for each other for ever: line 17 in transfer(), line 17 in transfer()",
    "locks/two_withdrawals": "balance -60",
    "event/clear_too_late": "it waits for ever, though there is ['last'] to be done",
    "event/set_too_early": "serving at port None",
    "processes/forgotten_guard": "exit code 1: RuntimeError",
    "processes/join_before_get": "waits for a child that waits until its result is received",
    "synchronisation/notified_too_early": "it waits for ever, though the answer is there: line 19 in get()",
    "synchronisation/one_party_too_many": "of three parts 0 were mounted",
    "deadlocks/join_with_the_lock": "close() took 0.3 s",
    "deadlocks/never_released": "somebody waits for ever: line 13 in book(), line 13 in book()",
    "gil/changed_while_iterating": "RuntimeError: dictionary changed size during iteration",
    "gil/loaded_twice": "loaded 2 times",
    "between/never_collected": "state of the child",
    "between/never_unlinked": "the block is left: True",
    "pools/error_nobody_asks_for": "it named []",
    "pools/waits_in_its_own_pool": "pool of 1: all its threads waited for work that no thread was free to do",
    "coroutines/blocked_loop": "read() blocks the thread of the event loop",
    "coroutines/patch_too_late": "one waits, one goes",
    "aio/deaf_to_cancellation": "after 2.5 s in attempt 3",
    "aio/mail_left_behind": "of two mails 0 were sent",
    "combined/coroutine_in_a_pool": "cannot pickle 'coroutine' object",
    "combined/one_at_a_time": "at most 1 were with the pool",
    "mpi/both_receive_first": "wait for each other for ever: line 19 in swap(), line 19 in swap()",
    "mpi/only_root_knows": "got 30, None, None",
    "cluster/lock_cannot_travel": "cannot be pickled: cannot pickle '_thread.lock' object",
    "cluster/same_darts": "of which 100 are different ones",
}
"""A part of what each check says of its broken program: it sees the mistake, and does not fail for another reason."""


@each
def test_the_check_fails_for_the_broken_program_and_says_what_came(exercise: Exercise, runner: Runner) -> None:
    verdict = tried(exercise, exercise.broken, runner)
    assert CAME[exercise.name] in verdict.came
    assert len(verdict.came) < 200


@each
def test_the_check_passes_for_the_mended_program(exercise: Exercise, runner: Runner) -> None:
    assert tried(exercise, exercise.mended, runner).came == ""


@each
def test_no_check_passes_for_a_program_that_does_nothing(
    exercise: Exercise, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for replaced in (NAME, "mpi4py"):
        monkeypatch.setitem(sys.modules, replaced, None)  # what the check puts there is taken away afterwards
    (tmp_path / "empty.py").write_text('"""Nothing."""\n')
    check = getattr(import_module(f"{MODULE}{exercise.chapter}"), exercise.check)
    try:
        check(Program(tmp_path / "empty.py"))
    except CannotCheck as reason:
        pytest.skip(str(reason))
    except Exception:
        return
    pytest.fail("the check passes")


@dataclass(frozen=True)
class Attempt:
    """What a reader may try: a program of the page, with one place changed."""

    program: str
    """Name of the broken or the mended one."""
    old: str
    new: str
    came: str = ""
    """A part of what the check says of it; empty where it is a solution as well."""

    def __str__(self) -> str:
        return f"{self.program}: {self.old.strip()} -> {self.new.strip()}"


SEND = '    world.send(f"greetings from rank {rank}", dest=other)\n'
RECEIVE = "    got = world.recv(source=other)\n"
LOCK = "threading.Lock = field(default_factory=threading.Lock)"
LOOK = "{} self.value is None:\n                self.changed.wait()"
ATTEMPTS = [
    Attempt("threads/daemon_loses_work", ", daemon=True", "", "it never ended"),
    Attempt("threads/daemon_loses_work_mended", "lines.join()", "while lines.unfinished_tasks: time.sleep(0.1)"),
    Attempt("threads/forgotten_join_mended", "thread.start()", "thread.start(), thread.join()", "one after the other"),
    Attempt("locks/two_withdrawals", "time.sleep(0.3)", "pass", "the sleep is the work"),
    Attempt("locks/two_withdrawals_mended", "with self.lock:", "with threading.Lock():", "balance -60"),
    Attempt("locks/two_withdrawals_mended", LOCK, LOCK.replace("Lock", "RLock")),
    Attempt("locks/two_withdrawals_mended", LOCK, LOCK.replace("Lock", "Condition")),
    Attempt("locks/two_withdrawals_mended", LOCK, LOCK.replace("Lock", "Semaphore")),
    Attempt("locks/crossing_transfers_mended", "lambda account: account.name", "lambda _: 0", "wait for each other"),
    Attempt("locks/crossing_transfers_mended", "with second.lock:", "if second.lock:", "did not hold"),
    Attempt("locks/crossing_transfers_mended", "account.name)", "account.name, reverse=True)"),
    Attempt("event/clear_too_late", "ready.wait()", "time.sleep(0.01)", "asking again and again"),
    Attempt("event/clear_too_late_mended", "ready.wait()", "ready.wait(1)"),
    Attempt("event/set_too_early", "time.sleep(0.3)", "pass", "the sleep is the work"),
    Attempt("processes/join_before_get_mended", "bytes(SIZE)", "bytes(SIZE - 1)", "received 999999 bytes"),
    Attempt("processes/forgotten_guard_mended", '"spawn"', '"fork"', "another start method"),
    Attempt("coroutines/blocked_loop_mended", "await asyncio.to_thread(read_slowly)", '"the file"', "does not call"),
    Attempt(
        "coroutines/blocked_loop_mended",
        "asyncio.to_thread(read_slowly)",
        "asyncio.get_running_loop().run_in_executor(None, read_slowly)",
    ),
    Attempt("coroutines/patch_too_late", "    sleep(0.05)", "    gevent.sleep(0.05)"),
    Attempt("combined/coroutine_in_a_pool", "pool.submit(fetch, number).result()", "number", "fetched: 7"),
    Attempt("combined/one_at_a_time_mended", "asyncio.gather(*work)", "asyncio.gather(*work[::-1])", "results were"),
    Attempt("combined/one_at_a_time_mended", "await asyncio.gather(*work)", "[await one for one in work]"),
    Attempt("mpi/both_receive_first", RECEIVE + SEND, SEND + RECEIVE, "wait for each other"),
    Attempt(
        "mpi/both_receive_first",
        RECEIVE + SEND,
        SEND.replace("    world.send", "    sending = world.isend") + RECEIVE + "    sending.wait()\n",
    ),
    Attempt(
        "mpi/only_root_knows",
        "return world.reduce(number, op=MPI.MAX, root=0)",
        "return world.bcast(world.reduce(number, op=MPI.MAX)) if world.Get_rank() == 0 else 30",
        "wait for each other",
    ),
    Attempt(
        "mpi/only_root_knows_mended",
        "world.allreduce(number, op=MPI.MAX",
        "world.bcast(world.reduce(number, op=MPI.MAX), root=0",
    ),
    Attempt("synchronisation/notified_too_early", "self.changed.wait()", LOOK.format("if"), "they got [None, 42]"),
    Attempt(
        "synchronisation/notified_too_early_mended",
        "self.changed.wait_for(lambda: self.value is not None)",
        LOOK.format("while"),
    ),
    Attempt("synchronisation/one_party_too_many", "thread.join(0.15)", "thread.join()", "it never returned"),
    Attempt("synchronisation/one_party_too_many_mended", "all_ready.wait()", "pass", "the order was"),
    Attempt("synchronisation/one_party_too_many", "thread.start()\n", "thread.start()\n    all_ready.wait()\n"),
    Attempt("deadlocks/never_released_mended", "with self.lock:", "if self.lock:", "of 3 seats, [3, 2] were booked"),
    Attempt("deadlocks/never_released_mended", "time.sleep(0.05)", "pass", "the sleep is the work"),
    Attempt("deadlocks/never_released", "return False", "return bool(self.lock.release())"),
    Attempt("deadlocks/join_with_the_lock", "self.thread.join(0.3)", "self.thread.join()", "never returned"),
    Attempt("deadlocks/join_with_the_lock_mended", "self.thread.join()", "pass", "before the thread"),
    Attempt("gil/loaded_twice", "self.pages[page] = load(page)", "self.pages.setdefault(page, load(page))", "2 times"),
    Attempt("gil/changed_while_iterating", "time.sleep(0.3)", "pass", "the sleeps are the work"),
    Attempt("gil/changed_while_iterating", "prices.items()", "sorted(prices.items())"),
    Attempt("between/never_unlinked", "return True", "return False", "the resource tracker had to clean up"),
    Attempt("pools/waits_in_its_own_pool", "part.result(timeout=0.3)", "part.result()", "pool of 1: nobody can go on"),
    Attempt("pools/waits_in_its_own_pool", "[pool.submit(total", "[ThreadPoolExecutor(1).submit(total"),
    Attempt("pools/waits_in_its_own_pool_mended", "time.sleep(0.05)", "pass", "0 of 6 months were fetched"),
    Attempt(
        "pools/waits_in_its_own_pool_mended",
        "[pool.submit(fetch, shop, month) for",
        "[(one := pool.submit(fetch, shop, month), one.result())[0] for",
        "one month after the other",
    ),
    Attempt("pools/error_nobody_asks_for", "submit(upload, photo)", "submit(upload, photo).result()", "one after the"),
    Attempt(
        "pools/error_nobody_asks_for_mended", "future.result()", "future.done() and future.result()", "it named []"
    ),
    Attempt("aio/mail_left_behind", "asyncio.create_task", "await asyncio.create_task", "one after the other"),
    Attempt(
        "aio/mail_left_behind",
        'print(f"{name}: confirmed")\n',
        'print(f"{name}: confirmed")\n    await asyncio.sleep(1)\n',
        "0 were sent",
    ),
    Attempt("aio/deaf_to_cancellation", "BaseException as", "Exception as"),
    Attempt("aio/deaf_to_cancellation_mended", "range(1, 6)", "range(1, 3)", "the third attempt succeeds"),
    Attempt("cluster/same_darts", "Random(SEED)", "Random()", "other darts"),
    Attempt("cluster/lock_cannot_travel_mended", "send(count, line)", "count(line)", "of two lines 0 were sent"),
    Attempt("cluster/lock_cannot_travel", "    def count(self, ", "    @staticmethod\n    def count("),
]


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=str)
def test_what_only_looks_mended_fails_and_another_solution_passes(
    attempt: Attempt, runner: Runner, tmp_path: Path
) -> None:
    source = (ROOT / FOLDER / "exercises" / f"{attempt.program}.py").read_text(encoding="utf-8")
    assert source.count(attempt.old) == 1
    (tmp_path / "mine.py").write_text(source.replace(attempt.old, attempt.new), encoding="utf-8")
    came = tried(find(ROOT, attempt.program), tmp_path / "mine.py", runner).came
    assert attempt.came in came
    assert bool(came) == bool(attempt.came)


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
    assert {chapter: chapters.count(chapter) for chapter in chapters} == dict.fromkeys(CHAPTERS, 2)


def test_every_program_belongs_to_an_exercise() -> None:
    files = {file for exercise in ALL for file in (exercise.broken, exercise.mended)}
    assert set((ROOT / FOLDER / "exercises").rglob("*.py")) == files
