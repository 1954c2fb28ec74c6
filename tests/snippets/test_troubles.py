"""What the pages on troubles promise: what is broken gives the message, and what is mended does not."""

import asyncio
import errno
import gc
import importlib
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from queue import SimpleQueue

import pytest

from live.running.means import means
from live.snippet import Snippet
from snippets.troubles import (
    address_in_use,
    after_shutdown,
    another_loop,
    broken_barrier,
    cannot_pickle,
    destroyed_while_pending,
    hangs_at_exit,
    inside_a_loop,
    join_oneself,
    leaked_block,
    lost_exception,
    never_awaited,
    never_retrieved,
    no_running_loop,
    not_found_in_main,
    notify_without_lock,
    pool_broken,
    release_unlocked,
    released_too_often,
    signal_in_thread,
    thread_order,
    too_many_threads,
    unasked_future,
)
from tests.conftest import NEEDS_GEVENT, ROOT

FOLDER = ROOT / "snippets" / "troubles"
PROGRAMS = sorted(file.stem for file in FOLDER.glob("*.py"))
PATIENCE = 60  # seconds until something is given up that nobody ends
LIMITS_MEMORY = pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not keep to a limit of address space")
NOT_A_NUMBER = "invalid literal for int() with base 10: 'seven'"


def is_at_least(ran, *version: int) -> bool:
    return tuple(int(number) for number in ran.interpreter.version.split(".")[:2]) >= version


@pytest.mark.parametrize("name", PROGRAMS)
def test_importing_a_program_neither_prints_nor_starts_anything(name, capfd) -> None:
    if means(Snippet.load(ROOT, f"snippets/troubles/{name}.py")).missing:
        pytest.skip("gevent is not here")
    before = threading.active_count()
    importlib.reload(importlib.import_module(f"snippets.troubles.{name}"))
    assert capfd.readouterr() == ("", "")
    assert threading.active_count() == before


@pytest.mark.parametrize("name", PROGRAMS)
def test_each_program_ends_well_and_leaves_no_process_behind(recording, name) -> None:
    ran = recording(f"troubles/{name}")
    assert (ran.exit_code, ran.leftovers) == (0, ())


# Threads


@LIMITS_MEMORY
def test_a_thread_for_each_job_finds_no_room_and_two_threads_do_all(recording) -> None:
    assert recording("troubles/too_many_threads").lines == [
        "broken: RuntimeError: can't start new thread",
        f"mended: {list(range(too_many_threads.JOBS))}",
    ]


@LIMITS_MEMORY
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("setpriv") is None, reason="only root can be others"
)
@pytest.mark.parametrize("user", ["0", "65534"], ids=["root", "nobody"])
def test_there_is_no_room_for_root_and_none_for_others(user, open_to_programs) -> None:
    everybodys = shutil.which("python3", path="/usr/local/bin:/usr/bin")
    if everybodys is None:
        pytest.skip("there is no interpreter that others may run")
    open_to_programs.chmod(0o755)
    program = Path(shutil.copy(FOLDER / "too_many_threads.py", open_to_programs))
    program.chmod(0o644)
    done = subprocess.run(
        ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", everybodys, program],
        cwd=open_to_programs,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.stdout.splitlines()[:1] == ["broken: RuntimeError: can't start new thread"], done.stderr


def test_whoever_waits_for_all_threads_must_leave_itself_out(capsys) -> None:
    worker = threading.Thread(target=str, name="worker")
    worker.start()
    everyone = [threading.current_thread(), worker]
    with pytest.raises(RuntimeError, match=r"^cannot join current thread$"):
        join_oneself.broken(everyone)
    join_oneself.mended(everyone)
    assert capsys.readouterr().out == "mended: worker has ended\n"
    assert not worker.is_alive()


@pytest.mark.parametrize(
    ("way", "message"),
    [
        (thread_order.join_first, "cannot join thread before it is started"),
        (thread_order.start_twice, "threads can only be started once"),
        (thread_order.daemon_too_late, "cannot set daemon status of active thread"),
    ],
)
def test_each_call_has_its_moment_in_the_life_of_a_thread(way, message) -> None:
    may_end = threading.Event()
    with pytest.raises(RuntimeError) as caught:
        way(threading.Thread(target=may_end.wait))
    may_end.set()
    assert str(caught.value) == message


def test_in_order_a_thread_runs_as_a_daemon_and_has_ended(capsys) -> None:
    daemon: list[bool] = []
    thread_order.mended(threading.Thread(target=lambda: daemon.append(threading.current_thread().daemon)))
    assert daemon == [True]
    assert capsys.readouterr().out == "mended: alive False\n"


@pytest.mark.parametrize(
    ("way", "message"),
    [
        (release_unlocked.release_twice, "release unlocked lock"),
        (release_unlocked.release_without_acquire, "cannot release un-acquired lock"),
    ],
)
def test_a_release_too_many_is_an_error(way, message, capsys) -> None:
    with pytest.raises(RuntimeError) as caught:
        way()
    assert str(caught.value) == message
    release_unlocked.mended()
    assert capsys.readouterr().out == "mended: locked False\n"


@pytest.mark.parametrize(
    ("way", "message"),
    [
        (notify_without_lock.notify_outside, "cannot notify on un-acquired lock"),
        (notify_without_lock.wait_outside, "cannot wait on un-acquired lock"),
    ],
)
def test_a_condition_is_used_inside_its_lock(way, message) -> None:
    with pytest.raises(RuntimeError) as caught:
        way(threading.Condition())
    assert str(caught.value) == message


def test_who_holds_the_lock_of_a_condition_wakes_the_one_that_waits(capsys) -> None:
    condition, notified = threading.Condition(), []
    with condition:
        thread = threading.Thread(target=notify_without_lock.mended, args=(condition,))
        thread.start()
        notified.append(condition.wait(PATIENCE))
    thread.join()
    assert notified == [True]


def test_only_a_bounded_semaphore_notices_a_release_too_many() -> None:
    with pytest.raises(ValueError, match=r"^Semaphore released too many times$"):
        released_too_often.broken(threading.BoundedSemaphore(1))
    for kind, way, free in (
        (threading.Semaphore, released_too_often.broken, 2),
        (threading.Semaphore, released_too_often.mended, 1),
        (threading.BoundedSemaphore, released_too_often.mended, 1),
    ):
        seats = kind(1)
        way(seats)
        assert released_too_often.free_seats(seats) == free


def test_a_seat_is_taken_inside_and_free_after() -> None:
    taken: list[str] = []

    class Noting(threading.Semaphore):
        def __enter__(self) -> bool:
            taken.append("enter")
            return super().__enter__()

        def __exit__(self, *error: object) -> None:
            taken.append("exit")
            super().__exit__(*error)

    released_too_often.mended(Noting(1))
    assert taken == ["enter", "exit"]


def test_a_barrier_breaks_for_all_when_one_gives_up_and_opens_when_all_are_there() -> None:
    assert broken_barrier.broken() == ["BrokenBarrierError()"] * broken_barrier.THREADS
    assert broken_barrier.mended() == ["all are there"] * broken_barrier.THREADS


def test_only_the_main_thread_registers_what_a_signal_does(recording) -> None:
    before = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=signal_in_thread.broken)
    thread.start()
    thread.join()
    assert signal.getsignal(signal.SIGTERM) is before
    assert recording("troubles/signal_in_thread").lines == [
        "broken: ValueError: signal only works in main thread of the main interpreter",
        "mended: told to stop",
    ]


def test_the_thread_that_is_told_by_an_event_waits_for_it(capsys) -> None:
    stop = threading.Event()
    stop.set()
    signal_in_thread.mended(stop)
    assert capsys.readouterr().out == "mended: told to stop\n"


def test_the_exception_of_a_thread_reaches_a_hook_and_that_of_a_future_whoever_asks(recording) -> None:
    ran = recording("troubles/lost_exception")
    assert ran.lines[0] == "Exception in thread worker:"
    assert ran.lines[-5:] == [
        f"ValueError: {NOT_A_NUMBER}",
        "broken: join() has returned, and main knows of nothing",
        f"hook: worker: ValueError: {NOT_A_NUMBER}",
        "broken: join() has returned, and main knows of nothing",
        f"mended: ValueError: {NOT_A_NUMBER}",
    ]


def test_join_raises_nothing_whatever_happened_in_the_thread(monkeypatch, capsys) -> None:
    seen: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda failed: seen.append(failed.exc_type))
    lost_exception.broken()
    assert seen == [ValueError]
    lost_exception.mended()
    assert capsys.readouterr().out.splitlines()[-1] == f"mended: ValueError: {NOT_A_NUMBER}"


def test_a_process_outlives_its_main_as_long_as_a_thread_waits(recording) -> None:
    assert recording("troubles/hangs_at_exit").lines == [
        "  end of main",
        "broken: still alive: True",
        "  a job is done",
        "  worker ends",
        "mended: still alive: False",
    ]


def test_the_worker_ends_with_the_end_marker(capsys) -> None:
    jobs: SimpleQueue = SimpleQueue()
    done: list[int] = []
    for job in (lambda: done.append(1), None, lambda: done.append(2)):
        jobs.put(job)
    hangs_at_exit.work(jobs)
    assert done == [1]
    assert capsys.readouterr().out == "  worker ends\n"


# Processes and pools


def test_a_lambda_and_a_lock_cannot_travel_and_a_function_can(recording) -> None:
    ran = recording("troubles/cannot_pickle")
    by_lambda, by_lock, mended = ran.lines
    assert by_lock == "send_lock: TypeError: cannot pickle '_thread.lock' object"
    assert mended == "mended: 42"
    kind = "PicklingError" if is_at_least(ran, 3, 14) else "AttributeError"
    assert by_lambda.startswith(f"send_lambda: {kind}: Can't ")
    assert "local object" in by_lambda


def test_in_a_pool_of_threads_nothing_has_to_be_pickled() -> None:
    with ThreadPoolExecutor() as pool:
        for way in (cannot_pickle.send_lambda, cannot_pickle.send_lock, cannot_pickle.mended):
            assert way(pool).result() == 42


def test_what_is_made_inside_the_guard_is_not_found_by_a_new_process(recording) -> None:
    ran = recording("troubles/not_found_in_main")
    *_, message, first, found, second = ran.lines
    assert (first, found, second) == ("broken: exitcode 1", "mended: found", "mended: exitcode 0")
    of_this = "AttributeError: module '__mp_main__' has no attribute 'broken'"
    before = "AttributeError: Can't get attribute 'broken' on <module '__mp_main__' from "
    if is_at_least(ran, 3, 15):
        assert message == of_this
    elif is_at_least(ran, 3, 14):  # 3.14.10 says the same, while its first releases did not
        assert message.startswith((of_this, before))
    else:
        assert message.startswith(before)
    assert hasattr(not_found_in_main, "mended") and not hasattr(not_found_in_main, "broken")


def test_a_dead_process_breaks_its_pool_for_good_and_a_new_pool_works(capfd) -> None:
    pool_broken.main()
    assert capfd.readouterr().out.splitlines() == [
        "broken: BrokenProcessPool: A process in the process pool was terminated abruptly "
        "while the future was running or pending.",
        "broken: BrokenProcessPool: A child process terminated abruptly, the process pool is not usable anymore",
        "mended: dies has lost its process",
        "mended: next is done",
    ]
    assert issubclass(BrokenProcessPool, RuntimeError)


def test_nothing_can_be_handed_over_after_the_pool_is_shut_down(capsys) -> None:
    with pytest.raises(RuntimeError, match=r"^cannot schedule new futures after shutdown$"):
        after_shutdown.broken()
    assert capsys.readouterr().out == "broken: first\n"
    after_shutdown.mended()
    assert capsys.readouterr().out == "mended: first\nmended: second\n"


def test_a_future_is_silent_until_it_is_asked(capsys) -> None:
    unasked_future.main()
    assert capsys.readouterr() == (
        f"broken: all seems well\nmended: ValueError: {NOT_A_NUMBER}\ncallback: ValueError: {NOT_A_NUMBER}\n",
        "",
    )


def test_the_callback_says_nothing_of_what_went_well(capsys) -> None:
    future: Future[int] = Future()
    future.set_result(7)
    unasked_future.report(future)
    assert capsys.readouterr().out == ""


def test_a_block_that_nobody_unlinks_is_reported_and_one_that_is_unlinked_is_not(recording) -> None:
    ran = recording("troubles/leaked_block")
    names = ": {'/psm_…'}" if is_at_least(ran, 3, 13) else ""
    assert ran.lines == [
        f"broken: resource_tracker: There appear to be 1 leaked shared_memory objects to clean up at shutdown{names}",
        "mended: nothing is said",
    ]


def test_unlinking_leaves_no_block(monkeypatch) -> None:
    made = []

    class Noting(leaked_block.SharedMemory):
        def __init__(self, *arguments, **options) -> None:
            super().__init__(*arguments, **options)
            made.append(self.name)

    monkeypatch.setattr(leaked_block, "SharedMemory", Noting)
    leaked_block.mended()
    with pytest.raises(FileNotFoundError):
        leaked_block.SharedMemory(made[0])


def test_a_buffer_is_copied_by_fork_and_thrown_away_by_exit(recording) -> None:
    assert recording("troubles/buffered_and_forked").lines == [
        "broken, twice: ['parent, before', 'child', 'parent, before', 'parent, after']",
        "broken, missing: ['parent, before', 'parent, after']",
        "mended: ['parent, before', 'child', 'parent, after']",
    ]


def test_ctrl_c_is_told_by_each_process_unless_the_workers_ignore_it(recording) -> None:
    assert recording("troubles/interrupted_workers").lines == [
        "broken: tracebacks: 3",
        "mended: tracebacks: 0",
    ]


# Event loops and sockets


@pytest.mark.parametrize(
    ("way", "message"),
    [
        (inside_a_loop.run_again, "asyncio.run() cannot be called from a running event loop"),
        (inside_a_loop.run_until_complete, "This event loop is already running"),
    ],
)
def test_a_running_loop_cannot_be_run_again(way, message) -> None:
    coroutine = inside_a_loop.answer()
    with pytest.raises(RuntimeError) as caught:
        asyncio.run(way(coroutine))
    coroutine.close()
    assert str(caught.value) == message
    assert asyncio.run(inside_a_loop.mended(inside_a_loop.answer())) == 42


@pytest.mark.parametrize(
    ("way", "message"),
    [
        (no_running_loop.ask_running, "no running event loop"),
        (no_running_loop.ask_current, "There is no current event loop in thread 'asyncio_0'."),
    ],
)
def test_a_worker_thread_has_no_loop(way, message, capsys) -> None:
    asyncio.run(no_running_loop.show(way))
    assert capsys.readouterr().out == f"{way.__name__}: RuntimeError: {message}\n"


def test_a_worker_thread_hands_a_coroutine_to_the_loop_of_another(capsys) -> None:
    asyncio.run(no_running_loop.show(no_running_loop.mended))
    assert capsys.readouterr().out == "mended: 42\n"


def test_what_is_called_without_await_never_runs(capsys) -> None:
    never_awaited.main()
    assert capsys.readouterr().out.splitlines() == [
        "broken:",
        "RuntimeWarning: coroutine 'save' was never awaited",
        "mended:",
        "saved",
    ]


def test_a_task_that_is_left_behind_is_destroyed_and_run_cancels_it(capsys) -> None:
    destroyed_while_pending.broken()
    assert capsys.readouterr().out.splitlines() == [
        "serve() ends before its listener",
        "Task was destroyed but it is pending! listener",
    ]
    destroyed_while_pending.mended()
    gc.collect()
    assert capsys.readouterr().out == "serve() ends before its listener\nlistener: cancelled\n"


def test_the_exception_of_a_task_is_told_when_the_task_is_thrown_away_and_a_group_raises_it(caplog, capsys) -> None:
    caplog.set_level(logging.ERROR, logger="asyncio")
    asyncio.run(never_retrieved.broken())
    gc.collect()
    (record,) = caplog.records
    assert record.message.splitlines()[0] == "Task exception was never retrieved"
    assert record.exc_info and record.exc_info[0] is ValueError
    caplog.clear()
    asyncio.run(never_retrieved.mended())
    gc.collect()
    assert caplog.records == []
    assert capsys.readouterr().out == f"broken: goes on, task done: True\nmended: {NOT_A_NUMBER}\n"


def test_what_waited_in_one_loop_cannot_wait_in_another(capsys) -> None:
    with pytest.raises(RuntimeError, match=r"<asyncio\.locks\.Event object .*> is bound to a different event loop$"):
        another_loop.broken()
    another_loop.mended()
    assert capsys.readouterr().out == "broken: has waited\nmended: has waited\nmended: has waited\n"


@NEEDS_GEVENT
def test_gevent_notices_that_nobody_is_left_to_end_a_wait(recording) -> None:
    assert recording("troubles/would_block_forever").lines == [
        "broken: LoopExit: This operation would block forever",
        "mended: True",
        "with a timeout: False",
    ]


def test_a_port_is_taken_by_who_listens_and_then_by_the_last_connection(recording) -> None:
    lines = recording("troubles/address_in_use").lines
    number = f"[Errno {errno.EADDRINUSE}]"
    assert lines == [
        "while somebody listens:",
        f"broken: OSError: {number} Address already in use",
        f"mended: OSError: {number} Address already in use",
        "after it has ended:",
        f"broken: OSError: {number} Address already in use",
        "mended: bound",
    ]


@pytest.mark.parametrize("way", [address_in_use.broken, address_in_use.mended])
def test_both_ways_bind_a_free_port(way, capsys) -> None:
    with socket.create_server((address_in_use.HOST, 0)) as server:
        port = server.getsockname()[1]
    address_in_use.attempt(way, port)
    assert capsys.readouterr().out == f"{way.__name__}: bound\n"
