"""What pages say in passing, without a program on the page that shows it: each shown here by a run."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from snippets.deadlocks import writer_starves
from tests.conftest import NEEDS_GEVENT, ROOT
from tests.exercises.stage import Stage

PATIENCE = 60  # seconds; only so that a script that hangs fails its test
NEEDS_FORK = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork() here")

DAEMONIC = """
import multiprocessing, os, signal, sys, time

def outlive(parent):
    while os.getppid() == parent:
        time.sleep(0.01)
    print("the child goes on")

if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    context.Process(target=outlive, args=(os.getpid(),), daemon=True).start()
    os.kill(os.getpid(), signal.SIGKILL)
"""
INHERITED_END = """
import multiprocessing, os, time

def wait_for_the_end(parent, ours, theirs):
    while os.getppid() == parent:
        time.sleep(0.01)
    print(theirs.poll())
    ours.close()
    print(theirs.poll())
    try:
        theirs.recv()
    except EOFError:
        print("EOFError")

if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    context.Process(target=wait_for_the_end, args=(os.getpid(), ours, theirs)).start()
    os._exit(0)
"""
SIMPLE_QUEUE = """
import multiprocessing
multiprocessing.SimpleQueue().put("a few bytes")
print("put() has returned, and nobody got it")
"""
JOINABLE_QUEUE = """
import multiprocessing

def consume(queue, end):
    queue.get()
    queue.task_done()
    end.wait()

if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    queue, end = context.JoinableQueue(), context.Event()
    process = context.Process(target=consume, args=(queue, end))
    process.start()
    queue.put("work")
    queue.join()
    print("all done, consumer alive:", process.is_alive())
    end.set()
    process.join()
"""
PICKLED = """
import multiprocessing, pickle
double = lambda n: 2 * n
for thing in (double, multiprocessing.Lock()):
    try:
        pickle.dumps(thing)
    except (pickle.PicklingError, RuntimeError) as error:
        print(type(error).__name__)
"""
CURRENT_LOOP = """
import asyncio

async def main():
    pass

asyncio.run(main())
try:
    asyncio.get_event_loop()
except RuntimeError as error:
    print(error)
"""
ORDINARY_FUNCTION = """
import asyncio

def ordinary():
    print(asyncio.get_running_loop().is_running())

async def main():
    ordinary()
    asyncio.get_running_loop().call_soon(ordinary)
    await asyncio.sleep(0)

asyncio.run(main())
"""
LOOP_EXIT = """
import gevent
from gevent.event import Event

def wait():
    try:
        Event().wait()
    except gevent.exceptions.LoopExit:
        print("in the greenlet that waits")

waiter = gevent.spawn(wait)
try:
    gevent.joinall([waiter])
except gevent.exceptions.LoopExit:
    print("in the main greenlet")
"""
LATE_PATCH = """
import warnings
warnings.simplefilter("error")
import ssl, time
from time import sleep
from gevent import monkey
monkey.patch_all()
print(time.sleep is sleep)
"""
MAP_CANCELS = """
from concurrent.futures import ThreadPoolExecutor
from threading import Event

begun, go_on = [], Event()

def work(number):
    begun.append(number)
    if number == 0:
        raise ValueError
    go_on.wait()

with ThreadPoolExecutor(1) as pool:
    results = pool.map(work, range(5))
    try:
        next(results)
    except ValueError:
        go_on.set()
print(len(begun) < 5)
"""
QUEUED_CALL = """
import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Event

async def main():
    go_on, ran = Event(), []
    with ThreadPoolExecutor(1) as pool:
        call = asyncio.get_running_loop().run_in_executor
        first, second = call(pool, go_on.wait), call(pool, ran.append, "second")
        print(second.cancel())
        await asyncio.sleep(0)  # the loop passes it on
        go_on.set()
        await first
    print(ran)

asyncio.run(main())
"""
HALF_A_LINE = """
import asyncio

async def main():
    reader = asyncio.StreamReader()
    reader.feed_data(b"no newline")
    reader.feed_eof()
    print(await reader.readline(), await reader.readline())

asyncio.run(main())
"""
BARRIER = """
from threading import Barrier, BrokenBarrierError, Thread

def fail():
    raise ZeroDivisionError

def meet():
    try:
        barrier.wait()
    except (BrokenBarrierError, ZeroDivisionError) as error:
        met.append(type(error).__name__)

barrier, met = Barrier(2, action=fail), []
threads = [Thread(target=meet) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(met), barrier.broken)
"""


@pytest.mark.parametrize(
    ("place", "script", "output"),
    [
        pytest.param("multiprocessing#daemon", DAEMONIC, "the child goes on\n", marks=NEEDS_FORK),
        pytest.param("between-processes#pipe", INHERITED_END, "False\nTrue\nEOFError\n", marks=NEEDS_FORK),
        pytest.param("between-processes#queue", SIMPLE_QUEUE, "put() has returned, and nobody got it\n"),
        pytest.param("between-processes#queue", JOINABLE_QUEUE, "all done, consumer alive: True\n", marks=NEEDS_FORK),
        pytest.param("troubles-processes#cannot-pickle", PICKLED, "PicklingError\nRuntimeError\n"),
        pytest.param(
            "troubles-async#no-current-event-loop",
            CURRENT_LOOP,
            "There is no current event loop in thread 'MainThread'.\n",
        ),
        pytest.param("troubles-async#no-running-event-loop", ORDINARY_FUNCTION, "True\nTrue\n"),
        pytest.param("troubles-async#would-block-forever", LOOP_EXIT, "in the main greenlet\n", marks=NEEDS_GEVENT),
        pytest.param("troubles-async#monkey-patch-warning", LATE_PATCH, "False\n", marks=NEEDS_GEVENT),
        pytest.param("pools#exceptions", MAP_CANCELS, "True\n"),
        pytest.param("asyncio#blocking-calls", QUEUED_CALL, "True\n[]\n"),
        pytest.param("asyncio#streams", HALF_A_LINE, "b'no newline' b''\n"),
        pytest.param("synchronisation#broken-barrier", BARRIER, "['BrokenBarrierError', 'ZeroDivisionError'] True\n"),
    ],
)
def test_it_is_as_the_page_says(place: str, script: str, output: str, tmp_path: Path) -> None:
    page, _, section = place.partition("#")
    assert f"{{#{section}}}" in (ROOT / f"docs/zh/{page}.md").read_text(encoding="utf-8")
    file = tmp_path / "script.py"
    file.write_text(script, encoding="utf-8")
    ran = subprocess.run([sys.executable, file], capture_output=True, text=True, timeout=PATIENCE)
    assert ran.stdout == output, ran.stderr


class Meanwhile:
    """What a reader does inside, where the program has it wait."""

    def __init__(self, what: Callable[[], None]) -> None:
        self.what = what

    def wait(self, _patience: float | None) -> None:
        self.what()


@pytest.mark.parametrize(("writers_first", "stuck"), [(True, 4), (False, 0)])
def test_with_writers_first_readers_in_opposite_order_can_deadlock(
    monkeypatch: pytest.MonkeyPatch, writers_first: bool, stuck: int
) -> None:
    with Stage() as stage:
        monkeypatch.setattr(writer_starves, "Condition", threading.Condition)
        locks = [writer_starves.ReadersWriter(writers_first) for _ in range(2)]
        inside, asked = ([threading.Event() for _ in locks] for _ in range(2))

        def read_both(first: int, second: int) -> None:
            def then() -> None:
                for event in asked:
                    event.wait()
                locks[second].read(threading.Event(), Meanwhile(lambda: None), None)

            locks[first].read(inside[first], Meanwhile(then), None)

        def write(number: int) -> None:
            inside[number].wait()
            locks[number].write(asked[number])

        readers = [partial(read_both, 0, 1), partial(read_both, 1, 0)]
        assert len(stage.play(*readers, partial(write, 0), partial(write, 1))) == stuck
