"""What a recording says of waits that call functions of the program, and of waits that it has others do."""

from __future__ import annotations

import pytest

from live.replay.spans import Span
from tests.project import Project
from tests.recorder.seen import Seen, see


def at_line(seen: Seen, lane: str, text: str, of: str) -> Span:
    """The span that `lane` was in when the lane `of` came to the line `text` for the last time."""
    moment = [event.at for event in seen.events(of, "line") if seen.text(event.line) == text][-1]
    states = ("runs", "ready", "hot", "sleeps", "waits", "parked")
    (span,) = [span for span in seen.spans(lane, *states) if span.start <= moment < span.end]
    return span


CONDITION = """
import KIND
import threading

condition, looked, ready = KIND.Condition(), threading.Event(), []

def is_ready():
    return looked.set() or bool(ready)

def waiter():
    with condition:
        condition.wait_for(PREDICATE)

thread = threading.Thread(target=waiter, name="waiter")
thread.start()
looked.wait()
with condition:  # which is free once the waiter waits
    ready.append(1)
    print("in between")
    condition.notify()
thread.join()
"""


@pytest.mark.parametrize("predicate", ["is_ready", "lambda: looked.set() or bool(ready)"])
@pytest.mark.parametrize("kind", ["threading", "multiprocessing"])
def test_a_lane_waits_for_a_condition_although_its_predicate_was_asked(
    project: Project, kind: str, predicate: str
) -> None:
    seen = see(project, CONDITION.replace("KIND", kind).replace("PREDICATE", predicate))
    span = at_line(seen, "waiter", 'print("in between")', of="main")
    assert (span.state, span.what, seen.subject(span)) == ("waits", "condition", "condition")


def test_while_the_predicate_is_asked_the_lock_is_held(project: Project) -> None:
    seen = see(project, CONDITION.replace("KIND", "threading").replace("PREDICATE", "is_ready"))
    asked = [event.at for event in seen.events("waiter", "line") if "looked.set()" in seen.text(event.line)]
    held: list[tuple[int, int | None]] = [
        (event.at, event.depth) for event in seen.events("waiter", "acquire", "release")
    ]
    assert len(asked) == 2
    assert [[depth for at, depth in held if at < moment][-1] for moment in asked] == [1, 1]
    assert [depth for _, depth in held] == [1, 0, 1, 0]


def test_a_task_waits_for_a_condition_although_its_predicate_was_asked(project: Project) -> None:
    seen = see(
        project,
        """
        import asyncio

        async def waiter(condition, ready):
            async with condition:
                await condition.wait_for(lambda: bool(ready))

        async def main():
            condition, ready = asyncio.Condition(), []
            task = asyncio.create_task(waiter(condition, ready), name="waiting")
            await asyncio.sleep(0)
            async with condition:
                ready.append(1)
                print("in between")
                condition.notify()
            await task

        asyncio.run(main())
        """,
    )
    span = at_line(seen, "waiting", 'print("in between")', of="Task-1")
    assert (span.state, span.what, seen.subject(span)) == ("waits", "condition", "condition")


def test_a_lane_goes_on_waiting_after_the_handler_of_a_signal(project: Project) -> None:
    seen = see(
        project,
        """
        import signal, sys, threading, time

        main, handled, over = threading.main_thread().ident, threading.Event(), threading.Event()

        def is_in(*names):
            frame = sys._current_frames()[main]
            found = set()
            while frame:
                found.add(frame.f_code.co_name)
                frame = frame.f_back
            return found >= set(names)

        def handler(*_):
            handled.set()

        def wait_till_over():
            over.wait()

        def work():
            while not is_in("wait_till_over", "wait"):
                time.sleep(0.001)
            signal.pthread_kill(main, signal.SIGUSR1)
            while not handled.wait(1):  # what comes just before the lock blocks does not wake it
                signal.pthread_kill(main, signal.SIGUSR1)
            while is_in("handler"):
                time.sleep(0.001)
            print("in between")
            over.set()

        signal.signal(signal.SIGUSR1, handler)
        thread = threading.Thread(target=work, name="worker")
        thread.start()
        wait_till_over()
        thread.join()
        """,
    )
    span = at_line(seen, "main", 'print("in between")', of="worker")
    assert (span.state, span.what, seen.subject(span)) == ("waits", "event", "over")
    assert ("worker", "main", "over") in seen.handovers("signal")


def test_the_lane_of_an_event_loop_waits_again_after_a_callback(project: Project) -> None:
    seen = see(
        project,
        """
        import asyncio

        def callback(future):
            future.set_result(None)

        async def main():
            future = asyncio.get_running_loop().create_future()
            asyncio.get_running_loop().call_soon(callback, future)
            await future
            print("after it")

        asyncio.run(main())
        """,
    )
    span = at_line(seen, "main", 'print("after it")', of="Task-1")
    assert (span.state, span.what) == ("waits", "loop")
    assert "future.set_result(None)" in seen.lines("main")


# Within its `wait`, an event waits in that of its condition: who is only in the former may still find it set.
STANDS_IN = """
import sys, threading, time
from collections import Counter

def stands_in(name, *functions):
    ident = next(thread.ident for thread in threading.enumerate() if thread.name.startswith(name))
    frame, found = sys._current_frames().get(ident), []
    while frame:
        found.append(frame.f_code.co_name)
        frame = frame.f_back
    return Counter(found) >= Counter(functions)
"""


def test_a_worker_of_a_pool_waits_in_a_function_of_the_library(project: Project) -> None:
    seen = see(
        project,
        STANDS_IN
        + """
from concurrent.futures import ThreadPoolExecutor

go = threading.Event()
with ThreadPoolExecutor(1, thread_name_prefix="pool") as pool:
    future = pool.submit(go.wait)
    while not stands_in("pool", "wait", "wait"):
        time.sleep(0.001)
    print("in between")
    go.set()
""",
    )
    span = at_line(seen, "pool", 'print("in between")', of="main")
    assert (span.state, span.what, seen.subject(span)) == ("waits", "event", "go")
    assert ("main", "pool_0", "go") in seen.handovers("signal")


def test_who_is_given_a_function_of_the_library_wakes_others_with_it(project: Project) -> None:
    seen = see(
        project,
        STANDS_IN
        + """
go = threading.Event()

def work():
    go.wait()

waiter = threading.Thread(target=work, name="waiter")
waiter.start()
while not stands_in("waiter", "work", "wait", "wait"):
    time.sleep(0.001)
threading.Thread(target=go.set, name="setter").start()
waiter.join()
""",
    )
    assert seen.handovers("signal") == [("setter", "waiter", "go")]


def test_a_loop_that_is_given_a_function_of_the_library_wakes_tasks_with_it(project: Project) -> None:
    seen = see(
        project,
        """
        import asyncio

        async def main():
            go = asyncio.Event()
            asyncio.get_running_loop().call_soon(go.set)
            await go.wait()

        asyncio.run(main())
        """,
    )
    assert seen.handovers("signal") == [("main", "Task-1 (main)", "go")]


def test_the_feeder_of_a_queue_between_processes_waits_for_something_to_feed(project: Project) -> None:
    seen = see(
        project,
        STANDS_IN
        + """
import multiprocessing

class Item:
    def __reduce__(self):
        return (Item, ())

queue = multiprocessing.Queue()
queue.put(Item())
queue.get()
while not stands_in("QueueFeederThread", "wait"):
    time.sleep(0.001)
print("in between")
queue.put(Item())
""",
    )
    span = at_line(seen, "QueueFeederThread", 'print("in between")', of="main")
    assert (span.state, span.what) == ("waits", "condition")


def test_a_wait_that_is_interrupted_is_not_taken_for_a_call_without_a_name(project: Project) -> None:
    seen = see(
        project,
        """
        import queue, threading, time

        class Job:
            def __lt__(self, other):
                return True

        jobs = queue.PriorityQueue()

        def work():
            time.sleep(0.1)
            with jobs.mutex:
                jobs.queue.extend([Job(), Job()])
                jobs.not_empty.notify()

        threading.Thread(target=work).start()
        jobs.get()
        """,
    )
    number = seen.lane("main").number
    (got,) = [event.at for event in seen.events("main", "line") if seen.text(event.line) == "jobs.get()"]
    whats = {one.what for one in seen.recording.events if one.kind == "wait" and one.lane == number and one.at >= got}
    assert "queue" in whats and "blocked" not in whats


READING = (
    STANDS_IN
    + """
import multiprocessing, signal

class Interrupted(Exception):
    pass

handled, sent = threading.Event(), threading.Event()
here, there = multiprocessing.Pipe()
main = threading.get_ident()

def work():
    while not stands_in("MainThread", "read", "recv"):
        time.sleep(0.001)
    signal.pthread_kill(main, signal.SIGUSR1)
    while not handled.wait(1):  # what comes just before the reading blocks does not wake it
        signal.pthread_kill(main, signal.SIGUSR1)
    here.send(1)
    sent.set()

def read():
    there.recv()

threading.Thread(target=work, name="worker").start()
"""
)


def test_who_sends_to_a_reader_that_a_signal_has_interrupted_does_not_wake_it(project: Project) -> None:
    seen = see(
        project,
        READING.replace(
            "class Interrupted",
            "def handler(*_):\n    handled.set()\n    sent.wait()\n    raise Interrupted\n\nclass Interrupted",
        ).replace(
            "    here.send(1)\n",
            "    while not stands_in('MainThread', 'handler', 'wait', 'wait'):\n"
            "        time.sleep(0.001)\n    here.send(1)\n",
        )
        + """
signal.signal(signal.SIGUSR1, handler)
try:
    read()
except Interrupted:
    print("interrupted")
""",
    )
    assert [one[2] for one in seen.handovers("signal") if one[:2] == ("worker", "main")] == ["sent"]


def test_who_sends_to_a_reader_that_an_exception_has_ended_does_not_wake_it(project: Project) -> None:
    """A handler that is not the program's own leaves no line between the wait and its end."""
    seen = see(
        project,
        READING
        + """
scope = {"handled": handled, "sent": sent, "Interrupted": Interrupted}
exec(compile("def handler(*_):\\n handled.set()\\n sent.wait()\\n raise Interrupted", "library", "exec"), scope)
signal.signal(signal.SIGUSR1, scope["handler"])
try:
    read()
except Interrupted:
    print("interrupted")
""",
    )
    assert [one[:2] for one in seen.handovers("signal") if one[2] != "sent"] == []
