"""What the page on the synchronisation toolbox promises about its programs."""

import queue
import re
import sys
import threading
from collections import deque
from types import SimpleNamespace

import pytest

from snippets.synchronisation import (  # queue_shutdown needs 3.13 and is tested by its recording
    barrier_rounds,
    bounded_buffer,
    broken_barrier,
    notify_one_or_all,
    own_values,
    places,
    queue_orders,
    queue_workers,
    take_in_a_loop,
    timer,
)

PATIENCE = 10  # seconds; only so that a test that would hang fails


def lines(capsys) -> list[str]:
    return capsys.readouterr().out.splitlines()


def values(line: str) -> str:
    """What follows the first colon."""
    return line.partition(": ")[2]


def test_after_if_a_woken_thread_may_find_nothing_and_in_a_loop_both_get_something(capsys) -> None:
    take_in_a_loop.main()
    assert lines(capsys) == [
        "if: taken ['first', 'nothing'], left ['second']",
        "while: taken ['first', 'second'], left []",
    ]


class Changing:
    """A condition on which `wait()` does, in turn, what is listed."""

    def __init__(self, *changes) -> None:
        self.changes = deque(changes)

    def wait(self) -> None:
        self.changes.popleft()()


def test_waiting_in_a_loop_goes_on_after_being_woken_for_nothing() -> None:
    items: list[str] = []
    changed = Changing(lambda: None, lambda: None, lambda: items.append("late"))
    assert take_in_a_loop.take_in_loop(changed, items, threading.Semaphore(0)) == "late"
    assert not changed.changes, "it waited three times"
    assert take_in_a_loop.take_after_if(Changing(lambda: None), [], threading.Semaphore(0)) == "nothing"


def test_neither_way_waits_when_something_is_there() -> None:
    for take in (take_in_a_loop.take_after_if, take_in_a_loop.take_in_loop):
        assert take(Changing(), ["there"], threading.Semaphore(0)) == "there"


def test_notify_wakes_one_and_notify_all_the_rest_and_both_need_the_lock(capsys) -> None:
    notify_one_or_all.main()
    assert lines(capsys) == [
        "notify() woke one, another one: False",
        "notify_all() woke 2 more",
        "without the lock: cannot notify on un-acquired lock",
    ]


def test_the_buffer_gives_out_in_order_and_never_holds_more_than_two(capsys) -> None:
    bounded_buffer.main()
    assert lines(capsys) == [f"got {item}" for item in range(5)] + ["never more than 2 inside: True"]


def test_the_two_conditions_of_the_buffer_share_one_lock() -> None:
    buffer = bounded_buffer.Buffer(room=1)
    with buffer.not_full:
        assert not buffer.not_empty.acquire(blocking=False)
    assert buffer.not_empty.acquire(blocking=False)


def test_putting_notifies_those_that_wait_to_take_and_taking_those_that_wait_to_put(monkeypatch) -> None:
    buffer = bounded_buffer.Buffer(room=1)
    notified: list[str] = []
    monkeypatch.setattr(buffer.not_empty, "notify", lambda: notified.append("not_empty"))
    monkeypatch.setattr(buffer.not_full, "notify", lambda: notified.append("not_full"))
    buffer.put(7)
    assert notified == ["not_empty"]
    assert buffer.get() == 7
    assert notified == ["not_empty", "not_full"]


def test_putting_into_a_full_buffer_waits_until_something_is_taken(monkeypatch) -> None:
    buffer = bounded_buffer.Buffer(room=1)
    buffer.put(1)
    waited: list[bool] = []

    def wait() -> None:
        waited.append(len(buffer.items) >= buffer.room)
        buffer.items.clear()

    monkeypatch.setattr(buffer.not_full, "wait", lambda *_: wait())
    buffer.put(2)
    assert waited == [True]
    assert (buffer.items, buffer.most) == ([2], 1)


def test_two_are_inside_at_once_and_only_a_bounded_semaphore_notices_one_release_too_many(capsys) -> None:
    places.main()
    assert lines(capsys) == [
        "inside at once: [2, 2, 2, 2]",
        "Semaphore(2): 3 places",
        "BoundedSemaphore(2): ValueError: Semaphore released too many times",
    ]


def test_a_visitor_is_inside_only_between_taking_a_place_and_giving_it_back() -> None:
    inside: list[str] = []
    found: list[tuple[str, int]] = []

    class Noting:
        def __enter__(self) -> None:
            found.append(("take", len(inside)))

        def __exit__(self, *_) -> None:
            found.append(("give back", len(inside)))

    seen: list[int] = []
    places.visit(Noting(), threading.Barrier(1), inside, seen)
    assert found == [("take", 0), ("give back", 0)]
    assert seen == [1]


def test_no_round_begins_before_all_are_there_and_the_numbers_of_a_round_differ(recording) -> None:
    ran = recording("synchronisation/barrier_rounds")
    assert ran.exit_code == 0
    said = [re.sub(r"^[ABC]: ", "", line) for line in ran.lines]
    assert said == [
        *["done with round 1"] * 3,
        "all here, results [1, 1, 1]",
        *["done with round 2"] * 3,
        "all here, results [1, 1, 1, 2, 2, 2]",
        "MainThread: numbers handed out: [0, 0, 1, 1, 2, 2]",
    ]
    for of_a_round in (ran.lines[:3], ran.lines[4:7]):
        assert {line[0] for line in of_a_round} == {"A", "B", "C"}


def test_the_action_comes_once_after_all_have_come_and_before_any_goes_on(monkeypatch) -> None:
    order: list[str] = []
    meeting = threading.Barrier(3, action=lambda: order.append("action"), timeout=PATIENCE)
    waiting = SimpleNamespace(wait=lambda: (order.append("come"), meeting.wait(), order.append("go"))[1])
    monkeypatch.setattr(barrier_rounds.logging, "info", lambda *_: None)
    numbers: list[int] = []
    threads = [threading.Thread(target=barrier_rounds.work, args=(0, waiting, [], numbers)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert order[:4] == ["come"] * 3 + ["action"]
    assert order.count("action") == 2
    assert order.index("go") == 4
    assert sorted(numbers) == [0, 0, 1, 1, 2, 2]


def test_one_timeout_or_abort_breaks_the_barrier_for_all_until_it_is_reset(capsys) -> None:
    broken_barrier.main()
    assert [values(line) for line in lines(capsys)] == [
        "['A broken', 'MainThread broken']",
        "['MainThread broken']",
        "['B met', 'C met', 'MainThread met']",
        "['D broken']",
    ]


def test_a_timer_rings_in_a_thread_of_its_own_unless_it_is_called_off_before(capsys) -> None:
    timer.main()
    assert lines(capsys) == [
        "a thread: True",
        "cake called off, rung: []",
        "rung: ['tea, in the thread tea timer']",
        "called off too late, rung: ['tea, in the thread tea timer']",
    ]


def test_the_timer_that_was_called_off_did_not_wait_for_its_minute(recording) -> None:
    ran = recording("synchronisation/timer")
    assert ran.exit_code == 0
    assert ran.duration < 60_000_000_000


def test_values_of_threads_and_of_contexts_are_kept_apart(capsys) -> None:
    own_values.main()
    inherit, thread, copied, ann, bob, main = (values(line) for line in lines(capsys))
    assert inherit == str(bool(getattr(sys.flags, "thread_inherit_context", False)))
    assert thread == f"local nobody, context {'Eve' if inherit == 'True' else 'nobody'}"
    assert copied == "local nobody, context Eve"
    assert (ann, bob) == ("local Bob, context Ann", "local Bob, context Bob")
    assert main == "local Bob, context Eve"


def test_up_to_3_13_a_thread_starts_with_an_empty_context(recording) -> None:
    ran = recording("synchronisation/own_values")
    assert ran.exit_code == 0
    if tuple(map(int, ran.interpreter.version.split(".")[:2])) < (3, 14):
        assert ran.lines[:2] == ["threads inherit the context: False", "new thread: local nobody, context nobody"]


def test_a_full_queue_refuses_and_every_worker_leaves_on_a_marker_of_its_own(capsys) -> None:
    queue_workers.main()
    assert lines(capsys) == [
        "full with 2",
        "all done: [0, 1, 4, 9, 16, 25]",
        "workers alive: [False, False]",
    ]


def test_a_worker_takes_one_marker_only_and_reports_a_job_when_its_result_is_there(monkeypatch) -> None:
    monkeypatch.setattr(queue_workers.time, "sleep", lambda _: None)
    results: list[int] = []
    reported: list[list[int]] = []

    class Noting(queue.Queue):
        def task_done(self) -> None:
            reported.append(list(results))
            super().task_done()

    jobs = Noting()
    for job in (2, 3, None, None):
        jobs.put(job)
    queue_workers.work(jobs, results)
    assert reported == [[4], [4, 9]]
    assert jobs.qsize() == 1, "the marker of another worker"


def test_each_queue_has_its_order_and_a_number_decides_between_equals(capsys) -> None:
    queue_orders.main()
    *orders, tie, numbered, lacks = lines(capsys)
    assert orders == [
        "Queue: [2, 3, 1]",
        "SimpleQueue: [2, 3, 1]",
        "LifoQueue: [1, 3, 2]",
        "PriorityQueue: [1, 2, 3]",
    ]
    assert tie == "a tie: '<' not supported between instances of 'dict' and 'dict'"
    assert numbered == "with a number: ['washing', 'cooking']"
    for name in ("full", "join", "task_done"):
        assert f"'{name}'" in lacks


def test_with_a_number_even_two_that_cannot_be_compared_come_in_order() -> None:
    equal = [(1, 0, {"b": 1}), (1, 1, {"a": 1}), (0, 2, {"c": 1})]
    assert queue_orders.order(queue.PriorityQueue(), equal) == [equal[2], equal[0], equal[1]]
    with pytest.raises(TypeError):
        queue_orders.order(queue.PriorityQueue(), [(1, {"b": 1}), (1, {"a": 1})])


def test_a_queue_that_is_shut_down_gives_out_the_rest_or_at_once_nothing(recording) -> None:
    ran = recording("synchronisation/queue_shutdown")
    assert ran.exit_code == 0
    assert ran.lines == [
        "shutdown(): done [0, 1, 4, 9], put() raises ShutDown",
        "shutdown(immediate=True): done [], put() raises ShutDown",
    ]
