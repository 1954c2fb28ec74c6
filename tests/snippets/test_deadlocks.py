"""What the page on deadlock, livelock and starvation promises about its programs."""

import re
import threading
import time
from itertools import pairwise

import pytest

from snippets.deadlocks import (
    all_at_once,
    back_off,
    four_seats,
    livelock,
    philosophers,
    readers_share,
    stacks,
    transfer,
    writer_starves,
)
from tests.conftest import ROOT, imported

PATIENCE = 10  # seconds; only so that a thread that hangs fails its test


def start(target, *args) -> threading.Thread:
    thread = threading.Thread(target=target, args=args, daemon=True)
    thread.start()
    return thread


def ends(thread: threading.Thread) -> bool:
    thread.join(PATIENCE)
    return not thread.is_alive()


def line_of(program: str, code: str) -> int:
    """The number of the one line of that program with that code."""
    source = (ROOT / f"snippets/deadlocks/{program}.py").read_text(encoding="utf-8").splitlines()
    (number,) = (number for number, line in enumerate(source, 1) if code in line)
    return number


class Noting:
    """A lock that notes down who was entered in which order."""

    def __init__(self, name: str, taken: list[str]) -> None:
        self.name, self.taken = name, taken

    def __enter__(self) -> None:
        self.taken.append(self.name)

    def __exit__(self, *_) -> None:
        pass


def test_whoever_pays_the_smaller_number_is_locked_first() -> None:
    taken: list[str] = []
    one, two = (transfer.Account(number, 100, Noting(f"lock {number}", taken)) for number in (1, 2))
    transfer.transfer(one, two, 30)
    transfer.transfer(two, one, 50)
    assert taken == ["lock 1", "lock 2"] * 2
    assert (one.balance, two.balance) == (120, 80)


def test_a_transfer_to_oneself_takes_no_lock() -> None:
    account = transfer.Account(1, 100)
    assert ends(start(transfer.transfer, account, account, 30))
    assert account.balance == 100


def test_transfers_in_opposite_directions_are_both_done(recording) -> None:
    ran = recording("deadlocks/transfer")
    assert (ran.exit_code, ran.leftovers) == (0, ())
    *transfers, balances = ran.lines
    assert sorted(transfers) == ["30 from 1 to 2, locked 1 first", "50 from 2 to 1, locked 1 first"]
    assert balances == "balances: 120 and 80"


def test_whoever_backs_off_has_let_go_of_the_first_lock_and_then_tries_again(monkeypatch, capsys) -> None:
    first, answers, held = threading.Lock(), [False, False, True], []

    class Second:
        def acquire(self, timeout: float) -> bool:
            held.append(("asks", first.locked()))
            return answers.pop(0)

        def release(self) -> None:
            held.append(("has it", first.locked()))

    monkeypatch.setattr(time, "sleep", lambda _: held.append(("pauses", first.locked())))
    back_off.take_both("one", first, Second(), threading.Barrier(1))
    assert held == [("asks", True), ("pauses", False)] * 2 + [("asks", True), ("has it", True)]
    assert capsys.readouterr().out.splitlines() == [
        "one: backs off, attempt 1",
        "one: backs off, attempt 2",
        "one: has both, attempt 3",
    ]


def test_at_least_one_backs_off_and_both_get_both_in_the_end(recording) -> None:
    ran = recording("deadlocks/back_off")
    assert ran.exit_code == 0
    assert ran.text.count("has both") == 2
    assert ran.text.count("backs off") >= 1


def test_whoever_waits_for_all_at_once_holds_nothing() -> None:
    tools = all_at_once.Tools("hammer", "saw")
    waits = threading.Event()
    wait_for = tools._changed.wait_for

    def noting(predicate) -> bool:
        if not predicate():
            waits.set()
        return wait_for(predicate)

    def take_both() -> None:
        with tools.take("hammer", "saw"):
            pass

    with tools.take("saw"):
        tools._changed.wait_for = noting
        waiting = start(take_both)
        assert waits.wait(PATIENCE)
        other = start(lambda: tools.take("hammer").__enter__())
        assert ends(other), "the hammer is free, although somebody waits for it and the saw"
        assert waiting.is_alive()


def test_both_threads_got_both_tools_one_after_the_other(recording) -> None:
    ran = recording("deadlocks/all_at_once")
    assert ran.exit_code == 0
    assert sorted(ran.lines[:2]) == ["has hammer and saw", "has saw and hammer"]
    assert list(ran.lines[2:]) == ["both are done"]


def test_two_readers_are_inside_both_locks_at_once_and_the_writer_is_alone(recording) -> None:
    ran = recording("deadlocks/readers_share")
    assert ran.exit_code == 0
    assert list(ran.lines) == ["two readers were inside both", "a writer is inside, and 0 readers"]


def test_a_reader_keeps_a_writer_out_and_a_writer_keeps_both_out() -> None:
    lock, order = readers_share.ReadersWriter(), []

    def write(name: str) -> None:
        with lock.writing():
            order.append((name, lock.readers))

    def read() -> None:
        with lock.reading():
            order.append("reads")

    with lock.reading():
        writer = start(write, "writes after the reader")
        assert ends(start(read)), "a second reader gets in"
        assert order == ["reads"]
    assert ends(writer)
    with lock.writing():
        others = [start(read), start(write, "writes after the writer")]
        order.append("alone")
    assert all(map(ends, others))
    assert order[:3] == ["reads", ("writes after the reader", 0), "alone"]


def test_with_all_left_forks_taken_nobody_eats(recording) -> None:
    ran = recording("deadlocks/philosophers")
    assert ran.exit_code == 0
    assert list(ran.lines) == [f"P{seat} ate: False" for seat in range(5)]


def test_a_philosopher_asks_for_the_right_fork_only_when_all_have_their_left_one() -> None:
    order: list[str] = []

    class Meeting:
        def wait(self) -> None:
            order.append("meets")

    class Right:
        def acquire(self, timeout: float) -> bool:
            order.append("asks")
            return False

    philosophers.dine("P0", Noting("left", order), Right(), Meeting(), {})
    assert order == ["left", "meets", "asks", "meets"]


def test_with_four_seats_all_five_eat_although_four_have_their_left_forks() -> None:
    table = four_seats.Table()
    threads = [start(table.dine, number) for number in range(5)]
    assert all(map(ends, threads))
    assert sorted(table.ate) == [f"P{number}" for number in range(5)]
    assert table.met.is_set()


def test_at_most_four_philosophers_sit_down() -> None:
    seats = four_seats.Table().seats
    assert [seats.acquire(blocking=False) for _ in range(5)] == [True] * 4 + [False]


def test_the_first_to_eat_sits_left_of_the_one_who_had_no_seat(recording) -> None:
    ran = recording("deadlocks/four_seats")
    assert ran.exit_code == 0
    ate = [int(number) for number in re.findall(r"P(\d)", ran.text)]
    assert sorted(ate) == [0, 1, 2, 3, 4]
    left_of_the_empty_seat, *others = ate
    seated = [number for number in others if number != (left_of_the_empty_seat + 1) % 5]
    assert all((one - next_one) % 5 == 1 for one, next_one in pairwise([left_of_the_empty_seat, *seated]))


def test_two_polite_ones_move_in_each_round_and_never_get_past(capsys) -> None:
    livelock.corridor(ann_polite=True, bob_polite=True)
    sides = [line.partition(": ")[2] for line in capsys.readouterr().out.splitlines()]
    assert sides == ["Ann left, Bob left", "Ann right, Bob right"] * (livelock.ROUNDS // 2)


def test_if_only_one_steps_aside_both_get_past_in_the_second_round(recording) -> None:
    ran = recording("deadlocks/livelock")
    assert ran.exit_code == 0
    only_ann = list(ran.lines).index("only Ann steps aside")
    assert list(ran.lines[only_ann + 1 :]) == ["round 1: Ann left, Bob left", "round 2: Ann right, Bob left"]


@pytest.mark.parametrize(("writers_first", "order"), [(False, "RRRW"), (True, "RWRR")])
def test_overlapping_readers_starve_a_writer_that_does_not_go_first(writers_first: bool, order: str) -> None:
    assert writer_starves.take_turns(writers_first, patience=0.05 if writers_first else None) == order


def test_the_program_on_the_page_starved_its_writer_only_when_readers_went_first(recording) -> None:
    ran = recording("deadlocks/writer_starves")
    assert ran.exit_code == 0
    assert list(ran.lines) == ["readers first: RRRW", "writers first: RWRR"]


def test_nothing_tells_of_the_deadlock_but_the_watchdog_and_its_stacks_show_the_circle(recording) -> None:
    ran = recording("deadlocks/stacks")
    assert ran.exit_code == 1
    assert ran.lines[0].startswith("Timeout")
    for function, code in (("a_then_b", "with lock_b:  # (1)!"), ("b_then_a", "with lock_a:  # (2)!")):
        assert f'stacks.py", line {line_of("stacks", code)} in {function}' in ran.text
    assert re.search(r"in join\n.*in main\n", ran.text)


def test_the_watchdog_is_set_before_anything_can_hang(monkeypatch) -> None:
    order: list[object] = []

    class Thread:
        def __init__(self, target) -> None:
            self.name = target.__name__

        def start(self) -> None:
            order.append(f"start {self.name}")

        def join(self) -> None:
            order.append(f"join {self.name}")

    monkeypatch.setattr(stacks.threading, "Thread", Thread)
    monkeypatch.setattr(stacks.faulthandler, "dump_traceback_later", lambda _, exit: order.append(("later", exit)))
    monkeypatch.setattr(stacks.faulthandler, "cancel_dump_traceback_later", lambda: order.append("cancel"))
    stacks.main()
    names = ["a_then_b", "b_then_a"]
    assert order == [("later", True), *(f"start {n}" for n in names), *(f"join {n}" for n in names), "cancel"]


def test_py_spy_shows_from_outside_where_both_threads_wait(recording) -> None:
    ran = recording("deadlocks/py_spy_dump")
    assert (ran.exit_code, ran.leftovers) == (0, ())
    assert ran.lines[0] == "the child hangs"
    number = line_of("py_spy_dump", "second.acquire()")
    for name in ("A then B", "B then A"):
        assert re.search(rf'Thread \d+ \(idle\): "{name}"\n +take_both \(py_spy_dump.py:{number}\)', ran.text)


def test_the_child_lets_others_look_at_it_before_it_hangs(monkeypatch) -> None:
    program = imported("deadlocks/py_spy_dump")
    calls: list[int] = []

    class Library:
        def prctl(self, option: int, *_) -> None:
            calls.append(option)

    monkeypatch.setattr(program.ctypes, "CDLL", lambda _: Library())
    monkeypatch.setattr(program, "take_both", lambda *_: calls.append(0))
    program.hang()
    assert calls == [0x59616D61, 0, 0]
