"""What the page on pools and futures promises about its programs."""

import re
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from live.keeping.committed import committed
from live.snippet import Snippet
from snippets.pools import (  # interpreters needs 3.14 and is tested by its recording
    back_pressure,
    broken_pool,
    errors_kept,
    future_states,
    leaving_with,
    pool_methods,
    process_pool,
    running_goes_on,
    two_orders,
    waits_for_itself,
)
from tests.conftest import ROOT

LONG = 60
"""Seconds; only so that a test that hangs ends."""


def test_a_callback_runs_in_the_worker_or_where_it_is_added_if_that_is_too_late(capsys) -> None:
    future_states.main()
    assert capsys.readouterr().out.splitlines() == [
        "one worker: first running, second pending",
        "callback in worker_0: a result",
        "results: a result, 2",
        "later: first done, second done",
        "callback in MainThread: 2",
    ]


def test_a_future_is_pending_running_or_done() -> None:
    future: Future = Future()
    states = [future_states.state(future)]
    future.set_running_or_notify_cancel()
    states.append(future_states.state(future))
    future.set_result(None)
    assert [*states, future_states.state(future)] == ["pending", "running", "done"]


def test_map_keeps_the_order_of_the_input_and_as_completed_gives_last_what_ends_last(capsys) -> None:
    two_orders.main()
    mapped, ended, *completed = capsys.readouterr().out.splitlines()
    assert re.findall(r"([ABC]) from", mapped) == ["A", "B", "C"]
    assert ended == "they ended: B, C, A"
    assert completed[2].startswith("as_completed: A from")
    assert {line[:15] for line in completed[:2]} == {"as_completed: B", "as_completed: C"}


def test_two_pieces_of_work_share_the_worker_that_is_left(capsys) -> None:
    two_orders.main()
    mapped, _, *completed = capsys.readouterr().out.splitlines()
    for text in (mapped, "\n".join(completed)):
        by = dict(re.findall(r"([ABC]) from ((?:map|completed)_[01])", text))
        assert len(by) == 3
        assert by["B"] == by["C"] != by["A"]


def test_an_exception_is_kept_for_who_asks_and_nobody_hears_of_the_other_one(capsys) -> None:
    errors_kept.main()
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0].startswith("exception(): ValueError(") and "'one'" in lines[0]
    assert lines[1:4] == [
        "result() raises the same one: True",
        "all is done, the forgotten one too: True",
        "map(): first 3",
    ]
    assert lines[4].startswith("map(): then ValueError(") and "'four'" in lines[4]
    assert lines[5:] == ["map(): left []"]
    assert "'two'" not in out + err


def test_nothing_stops_work_that_has_begun(capsys) -> None:
    running_goes_on.main()
    assert capsys.readouterr().out.splitlines() == [
        "TimeoutError, still running: True",
        "cancel() of the running one: False",
        "cancel() of the waiting one: True",
        "shutdown(): another one cancelled True",
        "running: finished all the same",
        "waiting: CancelledError",
    ]


def test_with_one_worker_the_inner_work_never_begins(capsys) -> None:
    waits_for_itself.main()
    assert capsys.readouterr().out.splitlines() == [
        "workers 1: timed out, inner has begun: False",
        "workers 2: got inner",
    ]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_as_many_outer_ones_as_workers_are_a_deadlock(workers: int) -> None:
    """What the page says about more workers: they only put it off."""
    all_are_taken = Barrier(workers)

    def outer(patience: float) -> str:
        all_are_taken.wait(LONG)
        return waits_for_itself.outer(pool, patience)

    with ThreadPoolExecutor(workers) as pool:
        gives_up, *others = [pool.submit(outer, patience) for patience in (0.1, LONG, LONG)[:workers]]
        assert gives_up.result(LONG) == "timed out, inner has begun: False"
        assert all(other.result(LONG) == "got inner" for other in others), "now one worker is free"


class Counting(ThreadPoolExecutor):
    """Knows how much of what it took has not ended; nothing ends before `held` pieces have been taken."""

    def __init__(self, held: int) -> None:
        super().__init__(2)
        self.taken: list[Future] = []
        self.most = 0
        self.held, self.go_on = held, Event()

    def submit(self, fn, /, *args):
        future = super().submit(self.go_on.wait, LONG)
        self.taken.append(future)
        self.most = max(self.most, sum(not one.done() for one in self.taken))
        if len(self.taken) == self.held:
            self.go_on.set()
        return future


def test_submit_takes_everything_at_once() -> None:
    with Counting(held=8) as pool:
        assert back_pressure.all_at_once(pool, range(8)) <= 8
    assert pool.most == 8


def test_a_window_is_filled_and_never_overfilled() -> None:
    with Counting(held=3) as pool:
        assert back_pressure.in_a_window(pool, range(8), 3) == 3
    assert (len(pool.taken), pool.most) == (8, 3)


def test_a_window_takes_from_the_input_only_what_it_has_room_for() -> None:
    read: list[int] = []

    def numbers():
        for number in range(6):
            read.append(number)
            yield number

    with Counting(held=99) as pool:
        filling = ThreadPoolExecutor(1)
        filled = filling.submit(back_pressure.in_a_window, pool, numbers(), 2)
        with pytest.raises(TimeoutError):
            filled.result(timeout=0.1)
        assert len(pool.taken) <= 2 and len(read) <= 3
        pool.go_on.set()
        assert filled.result(LONG) == 2
        filling.shutdown()


def test_the_program_on_the_page_keeps_its_window(recording) -> None:
    ran = recording("pools/back_pressure")
    assert ran.exit_code == 0
    alone, window = ran.lines
    assert re.fullmatch(r"submit\(\) only: [1-8] of 8 not done", alone)
    assert window == "a window of 3: 3 at most not done"


def test_calls_travel_in_chunks_and_each_worker_is_prepared_once(recording) -> None:
    ran = recording("pools/process_pool")
    assert (ran.exit_code, ran.leftovers) == (0, ())
    prepared = [line for line in ran.lines if line.startswith("initializer in pid")]
    assert len(prepared) == len(set(prepared)) == 2
    *others, of_a_lambda = (line for line in ran.lines if line not in prepared)
    assert others == [
        "chunksize=1: 6 results, 6 round trips",
        "chunksize=3: 6 results, 2 round trips",
        "in the worker: 5 with ['a worker']",
        "in the parent: []",
    ]
    assert re.match("a lambda: (AttributeError|PicklingError)", of_a_lambda)


def test_what_the_initializer_prepares_is_what_work_sees(monkeypatch) -> None:
    monkeypatch.setattr(process_pool, "names", [])
    process_pool.prepare("x")
    assert process_pool.work(1) == "1 with ['x']"


def test_an_executor_breaks_with_its_worker_and_a_pool_says_nothing(recording) -> None:
    ran = recording("pools/broken_pool")
    assert (ran.exit_code, ran.leftovers) == (0, ())
    assert ran.lines == [
        "executor: the one that dies: BrokenProcessPool",
        "executor: the one behind it: BrokenProcessPool",
        "executor: takes no more work",
        "Pool: the one behind it: 1",
        "Pool: the one that died: no result, no error",
    ]


def test_it_does_so_within_another_program_too(capsys) -> None:
    broken_pool.main()
    out = capsys.readouterr().out.splitlines()
    assert out[2:4] == ["executor: takes no more work", "Pool: the one behind it: 1"]


def test_only_imap_unordered_leaves_the_order_of_the_input_and_chunks_are_what_is_counted(recording) -> None:
    ran = recording("pools/pool_methods")
    assert (ran.exit_code, ran.leftovers) == (0, ())
    assert ran.lines == [
        "imap_unordered: B, C",
        "imap_unordered: A",
        "imap: A, B, C",
        "map: ['A', 'B', 'C']",
        "apply_async: A",
        "chunksize=1: 4 calls, 2 process(es)",
        "chunksize=2: 4 calls, 1 process(es)",
    ]


def test_only_a_waits_for_the_event_that_was_shared(monkeypatch) -> None:
    waits: list[str] = []

    class Noting:
        def wait(self) -> None:
            waits.append("wait")

    monkeypatch.setattr(pool_methods, "events", [])
    pool_methods.share(Noting())
    assert [pool_methods.work(name) for name in "BAC"] == ["B", "A", "C"]
    assert waits == ["wait"]


def test_an_executor_waits_on_leaving_with_and_a_pool_terminates(recording) -> None:
    ran = recording("pools/leaving_with")
    assert (ran.exit_code, ran.leftovers) == (0, ())
    assert [line for line in ran.lines if not line.startswith(" ")] == [
        "executor: done after with: True",
        "Pool: done after with: False",
        "Pool, close() and join(): True",
    ]
    done = [line for line in ran.lines if line.endswith("are done")]
    assert done == ["  0.2 s of work are done", "  0.1 s of work are done"]
    order = list(ran.lines).index
    assert order(done[0]) < order("executor: done after with: True")
    assert ran.duration < LONG * 1_000_000_000 / 2, "nobody waited for the minute"


def test_work_sleeps_and_then_says_that_it_is_done(capsys, monkeypatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(leaving_with.time, "sleep", lambda _: said.append(capsys.readouterr().out))
    leaving_with.work(3)
    assert [*said, capsys.readouterr().out] == ["", "  3 s of work are done\n"]


def isolated(lines) -> None:
    """One process, further interpreters, and a list in each that the main one's is not."""
    seen = [re.fullmatch(r"pid (\d+), interpreter (\d+): \[(.*)\]", line).groups() for line in lines]
    *calls, (pid, number, numbers) = seen
    assert len(calls) == 4
    assert (number, numbers) == ("0", "")
    assert {call[0] for call in calls} == {pid}
    lists: dict[str, list[str]] = {}
    for call, (_, interpreter, numbers) in enumerate(calls):
        assert interpreter != "0"
        lists.setdefault(interpreter, []).append(str(call))
        assert numbers.split(", ") == lists[interpreter], "what was appended in this interpreter, and nothing else"


def test_each_interpreter_has_a_list_of_its_own(recording) -> None:
    ran = recording("pools/interpreters")
    assert ran.exit_code == 0
    isolated(ran.lines)


def test_the_recording_in_the_repository_shows_the_same() -> None:
    ran = committed(Snippet.load(ROOT, "snippets/pools/interpreters.py"))
    assert ran.interpreter.version >= "3.14"
    isolated(ran.lines)
