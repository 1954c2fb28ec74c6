"""The tests of the programs notice when the taught line is gone.

Mutations are made in a copy of the programs, in which the named tests have to fail. In an unchanged copy they pass.
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

from live.running.means import means
from live.snippet import Snippet
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
        "between/join_before_get",
        "queue.put(bytes(size))",
        "queue.put(bytes(size // size))",
        "test_between.py::test_a_child_lives_until_what_it_has_put_was_got_and_a_simple_queue_keeps_it_in_put",
    ),
    Mutation(
        "between/pipe_ends",
        "process.join()",
        "theirs.close()",
        "test_between.py::test_the_end_of_a_pipe_comes_only_when_our_own_copy_is_closed_too",
    ),
    Mutation(
        "between/shared_counter",
        "with guard:",
        "if guard:",
        "test_between.py::test_the_guard_is_held_from_reading_to_writing",
    ),
    Mutation(
        "between/shared_counter",
        "meeting.wait(patience)",
        "pass",
        "test_between.py::test_an_update_is_lost_without_a_lock_and_none_with_it",
    ),
    Mutation(
        "between/shared_block",
        "block.unlink()",
        "pass",
        "test_between.py::test_a_block_is_found_after_close_and_not_after_unlink",
    ),
    Mutation(
        "between/nested_in_proxy",
        'shared["assigned"] = names',
        "pass",
        "test_between.py::test_a_change_of_a_copy_is_lost_and_those_assigned_or_through_a_proxy_are_kept",
    ),
    Mutation(
        "between/two_seats",
        "with seats:",
        "if seats:",
        "test_between.py::test_the_seat_of_a_killed_process_stays_taken",
    ),
    Mutation(
        "between/cannot_pickle",
        "def __reduce__(self)",
        "def reduce(self)",
        "test_between.py::test_what_cannot_be_pickled_says_so_and_its_remedy_comes_back",
    ),
    Mutation(
        "between/zombie",
        "wait([process.sentinel])",
        "process.join()",
        "test_between.py::test_a_child_is_a_zombie_until_it_is_collected_in_either_way",
    ),
    Mutation(
        "between/signals_to_group",
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))",
        "pass",
        "test_between.py::test_no_program_leaves_a_process_behind",
    ),
    Mutation(
        "between/handler_in_main",
        "signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)",
        "os.kill(os.getpid(), signal.SIGUSR1)",
        "test_between.py::test_the_handler_waits_for_the_main_thread_which_was_in_a_system_call",
    ),
    Mutation(
        "aio/call_await_task",
        "    await coroutine  # (2)!",
        "    asyncio.create_task(coroutine)",
        "test_aio.py::test_a_call_runs_nothing_await_runs_it_here_and_tasks_run_beside",
    ),
    Mutation(
        "aio/keep_a_reference",
        "    gc.collect()  # (5)!",
        "    pass",
        "test_aio.py::test_a_task_that_nobody_keeps_is_collected_and_a_kept_one_is_not",
    ),
    Mutation(
        "aio/one_fails",
        'fail(KeyError("second")))  # (2)!',
        'fail(KeyError("second")), return_exceptions=True)',
        "test_aio.py::test_gather_lets_the_sibling_finish_and_shows_one_error",
    ),
    Mutation(
        "aio/cancellation",
        "asyncio.shield(inner)",
        "inner",
        "test_aio.py::test_cancelling_is_a_request_that_runs_finally_can_be_swallowed_and_kept_off_by_a_shield",
    ),
    Mutation(
        "aio/blocking_calls",
        "await asyncio.to_thread(block, bell)",
        "block(bell)",
        "test_aio.py::test_another_task_can_ring_only_while_a_thread_blocks",
    ),
    Mutation(
        "aio/two_at_a_time",
        "asyncio.Queue(maxsize=2)",
        "asyncio.Queue()",
        "test_aio.py::test_a_full_queue_holds_its_producer_back_and_two_workers_do_two_at_a_time",
    ),
    Mutation(
        "aio/two_at_a_time",
        "asyncio.Semaphore(2)",
        "asyncio.Semaphore(3)",
        "test_aio.py::test_a_semaphore_lets_two_in_at_a_time",
    ),
    Mutation(
        "aio/from_a_thread",
        "asyncio.run(show(), debug=debug)",
        "asyncio.run(show())",
        "test_aio.py::test_another_thread_gets_its_answer_and_only_debug_mode_finds_the_wrong_call",
    ),
    Mutation(
        "aio/three_ways",
        "[listener.accept()[0] for _ in NAMES]",
        "(listener.accept()[0] for _ in NAMES)",
        "test_aio.py::test_the_server_of_the_three_ways_answers_nobody_before_all_three_are_there",
    ),
    Mutation(
        "deadlocks/transfer",
        "sorted((source, target), key=lambda account: account.number)",
        "(source, target)",
        "test_deadlocks.py::test_whoever_pays_the_smaller_number_is_locked_first",
    ),
    Mutation(
        "deadlocks/back_off",
        '        print(f"{name}: backs off, attempt {attempt}")  # (3)!\n        time.sleep',
        '            print(f"{name}: backs off, attempt {attempt}")\n            time.sleep',
        "test_deadlocks.py::test_whoever_backs_off_has_let_go_of_the_first_lock_and_then_tries_again",
    ),
    Mutation(
        "deadlocks/all_at_once",
        "self._changed.wait_for(lambda: self._free.issuperset(wanted))  # (1)!\n            self._free",
        "all(self._changed.wait_for(lambda: {name} <= self._free)"
        " and not self._free.discard(name) for name in wanted)\n            self._free",
        "test_deadlocks.py::test_whoever_waits_for_all_at_once_holds_nothing",
    ),
    Mutation(
        "deadlocks/livelock",
        "        if polite:",
        "        if True:",
        "test_deadlocks.py::test_if_only_one_steps_aside_both_get_past_in_the_second_round",
    ),
    Mutation(
        "deadlocks/four_seats",
        "threading.Semaphore(4)",
        "threading.Semaphore(5)",
        "test_deadlocks.py::test_at_most_four_philosophers_sit_down",
    ),
    Mutation(
        "deadlocks/writer_starves",
        "self.waiting_writers and self.writers_first",
        "False",
        "test_deadlocks.py::test_the_program_on_the_page_starved_its_writer_only_when_readers_went_first",
    ),
    Mutation(
        "deadlocks/stacks",
        "        with lock_b:  # (1)!\n            print",
        "        if lock_b:  # (1)!\n            print",
        "test_deadlocks.py::test_nothing_tells_of_the_deadlock_but_the_watchdog_and_its_stacks_show_the_circle",
    ),
    Mutation(
        "deadlocks/py_spy_dump",
        "    ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)  # (2)!\n",
        "",
        "test_deadlocks.py::test_the_child_lets_others_look_at_it_before_it_hangs",
    ),
    Mutation(
        "synchronisation/take_in_a_loop",
        "    while not items:  # (2)!",
        "    if not items:",
        "test_synchronisation.py::test_waiting_in_a_loop_goes_on_after_being_woken_for_nothing",
    ),
    Mutation(
        "synchronisation/notify_one_or_all",
        "        bell.notify()\n    woken",
        "        bell.notify_all()\n    woken",
        "test_synchronisation.py::test_notify_wakes_one_and_notify_all_the_rest_and_both_need_the_lock",
    ),
    Mutation(
        "synchronisation/bounded_buffer",
        "            self.not_full.wait_for(lambda: len(self.items) < self.room)  # (2)!",
        "            pass",
        "test_synchronisation.py::test_putting_into_a_full_buffer_waits_until_something_is_taken",
    ),
    Mutation(
        "synchronisation/bounded_buffer",
        "self.not_empty = threading.Condition(lock)",
        "self.not_empty = threading.Condition()",
        "test_synchronisation.py::test_the_two_conditions_of_the_buffer_share_one_lock",
    ),
    Mutation(
        "synchronisation/places",
        "one_too_many(threading.BoundedSemaphore(2))",
        "one_too_many(threading.Semaphore(2))",
        "test_synchronisation.py::"
        "test_two_are_inside_at_once_and_only_a_bounded_semaphore_notices_one_release_too_many",
    ),
    Mutation(
        "synchronisation/broken_barrier",
        "    meeting.reset()  # (4)!",
        "    pass",
        "test_synchronisation.py::test_one_timeout_or_abort_breaks_the_barrier_for_all_until_it_is_reset",
    ),
    Mutation(
        "synchronisation/own_values",
        "copy.run(look)",
        "look()",
        "test_synchronisation.py::test_values_of_threads_and_of_contexts_are_kept_apart",
    ),
    Mutation(
        "synchronisation/queue_workers",
        "maxsize=2",
        "maxsize=0",
        "test_synchronisation.py::test_a_full_queue_refuses_and_every_worker_leaves_on_a_marker_of_its_own",
    ),
    Mutation(
        "synchronisation/queue_orders",
        "(1, next(number), job)",
        "(1, -next(number), job)",
        "test_synchronisation.py::test_each_queue_has_its_order_and_a_number_decides_between_equals",
    ),
    Mutation(
        "synchronisation/queue_shutdown",
        "jobs.shutdown(immediate)",
        "jobs.shutdown()",
        "test_synchronisation.py::test_a_queue_that_is_shut_down_gives_out_the_rest_or_at_once_nothing",
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
    Mutation(
        "gil/run_lengths",
        "    sys.setswitchinterval(interval)",
        "    pass",
        "test_gil.py::test_with_a_long_interval_one_thread_finishes_before_it_is_the_others_turn",
    ),
    Mutation(
        "gil/convoy",
        "    Thread(target=spin, args=(stop,)).start()  # (3)!",
        "    pass",
        "test_gil.py::test_another_thread_is_there_from_the_first_question_to_the_last_answer",
    ),
    Mutation(
        "gil/c_code",
        "    sys.setswitchinterval(5)  # (3)!",
        "    pass",
        "test_gil.py::test_the_page_shows_who_keeps_the_gil",
    ),
    Mutation(
        "gil/own_gil",
        "interpreters.create().call_in_thread(spin, cells)",
        "start_thread(cells)",
        "test_gil.py::test_the_page_shows_that_only_a_thread_with_another_gil_is_greeted",
    ),
    Mutation(
        "gil/own_state",
        "    worker.close()  # (5)!",
        "    pass",
        "test_gil.py::test_interpreters_share_a_process_but_no_modules_and_queues_carry_copies",
    ),
    Mutation(
        "gil/back_on",
        """env={**os.environ, **settings}""",
        """env=os.environ""",
        "test_gil.py::test_a_free_threaded_build_says_so_and_an_old_module_switches_its_gil_on",
    ),
    Mutation(
        "gil/still_whole",
        "    with LOCK:  # (3)!",
        "    if LOCK:",
        "test_gil.py::test_the_lock_is_taken_for_each_addition",
    ),
    Mutation(
        "gil/scaling",
        "ThreadPoolExecutor(threads)",
        "ThreadPoolExecutor(1)",
        "test_gil.py::test_so_many_threads_share_out_four_parts",
    ),
    Mutation(
        "gil/scaling_both_ways",
        "(1, 0)",
        "(0, 0)",
        "test_gil.py::test_the_same_file_runs_with_the_gil_on_and_off",
    ),
    Mutation(
        "cluster/local_cluster",
        "--no-nanny",
        "--nanny",
        "test_cluster.py::test_scheduler_and_workers_are_processes_of_their_own_and_reached_by_tcp",
    ),
    Mutation(
        "cluster/pi_mpi",
        "range(world.Get_rank(), TASKS, world.Get_size())",
        "range(TASKS)",
        "test_cluster.py::test_the_ranks_divide_all_tasks_among_them_however_many_they_are",
    ),
    Mutation(
        "cluster/pi_dask",
        "Random(task)",
        "Random()",
        "test_cluster.py::test_the_hits_of_a_task_depend_on_nothing_but_its_number",
    ),
    Mutation(
        "cluster/words_mpi",
        "[lines[rank :: world.Get_size()] for",
        "[lines for",
        "test_cluster.py::test_each_line_is_in_the_share_of_exactly_one_rank",
    ),
    Mutation(
        "cluster/words_dask",
        "client.map(count, shares)",
        "client.map(count, [lines[0::2], lines[1::2]])",
        "test_cluster.py::test_it_is_noticed_where_a_share_was_counted",
    ),
    Mutation(
        "cluster/what_travels",
        'cloudpickle.register_pickle_by_value(sys.modules["only_here"])',
        "pass",
        "test_cluster.py::test_what_travels_is_a_whole_function_or_its_name",
    ),
    Mutation(
        "cluster/worker_dies",
        'while not Path(folder, "killed").exists():',
        "while False:",
        "test_cluster.py::test_a_task_says_that_it_began_and_does_not_end_before_the_kill",
    ),
    Mutation(
        "choosing/report",
        "min(one) <= max(other) and min(other) <= max(one)",
        "median(one) == median(other)",
        "test_choosing.py::test_no_difference_is_seen_where_the_spreads_overlap_whatever_the_medians_are",
    ),
    Mutation(
        "choosing/pools",
        "with ThreadPoolExecutor(WORKERS)",
        "with ThreadPoolExecutor(1)",
        "test_choosing.py::test_threads_work_at_the_same_time_in_one_process",
    ),
    Mutation(
        "choosing/one_thread",
        "await asyncio.gather(*(work(number) for number in numbers))",
        "[await work(number) for number in numbers]",
        "test_choosing.py::test_coroutines_wait_at_the_same_time_in_one_thread",
    ),
    Mutation(
        "choosing/measure",
        "for _ in range(rounds):",
        "for _ in range(1):",
        "test_choosing.py::test_all_combinations_are_gone_through_round_by_round",
    ),
    Mutation(
        "choosing/worker",
        "run = run or stack",
        "run = stack",
        "test_choosing.py::test_a_pool_is_kept_from_order_to_order_but_a_start_is_fresh",
    ),
    Mutation(
        "choosing/memory",
        "family += children(one)",
        "pass",
        "test_choosing.py::test_memory_counts_children_and_grandchildren",
    ),
    Mutation(
        "troubles/too_many_threads",
        "threading.stack_size(512 * MIB)",
        "pass",
        "test_troubles.py::test_a_thread_for_each_job_finds_no_room_and_two_threads_do_all",
    ),
    Mutation(
        "troubles/join_oneself",
        "if thread is not threading.current_thread():",
        "if thread:",
        "test_troubles.py::test_whoever_waits_for_all_threads_must_leave_itself_out",
    ),
    Mutation(
        "troubles/released_too_often",
        "with seats:",
        "if seats:",
        "test_troubles.py::test_a_seat_is_taken_inside_and_free_after",
    ),
    Mutation(
        "troubles/hangs_at_exit",
        "iter(jobs.get, None)",
        "iter(jobs.get, 0)",
        "test_troubles.py::test_a_process_outlives_its_main_as_long_as_a_thread_waits",
    ),
    Mutation(
        "troubles/leaked_block",
        "block.unlink()",
        "pass",
        "test_troubles.py::test_unlinking_leaves_no_block",
    ),
    Mutation(
        "troubles/interrupted_workers",
        "signal.signal(signal.SIGINT, signal.SIG_IGN)",
        "pass",
        "test_troubles.py::test_ctrl_c_is_told_by_each_process_unless_the_workers_ignore_it",
    ),
    Mutation(
        "troubles/never_awaited",
        "await save()",
        "save()",
        "test_troubles.py::test_what_is_called_without_await_never_runs",
    ),
    Mutation(
        "troubles/buffered_and_forked",
        "flush=flush_before",
        "flush=False",
        "test_troubles.py::test_a_buffer_is_copied_by_fork_and_thrown_away_by_exit",
    ),
    Mutation(
        "troubles/address_in_use",
        "connection.close()",
        "pass",
        "test_troubles.py::test_a_port_is_taken_by_who_listens_and_then_by_the_last_connection",
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


def rounds() -> list[list[Mutation]]:
    """Mutations that can be made at once: of different programs, noticed by different tests of one file."""
    made: list[list[Mutation]] = []
    for mutation in MUTATIONS:
        for others in made:
            if all(goes_with(mutation, other) for other in others):
                others.append(mutation)
                break
        else:
            made.append([mutation])
    return made


def goes_with(one: Mutation, other: Mutation) -> bool:
    same_file = one.test.partition("::")[0] == other.test.partition("::")[0]
    return same_file and one.snippet != other.snippet and one.test != other.test and missing(one) == missing(other)


def missing(mutation: Mutation) -> tuple[str, ...]:
    """What its program needs and is not here."""
    return tuple(means(Snippet.load(ROOT, f"snippets/{mutation.snippet}.py")).missing)


@pytest.mark.parametrize("mutations", rounds(), ids=lambda mutations: mutations[0].test.partition("::")[0])
def test_each_mutation_is_noticed(mutations: list[Mutation], tmp_path: Path) -> None:
    folder = copy(tmp_path)
    for mutation in mutations:
        able(mutation.snippet)
        program = folder / "snippets" / f"{mutation.snippet}.py"
        source = program.read_text(encoding="utf-8")
        assert source.count(mutation.old) == 1, f"the line stands once in the program: {mutation}"
        program.write_text(source.replace(mutation.old, mutation.new), encoding="utf-8")
    noticed = failures(folder, *(mutation.test for mutation in mutations))
    assert [str(mutation) for mutation in mutations if mutation.test not in noticed] == []
    assert noticed == {mutation.test for mutation in mutations}


def test_at_least_ten_programs_are_mutated() -> None:
    assert len({mutation.snippet for mutation in MUTATIONS}) >= 10
