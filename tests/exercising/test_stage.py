"""The stage on which checks force the schedule: time passes only when nobody can run, and a deadlock is seen."""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from live.exercising.program import BrokenPromise
from tests.exercises.loop import play
from tests.exercises.stage import Stage

HERE = Path(__file__)
PATIENCE = 60.0
"""Seconds; only so that a broken promise ends."""


def test_who_sleeps_wakes_only_when_nobody_else_can_run() -> None:
    order: list[str] = []

    def sleeper() -> None:
        time.sleep(0.001)
        order.append("woken")

    def worker() -> None:
        order.extend(str(number) for number in range(10_000))

    with Stage() as stage:
        assert stage.play(sleeper, worker) == []
    assert order[-1] == "woken"


def test_sleepers_wake_in_the_order_of_their_time_and_none_of_it_is_real() -> None:
    order: list[float] = []

    def sleeper(seconds: float) -> None:
        time.sleep(seconds)
        order.append(seconds)

    begun = time.monotonic()
    with Stage() as stage:
        stage.play(*(lambda seconds=seconds: sleeper(seconds) for seconds in (3000, 1000, 2000)))
        assert stage.passed == 3000
    assert order == [1000, 2000, 3000]
    assert time.monotonic() - begun < 1000


def test_what_can_be_lost_is_lost_without_a_lock_and_never_with_one() -> None:
    def count(lock: bool) -> int:
        numbers = [0]

        def add() -> None:
            seen = numbers[0]
            time.sleep(1)
            numbers[0] = seen + 1

        def guarded() -> None:
            with mutex:
                add()

        with Stage() as stage:
            mutex = threading.Lock()
            assert stage.play(*[guarded if lock else add] * 3) == []
        return numbers[0]

    assert [count(lock=False), count(lock=True)] == [1, 3]


def test_a_deadlock_is_seen_and_says_where_it_is() -> None:
    with Stage() as stage:
        one, other = threading.Lock(), threading.Lock()

        def take(first: threading.Lock, second: threading.Lock) -> None:
            with first:
                time.sleep(1)
                with second:
                    pass

        stuck = stage.play(lambda: take(one, other), lambda: take(other, one))
        assert len(stuck) == 2
        assert stage.stood(stuck, HERE).count(" in take()") == 2


@pytest.mark.parametrize(
    "wait", [*("lock", "rlock", "event", "condition", "semaphore"), *("queue", "join", "future", "barrier")]
)
def test_a_wait_for_what_never_comes_is_a_deadlock_and_with_a_timeout_it_is_none(wait: str) -> None:
    def waiting(limit: float | None) -> list[threading.Thread]:
        with Stage() as stage:
            lock, rlock, event = threading.Lock(), threading.RLock(), threading.Event()
            condition, barrier = threading.Condition(), threading.Barrier(2)
            semaphore = threading.Semaphore(0)
            lines, future = queue.Queue[int](), Future[int]()
            stopped = threading.Thread(target=threading.Event().wait, daemon=True)

            def hold() -> None:
                lock.acquire()
                rlock.acquire()

            def on_condition() -> None:
                with condition:
                    condition.wait(limit)

            def waits() -> None:
                time.sleep(1)  # so that both locks are held
                try:
                    {
                        "lock": lambda: lock.acquire(timeout=-1 if limit is None else limit),
                        "rlock": lambda: rlock.acquire(timeout=-1 if limit is None else limit),
                        "event": lambda: event.wait(limit),
                        "condition": on_condition,
                        "semaphore": lambda: semaphore.acquire(timeout=limit),
                        "queue": lambda: lines.get(timeout=limit),
                        "join": lambda: stopped.join(limit),
                        "future": lambda: future.result(limit),
                        "barrier": lambda: barrier.wait(limit),
                    }[wait]()
                except (queue.Empty, TimeoutError, threading.BrokenBarrierError):
                    pass

            stopped.start()
            return stage.play(hold, waits)

    assert len(waiting(None)) == 1
    assert waiting(5000.0) == []  # none of them real


@pytest.mark.parametrize("workers", [1, 2])
def test_a_pool_plays_on_the_stage_and_it_is_a_deadlock_when_it_waits_for_itself(workers: int) -> None:
    done: list[str] = []

    def outer(pool: ThreadPoolExecutor) -> None:
        pool.submit(time.sleep, 1000).result()
        done.append("outer")

    def main() -> None:
        with ThreadPoolExecutor(workers) as pool:
            pool.submit(int).result()
            time.sleep(1)  # which passes, though there is an idle thread
            pool.submit(outer, pool).result()

    def other() -> None:
        ThreadPoolExecutor(1).submit(time.sleep, 1)

    with Stage() as stage:
        stuck = stage.play(main, other, other)
    for thread in stuck:
        thread.join(PATIENCE)  # here, not later, the pool logs that it was let go
    assert (bool(stuck), done) == ((True, []) if workers == 1 else (False, ["outer"]))


def test_tasks_sleep_without_real_time_and_all_that_wait_for_ever_break_the_promise() -> None:
    woken: list[int] = []

    async def sleeper(seconds: int) -> None:
        await asyncio.sleep(seconds)
        woken.append(seconds)

    async def main() -> str:
        await asyncio.gather(*(sleeper(seconds) for seconds in (3000, 1000, 2000)))
        return "done"

    begun = time.monotonic()
    assert play(main()) == ("done", 3000)
    assert woken == [1000, 2000, 3000]
    assert time.monotonic() - begun < 1000
    with pytest.raises(BrokenPromise, match="for ever"):
        play(asyncio.Event().wait())


def test_daemon_threads_are_left_behind_and_others_are_waited_for() -> None:
    done: list[str] = []

    def late(name: str) -> None:
        time.sleep(1)
        done.append(name)

    def main(daemon: bool) -> None:
        threading.Thread(target=late, args=(f"daemon {daemon}",), daemon=daemon).start()

    with Stage() as stage:
        assert stage.play(lambda: main(daemon=True)) == []
    assert done == []
    with Stage() as stage:
        assert stage.play(lambda: main(daemon=False)) == []
    assert done == ["daemon False"]


def test_a_thread_that_is_slow_to_begin_is_no_deadlock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between getting its ident and telling so whoever started it, Python does not call a thread alive."""
    looks = threading.Semaphore(0)

    class Slow(threading.Thread):
        def __init__(self, told: list[str]) -> None:
            super().__init__(target=told.append, args=("begun",))
            tell = self._started.set  # type: ignore[attr-defined]

            def tell_late() -> None:
                assert self.ident and not self.is_alive()
                for _ in range(3):
                    looks.acquire(timeout=PATIENCE)
                tell()

            monkeypatch.setattr(self._started, "set", tell_late)  # type: ignore[attr-defined]

    told: list[str] = []
    with Stage() as stage:
        look = stage._changed_after_a_beat

        def looked() -> None:
            look()
            looks.release()

        monkeypatch.setattr(stage, "_changed_after_a_beat", looked)
        assert stage.play(lambda: Slow(told).start()) == []
    assert told == ["begun"]


def test_who_is_stuck_ends_with_the_stage_and_can_still_be_asked_where_it_was() -> None:
    left: list[str] = []

    def main() -> None:
        try:
            with condition:
                condition.wait()
        finally:
            left.append("main")

    with Stage() as stage:
        condition = threading.Condition()
        (stuck,) = stage.play(main)
        assert left == []
    stuck.join(PATIENCE)
    assert left == ["main"]
    assert " in main()" in stage.stood([stuck], HERE)


def test_what_a_part_raises_reaches_the_check() -> None:
    with Stage() as stage, pytest.raises(ZeroDivisionError):
        stage.play(lambda: 1 // 0)


def test_a_reentrant_lock_is_one_and_only_its_owner_releases_it() -> None:
    with Stage() as stage:
        rlock, lock = threading.RLock(), threading.Lock()

        def twice() -> None:
            with rlock, rlock:
                pass

        assert stage.play(twice) == []
        assert len(stage.play(lambda: [lock.acquire(), lock.acquire()])) == 1
        with pytest.raises(RuntimeError, match="release"):
            stage.play(rlock.release)


def test_a_thread_that_ended_is_no_later_one_and_what_it_held_stays_held() -> None:
    with Stage() as stage:
        rlock = threading.RLock()
        assert stage.play(rlock.acquire) == []
        assert len(stage.play(rlock.acquire)) == 1  # the system may well give it the number of the first


def test_afterwards_everything_is_as_it_was() -> None:
    before = (threading.Lock, threading.Condition, threading.Thread.start, threading.Thread.join, time.sleep)
    with Stage():
        assert threading.Lock is not before[0]
    assert (threading.Lock, threading.Condition, threading.Thread.start, threading.Thread.join, time.sleep) == before
