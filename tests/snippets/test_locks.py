"""What the page on locks promises about its programs."""

import dis
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from snippets.locks import (
    fairness,
    hang,
    leaked_lock,
    lock_type,
    lost_update,
    meeting,
    no_meeting,
    one_does_not_ask,
    one_order,
    opposite_order,
    plain_increment,
    recursion_count,
    rlock_turns,
    self_deadlock,
    switch_points,
    who_may_release,
    with_lock,
)

PATIENCE = 10  # seconds until a thread that nobody wakes goes on by itself
LOCK_IS_A_CLASS = sys.version_info >= (3, 13)
needs_the_gil = pytest.mark.skipif(
    not getattr(sys, "_is_gil_enabled", lambda: True)(), reason="this interpreter runs without a GIL"
)


@pytest.fixture
def switch_interval_restored() -> Iterator[None]:
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)


class Watched:
    """A counter that notes down at each reading and writing whether the lock is held."""

    def __init__(self, lock: threading.Lock) -> None:
        self.lock = lock
        self.held: list[bool] = []
        self.value = 0

    @property
    def n(self) -> int:
        self.held.append(self.lock.locked())
        return self.value

    @n.setter
    def n(self, value: int) -> None:
        self.held.append(self.lock.locked())
        self.value = value


class NobodyComes:
    """A barrier of which the timeout is over at once."""

    def wait(self) -> None:
        raise threading.BrokenBarrierError


def test_two_threads_that_both_read_first_add_one_together(recording) -> None:
    assert recording("locks/meeting").lines == ["two threads added 1 each: 1"]


def test_the_meeting_is_after_reading_and_before_writing() -> None:
    counter = meeting.Counter()
    seen: list[int] = []

    class Meeting:
        def wait(self) -> None:
            seen.append(counter.n)
            counter.n = 10

    meeting.add_one(counter, Meeting())
    assert seen == [0]
    assert counter.n == 1


def test_a_switch_at_the_call_loses_what_the_other_thread_adds(monkeypatch) -> None:
    counter = lost_update.Counter()
    monkeypatch.setattr(lost_update, "TIMES", 1)

    called_with: list[str] = []

    def int_with_a_switch(text: str) -> int:
        called_with.append(text)
        counter.n += 100
        return int(text)

    monkeypatch.setattr(lost_update, "int", int_with_a_switch, raising=False)
    lost_update.add(counter, threading.Barrier(1))
    assert called_with == ["1"]
    assert counter.n == 1


def test_a_round_counts_what_is_missing(monkeypatch) -> None:
    monkeypatch.setattr(lost_update, "TIMES", 3)
    monkeypatch.setattr(lost_update, "add", lambda counter, start_line: setattr(counter, "n", 5))
    assert lost_update.lost_in_one_round() == 1


def test_rounds_are_tried_until_one_loses(monkeypatch, capsys, switch_interval_restored) -> None:
    losses = iter([0, 0, 7])
    monkeypatch.setattr(lost_update, "lost_in_one_round", lambda: next(losses))
    lost_update.main()
    assert sys.getswitchinterval() == pytest.approx(1e-6)
    assert capsys.readouterr().out == "round 3: 100000 times 1 was added, 7 of them were lost\n"


def test_the_search_for_a_loss_has_an_end(monkeypatch, capsys, switch_interval_restored) -> None:
    monkeypatch.setattr(lost_update, "lost_in_one_round", lambda: 0)
    lost_update.main()
    assert capsys.readouterr().out == "nothing was lost in 1000 rounds\n"


def test_updates_are_lost_without_an_arrangement(recording) -> None:
    (line,) = recording("locks/lost_update").lines
    found = re.fullmatch(r"round \d+: 100000 times 1 was added, (\d+) of them were lost", line)
    assert found
    assert int(found[1]) > 0


def test_only_the_form_with_a_call_has_a_call_between_reading_and_writing(capsys) -> None:
    switch_points.main()
    plain, with_call = (line.split(": ")[1].split() for line in capsys.readouterr().out.splitlines())
    for instructions in (plain, with_call):
        assert instructions[0].startswith("LOAD_ATTR")
        assert instructions[-1] == "STORE_ATTR"
    assert not any("CALL" in name or "JUMP" in name for name in plain)
    assert any("CALL" in name for name in with_call)


@pytest.mark.parametrize(("program", "calls"), [(plain_increment, False), (lost_update, True)])
def test_the_programs_have_a_call_in_their_sum_or_none(program, calls) -> None:
    instructions = list(dis.get_instructions(program.add))
    (write,) = (place for place, found in enumerate(instructions) if found.opname == "STORE_ATTR")
    read = max(
        place
        for place, found in enumerate(instructions[:write])
        if found.opname.startswith("LOAD_ATTR") and found.argval == "n"
    )
    assert any("CALL" in found.opname for found in instructions[read:write]) == calls


@needs_the_gil
def test_the_plain_form_loses_nothing_with_a_gil(recording) -> None:
    assert recording("locks/plain_increment").lines == ["GIL: on", "200000 of 200000"]


def test_with_a_lock_nothing_is_lost(recording) -> None:
    assert recording("locks/with_lock").lines == ["40000 times 1 was added, 0 of them were lost"]


def test_the_lock_is_held_from_reading_to_writing(monkeypatch) -> None:
    monkeypatch.setattr(with_lock, "TIMES", 3)
    lock = threading.Lock()
    counter = Watched(lock)
    with_lock.add(counter, lock, threading.Barrier(1))
    assert counter.held == [True] * 6
    assert counter.value == 3
    assert not lock.locked()


def test_all_threads_use_the_same_lock_and_switch_as_often_as_before(monkeypatch, switch_interval_restored) -> None:
    locks: list[threading.Lock] = []
    monkeypatch.setattr(with_lock, "add", lambda counter, lock, start_line: locks.append(lock))
    with_lock.main()
    assert len(locks) == 2
    assert locks[0] is locks[1]
    assert sys.getswitchinterval() == pytest.approx(1e-6)


def test_with_a_lock_the_threads_cannot_meet(recording) -> None:
    assert recording("locks/no_meeting").lines == [
        "nobody else came",
        "nobody else came",
        "two threads added 1 each: 2",
    ]


def test_reading_the_attempt_to_meet_and_writing_are_inside_the_lock() -> None:
    lock = threading.Lock()
    counter = Watched(lock)
    at_the_meeting: list[bool] = []

    class Meeting(NobodyComes):
        def wait(self) -> None:
            at_the_meeting.append(lock.locked())
            super().wait()

    no_meeting.add_one(counter, lock, Meeting())
    assert counter.held == [True, True]
    assert at_the_meeting == [True]


def test_a_thread_that_does_not_ask_is_not_held_back(capsys) -> None:
    one_does_not_ask.main()
    assert capsys.readouterr().out.splitlines() == [
        "lock held by the other thread: True, n: 1",
        "1 was added twice: 1",
    ]


def test_the_other_update_comes_between_reading_and_writing_inside_the_lock() -> None:
    lock = threading.Lock()
    counter = one_does_not_ask.Counter()
    held: list[bool] = []

    class MayWrite:
        def wait(self) -> None:
            held.append(lock.locked())
            counter.n += 1

    one_does_not_ask.add_one(counter, lock, threading.Event(), MayWrite())
    assert held == [True]
    assert counter.n == 1


def test_a_lock_is_made_by_a_function_or_a_class_as_the_version_has_it(capsys) -> None:
    lock_type.main()
    version, of_the_maker, of_a_lock, union = capsys.readouterr().out.splitlines()
    assert version == f"Python {sys.version_info.major}.{sys.version_info.minor}"
    assert of_the_maker.endswith(": type" if LOCK_IS_A_CLASS else ": builtin_function_or_method")
    assert of_a_lock.endswith(": lock")
    assert union.startswith("threading.Lock | None: ")
    assert ("TypeError" in union) != LOCK_IS_A_CLASS


def test_the_version_that_the_site_shows_fits_the_type(recording) -> None:
    version, of_the_maker, *_ = recording("locks/lock_type").lines
    is_a_class = int(version.removeprefix("Python 3.")) >= 13
    assert of_the_maker.endswith(": type") == is_a_class


def test_from_3_13_on_a_lock_is_made_by_a_class(recording) -> None:
    version, shown, is_a_class = recording("locks/lock_is_a_class").lines
    assert int(version.removeprefix("Python 3.")) >= 13
    assert shown.startswith("threading.Lock: <class ")
    assert is_a_class == "a class: True"


def test_only_the_bare_way_leaks_the_lock(capsys) -> None:
    leaked_lock.main()
    assert capsys.readouterr().out.splitlines() == [
        "bare: locked True, next acquire False",
        "try_finally: locked False, next acquire True",
        "with_statement: locked False, next acquire True",
    ]


@pytest.mark.parametrize("way", [leaked_lock.bare, leaked_lock.try_finally, leaked_lock.with_statement])
def test_each_way_holds_the_lock_when_the_exception_comes(way, monkeypatch) -> None:
    lock = threading.Lock()
    held: list[bool] = []
    monkeypatch.setattr(leaked_lock, "int", lambda _: held.append(lock.locked()), raising=False)
    way(lock)
    assert held == [True]
    assert not lock.locked()


def test_only_a_reentrant_lock_can_be_taken_again(capsys) -> None:
    self_deadlock.main()
    assert capsys.readouterr().out.splitlines() == ["Lock: taken again False", "RLock: taken again True"]


@pytest.mark.parametrize("make_lock", [threading.Lock, threading.RLock])
def test_the_lock_is_free_after_both_functions(make_lock) -> None:
    lock = make_lock()
    self_deadlock.outer(lock)
    answers: list[bool] = []
    in_a_thread(lambda: answers.append(lock.acquire(blocking=False)))
    assert answers == [True]


def in_a_thread(work: Callable[[], None]) -> None:
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_a_thread_that_waits_for_itself_hangs_and_the_program_ends(recording) -> None:
    ran = recording("locks/hang")
    assert ran.exit_code == 0
    assert ran.lines == ["still waiting: True"]


def test_with_a_reentrant_lock_the_same_thread_would_not_hang(capsys) -> None:
    hang.take_twice(threading.RLock(), threading.Event())
    assert capsys.readouterr().out == "has it twice\n"


def test_the_thread_that_hangs_is_a_daemon(monkeypatch) -> None:
    kinds: list[bool] = []

    def pretend(lock: threading.Lock, has_lock: threading.Event) -> None:
        kinds.append(threading.current_thread().daemon)
        has_lock.set()

    monkeypatch.setattr(hang, "take_twice", pretend)
    hang.main()
    assert kinds == [True]


def test_each_thread_tries_while_the_other_has_its_first_lock_and_lets_go_after_both_have_tried() -> None:
    first, second = threading.Lock(), threading.Lock()
    held: list[tuple[bool, bool]] = []

    class Meeting:
        def wait(self) -> None:
            held.append((first.locked(), second.locked()))

    got: list[bool] = []
    opposite_order.take_both(first, second, Meeting(), got)
    assert held == [(True, False), (True, True)]
    assert got == [True]
    assert not first.locked()
    assert not second.locked()


def test_the_two_threads_have_opposite_orders(monkeypatch) -> None:
    orders: list[tuple[int, int]] = []
    locks: list[threading.Lock] = []

    def make_lock() -> threading.Lock:
        locks.append(threading.Lock())
        return locks[-1]

    monkeypatch.setattr(
        opposite_order, "take_both", lambda first, second, *_: orders.append((locks.index(first), locks.index(second)))
    )
    opposite_order.try_it(make_lock)
    assert sorted(orders) == [(0, 1), (1, 0)]


def test_opposite_orders_end_in_a_deadlock_with_either_kind_of_lock(capsys) -> None:
    opposite_order.main()
    assert capsys.readouterr().out.splitlines() == [
        "Lock: got the second one [False, False]",
        "RLock: got the second one [False, False]",
    ]


def test_the_deadlock_is_tried_with_a_lock_and_then_with_a_reentrant_one(monkeypatch) -> None:
    makers: list[object] = []
    monkeypatch.setattr(opposite_order, "try_it", makers.append)
    opposite_order.main()
    assert makers == [threading.Lock, threading.RLock]


class Noting:
    """A lock that notes down who takes it and who lets it go."""

    def __init__(self, name: str, notes: list[str]) -> None:
        self.name = name
        self.notes = notes

    def __enter__(self) -> None:
        self.notes.append(f"takes {self.name}")

    def __exit__(self, *_: object) -> None:
        self.notes.append(f"lets {self.name} go")


@pytest.mark.parametrize("wanted", [("ResA", "ResB"), ("ResB", "ResA")])
def test_whatever_is_wanted_first_the_locks_are_taken_in_one_order(wanted, capsys) -> None:
    notes: list[str] = []
    one, other = (one_order.Resource(name, Noting(name, notes)) for name in wanted)
    one_order.use_both(one, other, threading.Barrier(1))
    assert notes == ["takes ResA", "takes ResB", "lets ResB go", "lets ResA go"]
    assert capsys.readouterr().out == f"wants {' '.join(wanted)}, takes ResA ResB\n"


def test_with_one_order_both_threads_finish(recording) -> None:
    *both, last = recording("locks/one_order").lines
    assert sorted(both) == ["wants ResA ResB, takes ResA ResB", "wants ResB ResA, takes ResA ResB"]
    assert last == "both are done"


def turns_of(lines: list[str]) -> list[tuple[str, str]]:
    """Thread and resource of each line between start and end."""
    found = [re.fullmatch(r"I am (Thread-\d+), get res: (Res[AB])---\d+\.\d+", line) for line in lines]
    assert all(found)
    return [(match[1], match[2]) for match in found if match]


def test_the_ten_threads_take_turns_and_end_comes_last(recording) -> None:
    start, *lines, end = recording("locks/rlock_turns").lines
    assert start.startswith("start---")
    assert end.startswith("end---")
    turns = turns_of(lines)
    pairs = list(zip(turns[::2], turns[1::2], strict=True))
    assert all(first[0] == second[0] for first, second in pairs)
    kinds: dict[str, list[str]] = {}
    for (name, first), (_, second) in pairs:
        kinds.setdefault(name, []).append(first + second)
    assert list(kinds.values()) == [["ResAResB", "ResBResA"]] * 10
    assert recording("locks/rlock_turns").duration >= 2


def test_the_lock_is_held_during_the_sleep(monkeypatch, capsys) -> None:
    answers: list[bool] = []

    def attempt() -> None:
        answers.append(rlock_turns.rlock.acquire(blocking=False))
        if answers[-1]:
            rlock_turns.rlock.release()

    def sleep(seconds: float) -> None:
        assert seconds == 0.2
        in_a_thread(attempt)

    monkeypatch.setattr(time, "sleep", sleep)
    rlock_turns.MyThread().fun2()
    assert answers == [False]
    assert [resource for _, resource in turns_of(capsys.readouterr().out.splitlines())] == ["ResB", "ResA"]


def test_a_thread_that_has_the_lock_of_the_ten_can_take_it_again() -> None:
    taken = [rlock_turns.rlock.acquire(blocking=False) for _ in range(2)]
    for _ in filter(None, taken):
        rlock_turns.rlock.release()
    assert taken == [True, True]


def test_the_second_line_of_fun1_is_printed_while_the_first_taking_still_counts(monkeypatch) -> None:
    counts: list[str] = []
    monkeypatch.setattr(
        rlock_turns, "print", lambda _: counts.append(f"{rlock_turns.rlock}".split("count=")[1][0]), raising=False
    )
    rlock_turns.MyThread().fun1()
    assert counts == ["1", "2"]
    assert "count=0" in f"{rlock_turns.rlock}"


def test_main_waits_for_all_ten(monkeypatch) -> None:
    joined: dict[threading.Thread, threading.Event] = {}
    start, join = threading.Thread.start, threading.Thread.join

    def start_and_note(thread: threading.Thread) -> None:
        joined[thread] = threading.Event()
        start(thread)

    def run(thread: threading.Thread) -> None:
        joined[thread].wait(PATIENCE)

    def join_and_let_end(thread: threading.Thread) -> None:
        joined[thread].set()
        join(thread)

    alive_at: dict[str, int] = {}

    def look_around(line: str) -> None:
        alive_at[line.partition("---")[0]] = sum(thread.is_alive() for thread in joined)

    monkeypatch.setattr(rlock_turns.MyThread, "run", run)
    monkeypatch.setattr(rlock_turns.MyThread, "start", start_and_note)
    monkeypatch.setattr(rlock_turns.MyThread, "join", join_and_let_end)
    monkeypatch.setattr(rlock_turns, "print", look_around, raising=False)
    rlock_turns.main()
    waited_for = [thread for thread, event in joined.items() if event.is_set()]
    for thread in joined:
        join_and_let_end(thread)
    assert alive_at == {"start": 0, "end": 0}
    assert len(waited_for) == 10


def test_a_reentrant_lock_counts_how_often_its_owner_has_taken_it(capsys) -> None:
    recursion_count.main()
    this_thread, *lines = capsys.readouterr().out.splitlines()
    owner = threading.get_ident()
    assert this_thread == f"this thread: {owner}"
    reports = [re.search(r"(un)?locked .* owner=(\d+) count=(\d+)", line) for line in lines[::2]]
    assert [(report[1], report[2], report[3]) for report in reports if report] == [
        (None, f"{owner}", "2"),
        (None, f"{owner}", "1"),
        ("un", "0", "0"),
    ]
    assert [line.split(": ")[1] for line in lines[1::2]] == ["False", "False", "True"]


def test_only_a_reentrant_lock_insists_on_its_owner(capsys) -> None:
    who_may_release.main()
    assert capsys.readouterr().out.splitlines() == [
        "Lock: released by another thread",
        "RLock: RuntimeError: cannot release un-acquired lock",
    ]


def test_thirty_turns_are_shared_out_somehow(recording) -> None:
    turns, counts = recording("locks/fairness").lines
    assert re.fullmatch("[ab]{30}", turns)
    assert counts == f"a: {turns.count('a')}, b: {turns.count('b')}, together: 30"


def test_the_lock_is_held_for_a_whole_turn(monkeypatch) -> None:
    lock = threading.Lock()
    held: list[bool] = []
    monkeypatch.setattr(time, "sleep", lambda _: held.append(lock.locked()))
    turns: list[str] = []
    fairness.take_turns("a", lock, threading.Barrier(1), turns)
    assert turns == ["a"] * 30
    assert held == [True] * 30
    assert not lock.locked()


def test_both_threads_want_the_same_lock(monkeypatch) -> None:
    wanted: list[tuple[str, threading.Lock]] = []
    monkeypatch.setattr(fairness, "take_turns", lambda name, lock, *_: wanted.append((name, lock)))
    fairness.main()
    assert sorted(name for name, _ in wanted) == ["a", "b"]
    assert len({id(lock) for _, lock in wanted}) == 1
