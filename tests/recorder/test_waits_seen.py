"""What a recording says of waits that call functions of the program, and of waits that it has others do."""

from __future__ import annotations

import pytest

from tests.project import Project
from tests.recorder.seen import STANDS_IN, at_line, see

CONDITION = """
import multiprocessing
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
@pytest.mark.parametrize("kind", ["threading", *(f"multiprocessing.get_context('{way}')" for way in ("fork", "spawn"))])
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
