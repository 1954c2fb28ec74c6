"""What a recording says of threads and locks, in programs that leave the schedule no choice."""

from __future__ import annotations

import itertools

from live.replay.spans import RUNS, spans
from tests.project import Project
from tests.recorder.seen import see

IN_TURNS = """
import threading

first, second = threading.Event(), threading.Event()

def one():
    print("one")
    first.set()
    second.wait()
    print("one again")

def two():
    first.wait()
    print("two")
    second.set()

threads = [threading.Thread(target=one, name="one"), threading.Thread(target=two, name="two")]
for thread in reversed(threads):
    thread.start()
for thread in threads:
    thread.join()
"""


def test_each_thread_is_a_lane_with_its_lines_in_order(project: Project) -> None:
    seen = see(project, IN_TURNS)
    assert [(lane.name, lane.kind, lane.parent) for lane in seen.recording.lanes] == [
        ("main", "process", None),
        ("two", "thread", 0),
        ("one", "thread", 0),
    ]
    assert seen.lines("one") == ['print("one")', "first.set()", "second.wait()", 'print("one again")']
    assert seen.lines("two") == ["first.wait()", 'print("two")', "second.set()"]


def test_each_printed_line_has_its_lane(project: Project) -> None:
    assert see(project, IN_TURNS).printed() == {"one": ["one", "one again"], "two": ["two"]}


def test_it_says_which_event_a_thread_waits_for_and_who_set_it(project: Project) -> None:
    seen = see(project, IN_TURNS)
    assert ("event", "first") in seen.waits("two")
    assert ("two", "one", "second") in seen.handovers("signal")


def test_one_set_wakes_all_that_wait_and_nobody_else(project: Project) -> None:
    seen = see(
        project,
        """
        import sys, threading, time

        go, other = threading.Event(), threading.Event()

        def wait_for(event):
            event.wait()

        def waits(thread):
            frame = sys._current_frames().get(thread.ident)
            return frame is not None and frame.f_code.co_name == "wait"

        woken = [threading.Thread(target=wait_for, args=(go,), name=f"woken {n}") for n in range(3)]
        left = threading.Thread(target=wait_for, args=(other,), name="left")
        for thread in [*woken, left]:
            thread.start()
        while not all(map(waits, [*woken, left])):
            time.sleep(0.001)
        go.set()
        for thread in woken:
            thread.join()
        other.set()
        left.join()
        """,
    )
    found = seen.handovers("signal")
    assert sorted(found) == [
        ("main", "left", "other"),
        ("main", "woken 0", "go"),
        ("main", "woken 1", "go"),
        ("main", "woken 2", "go"),
    ]


HELD = """
import threading

lock = threading.Lock()
held, asked = threading.Event(), threading.Event()

def keeper():
    with lock:
        held.set()
        asked.wait()

def asker():
    held.wait()
    lock.acquire(timeout=0.05)
    asked.set()
    with lock:
        pass

threads = [threading.Thread(target=target, name=target.__name__) for target in (keeper, asker)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def test_a_wait_for_a_lock_names_the_lock_and_a_vain_one_ends_without_it(project: Project) -> None:
    seen = see(project, HELD)
    assert seen.waits("asker")[-2:] != [] and ("lock", "lock") in seen.waits("asker")
    results = [event.result for event in seen.events("asker", "go")]
    assert False in results, "the acquire that timed out"
    assert seen.depths("asker") == [("acquire", 1), ("release", 0)], "only the second one got it"


def test_while_a_lane_waits_for_a_lock_another_one_holds_it(project: Project) -> None:
    from live.replay.handovers import holds

    seen = see(project, HELD)
    keeper = seen.lane("keeper").number
    for span in seen.spans("asker", "waits"):
        if span.what == "lock":
            owners = [hold.lane for hold in holds(seen.recording) if hold.start <= span.start < hold.end]
            assert owners == [keeper]


def test_a_released_lock_is_handed_to_the_one_that_waited(project: Project) -> None:
    seen = see(
        project,
        """
        import sys, threading, time

        lock = threading.Lock()

        def waits(thread):
            frame = sys._current_frames().get(thread.ident)
            return frame is not None and frame.f_lineno in (10, 11)

        def asker():
            with lock:
                pass

        thread = threading.Thread(target=asker, name="asker")
        with lock:
            thread.start()
            while not waits(thread):
                time.sleep(0.001)
            time.sleep(0.05)
        thread.join()
        """,
    )
    assert seen.handovers("lock") == [("main", "asker", "lock")]


def test_with_and_acquire_are_both_seen(project: Project) -> None:
    seen = see(
        project,
        """
        import threading

        def work():
            lock = threading.Lock()
            with lock:
                pass
            lock.acquire()
            lock.release()
            lock.acquire(False)
            lock.release()

        thread = threading.Thread(target=work, name="work")
        thread.start()
        thread.join()
        """,
    )
    assert seen.depths("work") == [("acquire", 1), ("release", 0)] * 3


def test_an_rlock_counts_its_depth(project: Project) -> None:
    seen = see(
        project,
        """
        import threading

        lock = threading.RLock()

        def work():
            with lock:
                lock.acquire()
                with lock:
                    pass
                lock.release()

        thread = threading.Thread(target=work, name="work")
        thread.start()
        thread.join()
        """,
    )
    assert seen.depths("work") == [
        ("acquire", 1), ("acquire", 2), ("acquire", 3), ("release", 2), ("release", 1), ("release", 0),
    ]  # fmt: skip
    assert seen.recording.things[0].kind == "rlock"


def test_a_release_that_is_refused_is_none(project: Project) -> None:
    seen = see(
        project,
        """
        import threading

        lock, free = threading.RLock(), threading.Lock()
        with lock:
            def work():
                for one in (lock, free):
                    try:
                        one.release()
                    except RuntimeError as error:
                        print(error)
            thread = threading.Thread(target=work, name="work")
            thread.start()
            thread.join()
        """,
    )
    assert seen.depths("work") == []
    assert seen.depths("main") == [("acquire", 1), ("release", 0)]
    assert seen.recording.lines == ["cannot release un-acquired lock", "release unlocked lock"]


def test_join_waits_for_a_lane_and_its_end_ends_the_wait(project: Project) -> None:
    seen = see(
        project,
        """
        import threading, time

        def work():
            time.sleep(0.1)

        thread = threading.Thread(target=work, name="worker")
        thread.start()
        thread.join()
        print("over")
        """,
    )
    assert ("join", "worker") in seen.waits("main")
    assert seen.handovers("join") == [("worker", "main", "")]
    assert seen.handovers("start") == [("main", "worker", "")]
    assert [span.state for span in seen.spans("worker", "sleeps")] == ["sleeps"]
    assert seen.text(seen.spans("worker", "sleeps")[0].line) == "time.sleep(0.1)"
    worker, joined = seen.lane("worker"), seen.events("main", "go")[-1]
    assert worker.end is not None and worker.start < worker.end <= joined.at


def test_a_sleep_lasts_as_long_as_it_lasted(project: Project) -> None:
    seen = see(project, "import time\ntime.sleep(0.2)\n")
    (span,) = seen.spans("main", "sleeps")
    assert span.end - span.start >= 200_000_000, "nanoseconds"


def test_a_lane_that_is_blocked_in_a_call_without_a_name_is_seen_to_wait(project: Project) -> None:
    seen = see(
        project,
        """
        import os, threading, time

        read, write = os.pipe()

        def work():
            time.sleep(0.2)
            os.write(write, b"x")

        threading.Thread(target=work, name="writer").start()
        os.read(read, 1)
        """,
    )
    blocked = [seen.text(span.line) for span in seen.spans("main", "waits") if span.what == "blocked"]
    assert "os.read(read, 1)" in blocked


def test_a_barrier_is_opened_by_the_last_that_comes(project: Project) -> None:
    seen = see(
        project,
        """
        import threading

        barrier = threading.Barrier(3)

        def work():
            barrier.wait()

        threads = [threading.Thread(target=work, name=f"early {n}") for n in range(2)]
        for thread in threads:
            thread.start()
        while barrier.n_waiting < 2:
            pass
        barrier.wait()
        for thread in threads:
            thread.join()
        """,
    )
    assert sorted(seen.handovers("barrier")) == [("main", "early 0", "barrier"), ("main", "early 1", "barrier")]


def test_a_condition_gives_its_lock_away_while_it_waits(project: Project) -> None:
    seen = see(
        project,
        """
        import threading

        lock = threading.Lock()
        full = threading.Condition(lock)
        waiting = threading.Event()

        def taker():
            with lock:
                waiting.set()
                full.wait()

        thread = threading.Thread(target=taker, name="taker")
        thread.start()
        waiting.wait()
        with lock:
            full.notify()
        thread.join()
        """,
    )
    assert seen.depths("taker") == [("acquire", 1), ("release", 0), ("acquire", 1), ("release", 0)]
    assert ("condition", "full") in seen.waits("taker")
    assert seen.handovers("signal")[-1] == ("main", "taker", "full")


def test_a_queue_hands_each_item_to_one(project: Project) -> None:
    seen = see(
        project,
        """
        import queue, threading, time

        jobs = queue.Queue()

        def worker():
            while jobs.get() is not None:
                pass

        thread = threading.Thread(target=worker, name="worker")
        thread.start()
        for job in (1, 2, None):
            time.sleep(0.05)
            jobs.put(job)
        thread.join()
        """,
    )
    assert seen.handovers("signal") == [("main", "worker", "jobs")] * 3


def test_a_daemon_thread_that_is_cut_off_has_no_end(project: Project) -> None:
    seen = see(
        project,
        """
        import threading, time

        started = threading.Event()

        def work():
            started.set()
            time.sleep(60)

        threading.Thread(target=work, name="daemon", daemon=True).start()
        started.wait()
        print("main is over")
        """,
    )
    lane = seen.lane("daemon")
    assert lane.daemon and lane.end is None
    assert seen.lane("main").end is not None


def test_a_thread_that_nobody_joins_is_waited_for_at_the_exit(project: Project) -> None:
    seen = see(
        project,
        """
        import threading

        def work():
            threading.main_thread().join()  # which is past its last line when this comes back
            print("late")

        threading.Thread(target=work, name="late").start()
        print("main")
        """,
    )
    assert seen.waits("main") == [("exit", "")]
    assert seen.printed() == {"main": ["main"], "late": ["late"]}


def test_no_two_lanes_run_python_at_the_same_instant(project: Project) -> None:
    seen = see(
        project,
        """
        import threading

        def spin():
            for _ in range(3000):
                int("1")

        threads = [threading.Thread(target=spin) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        """,
    )
    running = sorted((span.start, span.end) for span in spans(seen.recording) if span.state == RUNS)
    assert len({span.lane for span in spans(seen.recording)}) == 4
    for (_, end), (start, _) in itertools.pairwise(running):
        assert end <= start


def test_a_hot_loop_is_summarised(project: Project) -> None:
    seen = see(
        project,
        """
        def main():
            total = 0
            for number in range(200_000):
                total += number
            print(total)
            print("end")

        main()
        """,
    )
    assert len(seen.recording.events) < 500
    hot = {seen.text(event.line) for event in seen.events("main", "hot")}
    assert hot == {"for number in range(200_000):", "total += number"}
    assert seen.lines("main")[-1] == 'print("end")', "what comes behind the loop is followed again"


def test_the_spans_of_a_lane_touch_and_cover_it(project: Project) -> None:
    seen = see(project, IN_TURNS)
    for lane in seen.recording.lanes:
        own = [span for span in spans(seen.recording) if span.lane == lane.number]
        assert own[0].start == lane.start and own[-1].end == lane.end
        assert all(before.end == after.start for before, after in itertools.pairwise(own))


NEXT = """
import _thread, operator, threading, time
from functools import partial

done = []

def start(*functions):
    calls = map(operator.call, [*functions, partial(done.append, 1)])
    return _thread.start_new_thread(list, (calls,))  # no line of any program, and not even of the library

def wait_for(number):
    while len(done) < number:
        time.sleep(0.001)

def work():
    print("next")

def run_next(ident):
    for _ in range(1000):  # until one has the identifier
        thread = threading.Thread(target=work, name="next")
        thread.start()
        thread.join()
        if thread.ident == ident:
            break
"""


def test_a_thread_that_runs_no_line_of_the_program_is_a_lane_with_its_output(project: Project) -> None:
    seen = see(
        project,
        NEXT
        + """
ident = start(partial(print, "first"))
wait_for(1)
run_next(ident)
""",
    )
    printed = seen.printed()
    assert printed.pop("thread") == ["first"]
    assert set(printed) == {"next"}
    lane = seen.lane("thread")
    assert lane.end is not None and lane.end < seen.recording.lanes[-1].start


def test_what_a_failed_thread_prints_is_not_given_to_the_next(project: Project) -> None:
    seen = see(
        project,
        NEXT
        + """
def fail():
    raise SystemError("failed")

thread = threading.Thread(target=fail, name="failing")
thread.start()
thread.join()
run_next(thread.ident)
""",
    )
    printed = seen.printed()
    assert "SystemError: failed" in "".join(printed.pop("failing"))
    assert set(printed) == {"next"}
    following = [lane for lane in seen.recording.lanes if lane.name == "next"]
    assert following and all(lane.end is not None for lane in following)


def test_a_thread_may_run_nothing_but_a_wait(project: Project) -> None:
    seen = see(
        project,
        NEXT
        + """
lock = threading.Lock()
lock.acquire()
start(lock.acquire)
start(partial(time.sleep, 0.01))
wait_for(1)
lock.release()
wait_for(2)
print("locked", lock.locked())
""",
    )
    assert seen.recording.lines == ["locked True"], "no exception in a thread"
    assert [what for what, _ in seen.waits("thread")] == ["sleep"]
