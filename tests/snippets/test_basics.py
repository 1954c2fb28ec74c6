"""What the home page promises about its programs."""

import os
import re
import resource
import sys
import sysconfig
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import SimpleQueue
from threading import Barrier, Lock, Thread
from types import SimpleNamespace

import pytest

from snippets.basics import (
    blocking_lets_go,
    generators_take_turns,
    one_pen,
    one_thread_at_a_time,
    preemption,
    processes_and_threads,
    same_instant,
    shared_document,
    start_cost,
    switch_interval,
    waiting_for_a_lock,
    who_gains,
)
from tests.project import wait_for

PATIENCE = 60  # seconds until a wait that should have ended counts as a failure

needs_the_gil = pytest.mark.skipif(
    not getattr(sys, "_is_gil_enabled", lambda: True)(), reason="this build runs without the GIL"
)


@pytest.fixture
def switch_interval_restored() -> Iterator[None]:
    usual = sys.getswitchinterval()
    yield
    sys.setswitchinterval(usual)


def friends_at_work() -> set[str]:
    return {thread.name for thread in threading.enumerate()} & {"Ann", "Ben", "Eva"}


def test_nobody_writes_while_somebody_else_holds_the_pen(capsys) -> None:
    with one_pen.pen:
        letter = Thread(target=one_pen.main)
        letter.start()
        wait_for(lambda: len(friends_at_work()) == 3)
        assert capsys.readouterr().out == ""
    letter.join(PATIENCE)
    assert friends_at_work() == set()


def test_every_friend_writes_two_lines_and_the_letter_is_done_last(recording) -> None:
    *written, last = recording("basics/one_pen").lines
    assert sorted(written) == [f"{name} writes line {line}" for name in ("Ann", "Ben", "Eva") for line in (1, 2)]
    assert last == "the letter is done"


def test_processes_of_one_program_have_pids_of_their_own(recording) -> None:
    pids = dict(line.split(": pid ") for line in recording("basics/processes_and_threads").lines)
    own = {pid for who, pid in pids.items() if not who.startswith("Thread")}
    assert len(own) == 4  # the program itself and three processes
    assert {pid for who, pid in pids.items() if who.startswith("Thread")} == {pids["this program"]}


def test_threads_report_the_pid_of_their_process() -> None:
    lines = processes_and_threads.ask_three(Thread)
    assert lines == [f"Thread {number}: pid {os.getpid()}" for number in (1, 2, 3)]


def test_what_a_process_writes_is_not_seen_by_its_parent(recording) -> None:
    assert recording("basics/shared_document").lines == [
        "after the Thread: ['written in a Thread']",
        "after the Process: ['written in a Thread']",
    ]


def test_what_a_thread_writes_is_seen_by_the_others(monkeypatch) -> None:
    monkeypatch.setattr(shared_document, "document", [])
    shared_document.write_in(Thread)
    assert shared_document.document == ["written in a Thread"]


def test_generators_take_turns_in_one_thread(capsys) -> None:
    generators_take_turns.main()
    here = threading.current_thread().name
    assert capsys.readouterr().out.splitlines() == [f"{step} in {here}" for step in ("a0", "b0", "a1", "b1")]


@needs_the_gil
def test_no_thread_executes_bytecode_while_another_does(switch_interval_restored) -> None:
    sys.setswitchinterval(1000)
    for _ in range(5):
        order = one_thread_at_a_time.run_beside_a_spinner()
        assert order == ["spin-start", "spin-end", "main", "main", "main"]


@needs_the_gil
def test_the_program_about_the_gil_shows_the_same_order(recording) -> None:
    assert recording("basics/one_thread_at_a_time").lines[1] == "spin-start spin-end main main main"


def test_the_program_about_the_gil_names_its_build(recording) -> None:
    build = "free-threaded" if sysconfig.get_config_var("Py_GIL_DISABLED") else "usual"
    assert recording("basics/one_thread_at_a_time").lines[0].startswith(f"{build} build, GIL o")


def test_the_switch_interval_is_five_seconds_only_while_it_is_needed(monkeypatch, switch_interval_restored) -> None:
    seen: list[float] = []
    monkeypatch.setattr(
        one_thread_at_a_time,
        "run_beside_a_spinner",
        lambda: [str(seen.append(sys.getswitchinterval()))],
    )
    usual = sys.getswitchinterval()
    one_thread_at_a_time.main()
    assert [*seen, sys.getswitchinterval()] == [5, usual]


@needs_the_gil
def test_two_threads_cannot_compute_more_than_time_has_passed() -> None:
    assert same_instant.elapsed(Thread, cpu_seconds=0.1) >= 0.199


def test_each_worker_computes_for_the_time_it_is_told() -> None:
    nobody_else = Barrier(1)
    before = time.thread_time()
    same_instant.compute(nobody_else, cpu_seconds=0.05)
    assert time.thread_time() - before >= 0.05


def test_both_kinds_of_workers_report_the_time_they_took(recording) -> None:
    ran = recording("basics/same_instant")
    assert ran.exit_code == 0
    for kind, line in zip(("Thread", "Process"), ran.lines, strict=True):
        said = re.fullmatch(rf"two {kind} workers: 0.16 s of computing within (\d+\.\d\d) s", line)
        assert said is not None
        assert float(said[1]) >= 0.08  # each of the two computes so long


def test_all_eight_start_before_one_ends_because_blocking_lets_the_others_run() -> None:
    all_have_started = Barrier(8, timeout=PATIENCE)
    assert blocking_lets_go.run_eight(all_have_started.wait) == ["start"] * 8 + ["end"] * 8


def test_the_eight_sleepers_all_end(recording) -> None:
    events, took = recording("basics/blocking_lets_go").lines
    assert sorted(events.split()) == ["end"] * 8 + ["start"] * 8
    assert took.startswith("8 sleeps of 0.2 s took ")


@pytest.mark.skipif(not hasattr(resource, "RUSAGE_THREAD"), reason="Linux counts per thread")
class TestWaitingForALock:
    def test_a_thread_that_waits_for_a_lock_gives_up_its_core(self, monkeypatch) -> None:
        # However long it takes until the other thread waits: not until then does the holder let the lock go.
        until_it_waits = SimpleNamespace(sleep=lambda _: wait_for(self.stands_before_the_lock))
        monkeypatch.setattr(waiting_for_a_lock, "time", until_it_waits)
        counts: list[int] = []
        waiting_for_a_lock.take_while_held(Lock(), counts)
        assert counts[0] >= 1

    @staticmethod
    def stands_before_the_lock() -> bool:
        """Whether a thread is at `with lock:` of `take`, and has no core."""
        code, frames = waiting_for_a_lock.take.__code__, sys._current_frames()
        there = (thread for thread in threading.enumerate() if thread.ident in frames)
        waiting = [thread for thread in there if frames[thread.ident].f_code is code]
        at_lock = [thread for thread in waiting if frames[thread.ident].f_lineno == code.co_firstlineno + 2]
        states = [Path(f"/proc/self/task/{thread.native_id}/stat").read_text() for thread in at_lock]
        return any(state.rpartition(")")[2].split()[0] == "S" for state in states)

    def test_a_free_lock_costs_no_switch(self) -> None:
        counts: list[int] = []
        for _ in range(50):
            waiting_for_a_lock.take(Lock(), counts)
        assert min(counts) == 0

    def test_the_program_reports_both(self, recording) -> None:
        free_and_held = recording("basics/waiting_for_a_lock").lines[1]
        assert re.fullmatch(r"free: \d+, held by another thread: \d+", free_and_held)


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no choice of a core here")
def test_computing_never_gives_up_the_core_by_itself() -> None:
    counts: list[int] = []

    def compute() -> None:  # in a thread of its own, since it binds its caller to a core
        answers: SimpleQueue[int] = SimpleQueue()
        before = waiting_for_a_lock.voluntary_switches()
        preemption.compute(0.2, min(os.sched_getaffinity(0)), Barrier(1), answers)
        counts.append(waiting_for_a_lock.voluntary_switches() - before)

    thread = Thread(target=compute)
    thread.start()
    thread.join()
    assert counts[0] < 10  # not 0: another thread of the test runner may want the GIL


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="no choice of a core here")
def test_processes_that_never_block_are_preempted_on_a_shared_core(recording) -> None:
    lines = recording("basics/preemption").lines
    counts = [re.fullmatch(r"a process was preempted (\d+) times", line) for line in lines]
    assert len(counts) == 2
    assert all(count is not None and int(count[1]) > 0 for count in counts)


@needs_the_gil
def test_a_woken_thread_waits_at_least_one_switch_interval(switch_interval_restored) -> None:
    delays = [switch_interval.wake_up_delay(0.2) for _ in range(3)]
    assert max(delays) > 0.19  # a lower bound: load can only make it longer


def test_each_delay_is_measured_with_its_own_interval(switch_interval_restored) -> None:
    threads = threading.active_count()
    switch_interval.wake_up_delay(0.05)
    assert sys.getswitchinterval() == pytest.approx(0.05)
    assert threading.active_count() == threads


def test_three_switch_intervals_are_tried(recording) -> None:
    assert [line.split(":")[0] for line in recording("basics/switch_interval").lines] == [
        "interval  1 ms",
        "interval  5 ms",
        "interval 50 ms",
    ]


def test_one_thread_does_the_work_one_after_the_other() -> None:
    workers: list[int] = []

    def stay_a_while() -> None:
        workers.append(threading.get_ident())
        time.sleep(0.2)

    who_gains.seconds(stay_a_while, 1)
    assert len(workers) == 2
    assert len(set(workers)) == 1


def test_two_threads_do_the_work_at_once() -> None:
    both_are_here = Barrier(2, timeout=PATIENCE)
    workers: list[int] = []

    def meet() -> None:
        both_are_here.wait()
        workers.append(threading.get_ident())

    who_gains.seconds(meet, 2)
    assert len(set(workers)) == 2


def repeat_until_told(work: Callable[[], None], at_most: int) -> int:
    """Repeat `work` in a thread until this one tells it to stop; how often it was done."""
    told: list[bool] = []
    done: list[bool] = []

    def repeat() -> None:
        while not told and len(done) < at_most:
            work()
            done.append(True)

    thread = Thread(target=repeat)
    thread.start()
    told.append(True)
    thread.join()
    return len(done)


@needs_the_gil
def test_python_code_keeps_the_gil(switch_interval_restored) -> None:
    sys.setswitchinterval(1000)
    assert repeat_until_told(who_gains.python_code, at_most=5) == 5


def test_hashing_in_c_lets_the_gil_go(monkeypatch, switch_interval_restored) -> None:
    monkeypatch.setattr(who_gains, "DATA", bytes(100_000))
    sys.setswitchinterval(1000)
    assert repeat_until_told(who_gains.c_code, at_most=5000) < 5000


def test_waiting_lets_the_gil_go(switch_interval_restored) -> None:
    sys.setswitchinterval(1000)
    assert repeat_until_told(who_gains.waiting, at_most=500) < 500


def test_each_kind_of_work_gets_a_line_with_its_spread(recording) -> None:
    title, *lines = recording("basics/who_gains").lines
    assert title == "time in one thread / time in two threads"
    assert [line.split()[0] for line in lines] == ["python_code", "c_code", "waiting"]
    for line in lines:
        median, low, high = (float(number) for number in re.findall(r"\d+\.\d", line))
        assert low <= median <= high


def test_the_cost_of_starting_includes_the_end_of_the_work() -> None:
    calls: list[str] = []

    class Kind:
        def __init__(self, target: Callable[[], None]) -> None:
            target()

        def start(self) -> None:
            calls.append("start")

        def join(self) -> None:
            calls.append("join")

    assert start_cost.milliseconds(Kind) >= 0
    assert calls == ["start", "join"]


def test_the_cost_is_shown_for_every_way_of_starting_that_there_is(recording) -> None:
    ran = recording("basics/start_cost")
    methods = start_cost.multiprocessing.get_all_start_methods()
    assert ran.exit_code == 0
    assert [line.split()[0] for line in ran.lines] == ["thread", *methods]
