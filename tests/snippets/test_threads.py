"""What the page on threads promises about its programs."""

import importlib
import os
import threading
import time
from pathlib import Path

import pytest

from snippets.threads import (
    clocks,
    daemon_alone,
    daemon_with_company,
    join_blocks_its_caller,
    join_returns_none,
    music_log,
    music_log_join,
    native_threads,
    one_process,
    print_writes_twice,
    run_is_a_call,
    set_daemon,
    thread_basics,
)

PATIENCE = 10  # seconds until a thread that nobody wakes goes on by itself


@pytest.mark.parametrize("program", [music_log, music_log_join])
def test_only_the_log_thread_is_a_daemon(program, monkeypatch) -> None:
    kinds: dict[str, bool] = {}

    def look_around(seconds: float) -> None:
        me = threading.current_thread()
        kinds[me.name] = me.daemon

    monkeypatch.setattr(time, "sleep", look_around)
    before = set(threading.enumerate())
    program.main()
    for thread in set(threading.enumerate()) - before:
        thread.join()
    assert kinds == {"music": False, "log": True}


@pytest.mark.parametrize("program", [music_log, music_log_join])
def test_music_lasts_three_seconds_and_log_five(program, monkeypatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    program.music()
    program.log()
    assert waits == [3, 5]


def test_without_join_main_ends_first_and_the_daemon_is_cut_off(recording) -> None:
    ran = recording("threads/music_log")
    assert ran.exit_code == 0
    assert ran.text.index("end main process") < ran.text.index("end music")
    assert "start log" in ran.text
    assert "end log" not in ran.text


def test_with_join_main_ends_last_and_the_daemon_is_complete(recording) -> None:
    ran = recording("threads/music_log_join")
    assert ran.exit_code == 0
    assert ran.text.index("end music") < ran.text.index("end log")
    assert ran.lines[-1] == "end main process"


@pytest.mark.parametrize("held", ["music", "log"])
def test_with_join_main_waits_for_each_of_the_two(held, monkeypatch) -> None:
    may_end = threading.Event()

    def sleep(_: float) -> None:
        if threading.current_thread().name == held:
            may_end.wait(PATIENCE)

    monkeypatch.setattr(time, "sleep", sleep)
    program = threading.Thread(target=music_log_join.main)
    program.start()
    program.join(0.5)
    is_waiting = program.is_alive()
    may_end.set()
    program.join()
    assert is_waiting


def test_the_daemon_in_company_is_a_daemon_and_its_company_is_not(monkeypatch) -> None:
    kinds: list[bool] = []
    monkeypatch.setattr(daemon_with_company, "work", lambda: kinds.append(threading.current_thread().daemon))
    join = threading.Thread.join

    def join_and_tell(thread: threading.Thread) -> None:
        join(thread)
        kinds.append(threading.current_thread().daemon)

    monkeypatch.setattr(threading.Thread, "join", join_and_tell)
    before = set(threading.enumerate())
    daemon_with_company.main()
    for thread in set(threading.enumerate()) - before:
        join(thread)
    assert kinds == [True, False]


def test_the_daemon_alone_is_inside_its_try_when_main_ends(monkeypatch) -> None:
    lines: list[str] = []
    inside, may_end = threading.Event(), threading.Event()

    def sleep(_: float) -> None:
        inside.set()
        may_end.wait(PATIENCE)

    monkeypatch.setattr(time, "sleep", sleep)
    monkeypatch.setattr(daemon_alone, "print", lines.append, raising=False)
    before = set(threading.enumerate())
    daemon_alone.main()
    (daemon,) = set(threading.enumerate()) - before
    inside.wait(PATIENCE)
    still_inside = daemon.is_alive()
    may_end.set()
    daemon.join()
    assert still_inside
    assert daemon.daemon
    assert lines == ["end main", "daemon is done", "daemon cleans up"]


def test_a_daemon_outlives_main_as_long_as_an_ordinary_thread_is_alive(recording) -> None:
    ran = recording("threads/daemon_with_company")
    assert ran.exit_code == 0
    assert ran.lines == [
        "end main",
        "daemon is done",
        "daemon cleans up",
    ]


def test_a_daemon_dies_with_its_finally_unrun_when_it_is_alone(recording) -> None:
    ran = recording("threads/daemon_alone")
    assert ran.exit_code == 0
    assert ran.lines == ["end main"]


def test_join_blocks_its_caller_while_main_works_on(capsys) -> None:
    join_blocks_its_caller.main()
    printed = capsys.readouterr().out
    in_order = ("main: step 1", "main: step 3", "waiter: join() has returned", "main: end")
    assert sorted(in_order, key=printed.index) == list(in_order)
    assert printed.index("waiter: calls join()") < printed.index("waiter: join() has returned")


def test_join_returns_none_in_time_or_not_and_refuses_to_wait_for_oneself(capsys) -> None:
    join_returns_none.main()
    assert capsys.readouterr().out.splitlines() == [
        "join(0.1): None, alive: True",
        "join(10): None, alive: False",
        "RuntimeError: cannot join current thread",
    ]


def test_a_thread_is_alive_only_between_its_start_and_its_end_and_starts_once(capsys) -> None:
    thread_basics.main()
    assert capsys.readouterr().out.splitlines() == [
        "made,    music: ident none yet, alive: False",
        "started, music: ident a number, alive: True",
        "joined,  music: ident a number, alive: False",
        "RuntimeError: threads can only be started once",
    ]


def test_run_runs_in_the_thread_that_calls_it(capsys) -> None:
    run_is_a_call.main()
    here = threading.current_thread().name
    assert capsys.readouterr().out.splitlines() == ["start():", "  runs in worker", "run():", f"  runs in {here}"]


def test_all_threads_have_the_pid_of_their_process(capsys) -> None:
    assert one_process.pids_in_threads(3) == [os.getpid()] * 3
    one_process.main()
    assert capsys.readouterr().out == "3 threads, 1 process\n"


@pytest.mark.filterwarnings("error")
def test_set_daemon_warns_and_a_late_change_is_refused(capsys) -> None:
    set_daemon.main()
    assert capsys.readouterr().out.splitlines() == [
        "daemon: True",
        "DeprecationWarning: setDaemon() is deprecated, set the daemon attribute instead",
        "RuntimeError: cannot set daemon status of active thread",
    ]


def test_a_line_outside_the_guard_runs_again_in_a_spawned_process(recording) -> None:
    ran = recording("threads/printed_twice")
    assert ran.exit_code == 0
    assert ran.lines == [
        "end main process, in __mp_main__",
        "work in the new process",
        "end main process, in __main__",
    ]


def test_importing_the_module_runs_what_stands_outside_its_guard_and_no_more(capsys) -> None:
    from snippets.threads import printed_twice

    importlib.reload(printed_twice)
    assert capsys.readouterr().out.splitlines()[-1:] == ["end main process, in snippets.threads.printed_twice"]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc here")
def test_five_waiting_threads_are_five_threads_of_the_system(recording) -> None:
    before, after, numbers = (int(line.split(": ")[1]) for line in recording("threads/native_threads").lines)
    assert after - before == 5
    assert numbers == 5


def test_the_system_knows_each_thread_by_a_number_of_its_own(capsys) -> None:
    native_threads.main()
    assert capsys.readouterr().out.splitlines()[-1].endswith(": 5")


def test_only_the_wall_clock_can_be_set_back() -> None:
    assert clocks.describe("time") == "time: adjustable True, monotonic False"
    assert clocks.describe("perf_counter") == "perf_counter: adjustable False, monotonic True"


def test_the_duration_is_never_shorter_than_the_sleep(capsys) -> None:
    clocks.main()
    assert capsys.readouterr().out.splitlines()[-1] == "at least 0.1 s passed: True"


def test_print_hands_over_a_line_in_two_pieces(capsys) -> None:
    print_writes_twice.main()
    assert capsys.readouterr().out.splitlines() == [
        r"print(): ['start log', '\n']",
        r"write(): ['start log\n']",
    ]
