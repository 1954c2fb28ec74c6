"""What a recording says of greenlets and asyncio tasks, which all run in one thread."""

from __future__ import annotations

import sys

import pytest

from live.replay.spans import ends, spans
from tests.conftest import NEEDS_GEVENT
from tests.project import Project
from tests.recorder.seen import Seen, see


def running(seen: Seen, at: int) -> list[str]:
    """The lanes that run Python at a time."""
    return [
        seen.recording.lanes[one.lane].name
        for one in spans(seen.recording)
        if one.start <= at < one.end and one.state == "runs"
    ]


PLAIN = """
from greenlet import greenlet

def music():
    print("music 1")
    other.switch()
    print("music 2")

def log():
    print("log 1")
    one.switch()
    print("never")

one, other = greenlet(music), greenlet(log)
one.switch()
print("main")
"""


def test_plain_greenlets_are_lanes_named_after_what_they_do(project: Project) -> None:
    seen = see(project, PLAIN)
    assert [(lane.name, lane.kind) for lane in seen.recording.lanes] == [
        ("main", "process"), ("music", "greenlet"), ("log", "greenlet"),
    ]  # fmt: skip
    assert seen.lines("music") == ['print("music 1")', "other.switch()", 'print("music 2")']
    assert seen.printed() == {"music": ["music 1", "music 2"], "log": ["log 1"], "main": ["main"]}


def test_each_switch_says_who_goes_on(project: Project) -> None:
    assert [one[:2] for one in see(project, PLAIN).handovers("switch")] == [
        ("main", "music"), ("music", "log"), ("log", "music"), ("music", "main"),
    ]  # fmt: skip


def test_a_greenlet_that_is_not_its_turn_is_parked(project: Project) -> None:
    seen = see(project, PLAIN)
    assert seen.spans("main", "parked") and seen.spans("music", "parked")
    assert seen.lane("music").end is not None
    assert seen.lane("log").end is None, "it never came to its end"


GEVENT = """
import gevent

def sleeper():
    gevent.sleep(0.2)
    print("slept")

def worker():
    gevent.sleep(0.05)
    print("worked")

gevent.joinall([gevent.spawn(sleeper), gevent.spawn(worker)])
"""


@NEEDS_GEVENT
def test_a_greenlet_runs_while_another_one_sleeps(project: Project) -> None:
    seen = see(project, GEVENT)
    (sleep,) = seen.spans("sleeper", "sleeps")
    (worked,) = [event for event in seen.events("worker", "line") if seen.text(event.line) == 'print("worked")']
    assert sleep.start < worked.at < sleep.end
    assert seen.printed() == {"worker": ["worked"], "sleeper": ["slept"]}
    assert {lane.name: lane.parent for lane in seen.recording.lanes} == {"main": None, "sleeper": 0, "worker": 0}


@NEEDS_GEVENT
def test_patched_threads_are_greenlets_with_the_names_of_threads(project: Project) -> None:
    seen = see(
        project,
        """
        from gevent import monkey

        monkey.patch_all()

        import threading
        import time

        def work():
            time.sleep(0.05)
            print("patched")

        threads = [threading.Thread(target=work, name=f"t{n}") for n in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        """,
    )
    lanes = [lane for lane in seen.recording.lanes if lane.number]
    assert [lane.kind for lane in lanes] == ["greenlet", "greenlet"]
    assert sorted(seen.printed()) == ["t0", "t1"]
    (first,), (second,) = seen.spans("t0", "sleeps"), seen.spans("t1", "sleeps")
    assert first.start < second.end and second.start < first.end, "they sleep at the same time"


@NEEDS_GEVENT
def test_unpatched_sleep_in_a_greenlet_blocks_the_others(project: Project) -> None:
    seen = see(project, GEVENT.replace("gevent.sleep", "__import__('time').sleep"))
    (first,), (second,) = seen.spans("sleeper", "sleeps"), seen.spans("worker", "sleeps")
    assert first.end <= second.start


@NEEDS_GEVENT
def test_a_lock_of_gevent_is_seen(project: Project) -> None:
    seen = see(
        project,
        """
        import gevent
        from gevent.lock import Semaphore

        lock = Semaphore(1)

        def first():
            with lock:
                gevent.sleep(0.1)

        def second():
            with lock:
                print("second")

        gevent.joinall([gevent.spawn(first), gevent.spawn(second)])
        """,
    )
    assert seen.handovers("lock") == [("first", "second", "lock")]
    assert ("lock", "lock") in seen.waits("second")


TASKS = """
import asyncio

lock = asyncio.Lock()

async def first():
    async with lock:
        await asyncio.sleep(0.1)
        print("first")

async def second():
    await asyncio.sleep(0)
    async with lock:
        print("second")

async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(first(), name="one")
        group.create_task(second(), name="two")
    print("over")

asyncio.run(main())
"""


def test_tasks_are_lanes(project: Project) -> None:
    seen = see(project, TASKS)
    assert [(lane.name, lane.kind) for lane in seen.recording.lanes] == [
        ("main", "process"), ("Task-1 (main)", "task"), ("one (first)", "task"), ("two (second)", "task"),
    ]  # fmt: skip
    assert seen.lane("one").parent == seen.lane("Task-1").number
    assert seen.lines("two") == ["await asyncio.sleep(0)", "async with lock:", 'print("second")', "async with lock:"]
    assert seen.printed() == {"one (first)": ["first"], "two (second)": ["second"], "Task-1 (main)": ["over"]}


def test_a_task_waits_for_an_asyncio_lock_and_gets_it_from_its_owner(project: Project) -> None:
    seen = see(project, TASKS)
    assert seen.handovers("lock") == [("one (first)", "two (second)", "lock")]
    assert ("lock", "lock") in seen.waits("two")
    assert seen.depths("two") == [("acquire", 1), ("release", 0)]


def test_a_task_that_sleeps_lets_another_one_run(project: Project) -> None:
    seen = see(project, TASKS)
    sleep = max(seen.spans("one", "sleeps"), key=lambda span: span.end - span.start)
    assert seen.text(sleep.line) == "await asyncio.sleep(0.1)"
    assert any(sleep.start < event.at < sleep.end for event in seen.events("two", "line"))
    assert ("task", "") in seen.waits("Task-1"), "the group waits for its tasks"


def test_only_one_lane_of_a_loop_runs_at_a_time(project: Project) -> None:
    seen = see(project, TASKS)
    for event in seen.recording.events:
        assert len(running(seen, event.at)) <= 1, running(seen, event.at)


def test_blocking_in_a_task_blocks_all(project: Project) -> None:
    seen = see(
        project,
        """
        import asyncio
        import time

        async def blocks():
            time.sleep(0.1)

        async def other():
            print("other")

        async def main():
            await asyncio.gather(blocks(), other())

        asyncio.run(main())
        """,
    )
    (sleep,) = seen.spans("Task-2", "sleeps")
    inside = [event for event in seen.recording.events if sleep.start < event.at < sleep.end]
    assert inside == []


def test_a_task_that_is_lost_while_it_waits_is_over_when_it_is_gone(project: Project) -> None:
    seen = see(
        project,
        """
        import asyncio, gc

        async def forever():
            await asyncio.get_running_loop().create_future()

        async def main():
            asyncio.create_task(forever(), name="lost")
            await asyncio.sleep(0)
            gc.collect()
            print("it is gone")
            print("much later")

        asyncio.run(main())
        """,
    )
    gone = next(event.at for event in seen.events("Task-1", "line") if seen.text(event.line) == 'print("it is gone")')
    assert ends(seen.recording)[seen.lane("lost").number] <= gone


@pytest.mark.skipif(sys.platform == "win32", reason="there is no os.fork on Windows")
def test_a_child_does_not_write_down_what_its_parent_made(project: Project) -> None:
    seen = see(
        project,
        """
        import asyncio, gc, os

        async def forever():
            await asyncio.get_running_loop().create_future()

        loop = asyncio.new_event_loop()
        loop.set_exception_handler(lambda *_: None)
        tasks = [loop.create_task(forever(), name="kept")]
        loop.run_until_complete(asyncio.sleep(0))
        if (pid := os.fork()) == 0:
            tasks.clear()
            gc.collect()
            os._exit(0)
        os.waitpid(pid, 0)
        print("still there", len(tasks))
        os._exit(0)
        """,
    )
    assert seen.lane("kept").end is None
    assert seen.printed() == {"main": ["still there 1"]}


@pytest.mark.parametrize(("made", "what"), [("Semaphore(1)", "semaphore"), ("BoundedSemaphore(1)", "semaphore")])
def test_async_with_names_the_semaphore_that_a_task_waits_for(project: Project, made: str, what: str) -> None:
    seen = see(project, TASKS.replace("lock = asyncio.Lock()", f"lock = asyncio.{made}").replace("lock", "seats"))
    assert (what, "seats") in seen.waits("two")
    assert seen.handovers("signal") == [("one (first)", "two (second)", "seats")]


def test_async_with_names_the_condition_whose_lock_a_task_waits_for(project: Project) -> None:
    seen = see(
        project,
        TASKS.replace("lock = asyncio.Lock()", "lock = asyncio.Condition()").replace("lock", "full"),
    )
    assert ("lock", "full") in seen.waits("two")
    assert seen.handovers("lock") == [("one (first)", "two (second)", "full")]
    assert seen.depths("two") == [("acquire", 1), ("release", 0)]
