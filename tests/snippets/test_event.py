"""What the page on events promises about its programs."""

import re
import threading
import time
from types import SimpleNamespace

import pytest

from snippets.event import (  # redis_real needs a package and is tested by its recording
    four_methods,
    is_set_deprecated,
    lost_wakeup,
    redis_remind,
    redis_wait,
    waiting_is_free,
)

READY = "redis ready, and connect to redis server and do some work"
CHECK = "first of all, check redis server, make sure it is OK, and then trigger the redis ready event"


def test_the_flag_decides_what_waiting_returns_and_waiting_changes_nothing(capsys) -> None:
    four_methods.main()
    assert capsys.readouterr().out.splitlines() == [
        "at first: is_set() False, wait(0.1) False",
        "after set(): is_set() True, wait() True",
        "after wait(): is_set() True, wait() True",
        "after clear(): is_set() False, wait(0.1) False",
        "three waiters, set() and clear(): wait() [True, True, True]",
    ]


def test_the_program_on_the_page_woke_three_waiters_at_once(recording) -> None:
    ran = recording("event/four_methods")
    assert ran.exit_code == 0
    assert ran.lines[-1].endswith("[True, True, True]")


def messages(ran) -> dict[str, list[str]]:
    """What each thread said, in its order."""
    said: dict[str, list[str]] = {}
    for line in ran.lines:
        thread, message = re.fullmatch(r"\((\S+) *\) (.*)", line).groups()
        said.setdefault(thread, []).append(re.sub(r" \[.*\]$", "", message))
    return said


def test_both_workers_work_only_when_the_event_is_set(recording) -> None:
    ran = recording("event/redis_wait")
    assert ran.exit_code == 0
    assert messages(ran) == {
        "t1": ["Waiting for redis ready...", READY],
        "t2": ["Waiting for redis ready...", READY],
        "MainThread": [CHECK],
    }
    assert all(READY in line for line in ran.lines[-2:])
    assert ran.duration >= 4_000_000_000, "three seconds of checking, one of work"


def test_with_a_timeout_the_workers_keep_reminding(recording) -> None:
    ran = recording("event/redis_remind")
    assert ran.exit_code == 0
    for thread in ("t1", "t2"):
        first, *reminders, last = messages(ran)[thread]
        assert (first, last) == ("Waiting for redis ready...", READY)
        assert set(reminders) == {"Still waiting for redis ready..."}


@pytest.mark.parametrize("program", [redis_wait, redis_remind])
def test_a_worker_waits_for_the_event_it_is_given(program, monkeypatch) -> None:
    done: list[str] = []

    class Noting(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            done.append(f"wait({timeout})" if timeout else "wait()")
            return len(done) > 1 or timeout is None

    monkeypatch.setattr(time, "sleep", lambda seconds: done.append(f"sleep {seconds}"))
    program.worker(Noting())
    assert done == (["wait()", "sleep 1"] if program is redis_wait else ["wait(2)", "wait(2)", "sleep 1"])


@pytest.mark.parametrize("program", [redis_wait, redis_remind])
def test_main_checks_for_three_seconds_and_then_sets_the_event(program, monkeypatch) -> None:
    order: list[str] = []

    class Noting(threading.Event):
        def set(self) -> None:
            order.append("set")
            super().set()

    monkeypatch.setattr(program, "threading", SimpleNamespace(Event=Noting, Thread=threading.Thread))
    monkeypatch.setattr(program, "worker", lambda _: None)
    monkeypatch.setattr(time, "sleep", lambda seconds: order.append(f"sleep {seconds}"))
    program.main()
    assert order == ["sleep 3", "set"]


def test_the_old_name_warns_and_wait_returns_a_bool(capsys) -> None:
    is_set_deprecated.main()
    assert capsys.readouterr().out.splitlines() == [
        "DeprecationWarning: isSet() is deprecated, use is_set() instead",
        "is_set(): False",
        "not set, wait(0.1): False",
        "set, wait(0.1): True",
    ]


def test_a_real_redis_is_ready_before_it_is_used_and_ends_properly(recording) -> None:
    ran = recording("event/redis_real")
    assert ran.exit_code == 0
    assert ran.leftovers == ()
    said = messages(ran)
    assert said["MainThread"] == ["PING was answered, redis is ready", "exit code of redis-server: 0"]
    for thread in ("t1", "t2"):
        waiting, got, _ = said[thread]
        assert waiting == "Waiting for redis ready..."
        assert got == f"GET from:{thread}: hello from {thread}"
    assert {said["t1"][2], said["t2"][2]} == {"INCR visits: 1", "INCR visits: 2"}
    position = ran.text.index
    assert position("PING was answered") < min(position("GET from:t1"), position("GET from:t2"))


def test_three_times_set_wakes_once_and_what_was_cleared_is_found_only_by_looking(capsys) -> None:
    lost_wakeup.main()
    assert capsys.readouterr().out.splitlines() == [
        "three times set(), woken: 1",
        "clear(), wait(): wait(0.3) False, jobs left ['a', 'b', 'c']",
        "clear(), look, wait(): found ['a', 'b', 'c']",
    ]


def test_waiting_uses_hardly_any_cpu_time_and_polling_looks_all_the_time(capsys) -> None:
    waiting_is_free.main()
    _, waited, polled = capsys.readouterr().out.splitlines()
    assert waited == "waited at least 0.3 s: True, CPU time less than half of it: True"
    assert polled == "polling: looked at the flag at least 1000 times: True"


def test_the_waiting_thread_waits_once_and_does_not_look() -> None:
    calls: list[str] = []

    class Noting(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            calls.append("wait")
            return True

        def is_set(self) -> bool:
            calls.append("is_set")
            return True

    waiting_is_free.wait_for(Noting(), threading.Event(), [])
    assert calls == ["wait"]
