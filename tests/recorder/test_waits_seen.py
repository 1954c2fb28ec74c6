"""What a recording says of waits that call functions of the program, and go on waiting."""

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
            handled.wait()
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
