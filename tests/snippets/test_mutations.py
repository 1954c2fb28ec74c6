"""The tests of the programs notice when the taught line is gone.

Each mutation is made in a copy of the programs, in which the named test has to fail. In an unchanged copy it passes.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT, WITHOUT_SITE, able

PATIENCE = 300  # seconds; only so that a mutant that hangs ends


@dataclass(frozen=True)
class Mutation:
    """A line without which a program no longer shows what it is there for."""

    snippet: str
    old: str
    new: str
    test: str
    """File and name of the test that notices."""

    def __str__(self) -> str:
        return f"{self.snippet}: {self.old.strip()}"


MUTATIONS = [
    Mutation(
        "event/redis_wait",
        "event.wait()",
        "pass",
        "test_event.py::test_a_worker_waits_for_the_event_it_is_given",
    ),
    Mutation(
        "event/lost_wakeup",
        "    event.clear()  # (3)!",
        "    pass",
        "test_event.py::test_three_times_set_wakes_once_and_what_was_cleared_is_found_only_by_looking",
    ),
    Mutation(
        "threads/music_log_join",
        "t1.join()",
        "pass",
        "test_threads.py::test_with_join_main_waits_for_each_of_the_two",
    ),
    Mutation(
        "threads/daemon_alone",
        "daemon=True",
        "daemon=False",
        "test_threads.py::test_a_daemon_dies_with_its_finally_unrun_when_it_is_alone",
    ),
    Mutation(
        "locks/with_lock",
        "with lock:",
        "if lock:",
        "test_locks.py::test_the_lock_is_held_from_reading_to_writing",
    ),
    Mutation(
        "locks/rlock_turns",
        "rlock = threading.RLock()",
        "rlock = threading.Semaphore(20)",
        "test_locks.py::test_the_lock_is_held_during_the_sleep",
    ),
    Mutation(
        "locks/rlock_turns",
        "my_thread.join()",
        "pass",
        "test_locks.py::test_main_waits_for_all_ten",
    ),
    Mutation(
        "locks/leaked_lock",
        "    finally:\n        lock.release()",
        "    finally:\n        pass",
        "test_locks.py::test_only_the_bare_way_leaks_the_lock",
    ),
    Mutation(
        "locks/self_deadlock",
        "threading.RLock()",
        "threading.Lock()",
        "test_locks.py::test_only_a_reentrant_lock_can_be_taken_again",
    ),
    Mutation(
        "locks/one_order",
        "sorted((one, other), key=lambda resource: resource.name)",
        "(one, other)",
        "test_locks.py::test_whatever_is_wanted_first_the_locks_are_taken_in_one_order",
    ),
    Mutation(
        "processes/by_function",
        "        p.join()",
        "        pass",
        "test_processes.py::test_by_function_starts_all_three_then_joins_all_three",
    ),
    Mutation(
        "processes/daemon_has_no_children",
        'daemon=kind == "daemonic"',
        "daemon=False",
        "test_processes.py::test_only_an_ordinary_process_may_have_children",
    ),
    Mutation(
        "processes/terminate_can_be_ignored",
        "signal.SIG_IGN",
        "signal.SIG_DFL",
        "test_processes.py::test_terminate_can_be_ignored_and_kill_cannot",
    ),
    Mutation(
        "processes/run_is_no_start",
        "    process.run()",
        "    process.start()",
        "test_processes.py::test_run_runs_in_the_process_that_calls_it_and_nothing_without_a_target",
    ),
    Mutation(
        "coroutines/fetch_patched",
        "monkey.patch_all()",
        "pass",
        "test_coroutines.py::test_patched_fetches_are_open_together_and_never_shorter_than_the_server_takes",
    ),
    Mutation(
        "coroutines/patch_too_late",
        "from time import sleep  # (1)!\n\nfrom gevent import monkey\n\nmonkey.patch_all()",
        "from gevent import monkey\n\nmonkey.patch_all()\nfrom time import sleep",
        "test_coroutines.py::test_a_name_bound_before_patching_still_blocks",
    ),
    Mutation(
        "coroutines/asyncio_lock",
        "Counter(asyncio.Lock())",
        "Counter(nullcontext())",
        "test_coroutines.py::test_tasks_lose_updates_only_when_they_switch_without_a_lock",
    ),
    Mutation(
        "coroutines/gevent_lock",
        "count(BoundedSemaphore(1))",
        "count(nullcontext())",
        "test_coroutines.py::test_greenlets_lose_updates_without_a_lock",
    ),
    Mutation(
        "coroutines/cpu_greenlets",
        "lambda: gevent.sleep(0)",
        "lambda: None",
        "test_coroutines.py::test_greenlets_switch_only_where_they_pause",
    ),
    Mutation(
        "coroutines/joinall_errors",
        "greenlets, raise_error=True",
        "greenlets",
        "test_coroutines.py::test_joinall_raises_nothing_unless_told_to",
    ),
    Mutation(
        "pools/future_states",
        "second.add_done_callback(tell)",
        "tell(first)",
        "test_pools.py::test_a_callback_runs_in_the_worker_or_where_it_is_added_if_that_is_too_late",
    ),
    Mutation(
        "pools/two_orders",
        "        a_may_end.wait()  # (1)!",
        "        pass",
        "test_pools.py::test_map_keeps_the_order_of_the_input_and_as_completed_gives_last_what_ends_last",
    ),
    Mutation(
        "pools/errors_kept",
        "            asked.result()",
        "            pass",
        "test_pools.py::test_an_exception_is_kept_for_who_asks_and_nobody_hears_of_the_other_one",
    ),
    Mutation(
        "pools/running_goes_on",
        ", cancel_futures=True)  # (3)!",
        ")",
        "test_pools.py::test_nothing_stops_work_that_has_begun",
    ),
    Mutation(
        "pools/back_pressure",
        "_, pending = wait(pending, return_when=FIRST_COMPLETED)",
        "pass",
        "test_pools.py::test_a_window_is_filled_and_never_overfilled",
    ),
    Mutation(
        "pools/process_pool",
        ", chunksize=chunksize",
        "",
        "test_pools.py::test_calls_travel_in_chunks_and_each_worker_is_prepared_once",
    ),
    Mutation(
        "pools/leaving_with",
        "        pool.close()  # (3)!\n        pool.join()\n",
        "",
        "test_pools.py::test_an_executor_waits_on_leaving_with_and_a_pool_terminates",
    ),
]


def copy(folder: Path) -> Path:
    """The programs and their tests, without the site."""
    ignore = shutil.ignore_patterns("__pycache__", "test_mutations.py", "*.recording.json")
    for name in ("snippets", "tests/snippets"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignore)
    for name in ("tests/__init__.py", "tests/conftest.py", "tests/project.py"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "pytest.ini").write_text("[pytest]\npythonpath = .\n")
    return folder


def failures(folder: Path, *tests: str) -> set[str]:
    """Names of those of the tests in `folder` that fail there; all others pass or are skipped."""
    command = [sys.executable, "-m", "pytest", "-q", "-rf", "--import-mode=importlib"]
    command += ["-p", "no:xdist", "-p", "no:cacheprovider", *(f"tests/snippets/{test}" for test in tests)]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, WITHOUT_SITE: "1", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode in {0, 1}, done.stdout + done.stderr
    assert " error" not in done.stdout.splitlines()[-1], done.stdout
    return {name.partition("[")[0] for name in re.findall(r"^FAILED \S+/(\S+::\w+)", done.stdout, re.MULTILINE)}


@pytest.mark.parametrize("file", sorted({mutation.test.partition("::")[0] for mutation in MUTATIONS}))
def test_without_a_mutation_the_tests_pass(file: str, tmp_path: Path) -> None:
    tests = {mutation.test for mutation in MUTATIONS if mutation.test.startswith(file)}
    assert failures(copy(tmp_path), *sorted(tests)) == set()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_a_mutation_is_noticed(mutation: Mutation, tmp_path: Path) -> None:
    able(mutation.snippet)
    program = copy(tmp_path) / "snippets" / f"{mutation.snippet}.py"
    source = program.read_text(encoding="utf-8")
    assert source.count(mutation.old) == 1, "the line stands once in the program"
    program.write_text(source.replace(mutation.old, mutation.new), encoding="utf-8")
    assert failures(tmp_path, mutation.test) == {mutation.test}


def test_at_least_ten_programs_are_mutated() -> None:
    assert len({mutation.snippet for mutation in MUTATIONS}) >= 10
