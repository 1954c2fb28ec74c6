"""What the page on what goes between processes promises about its programs."""

import importlib
import multiprocessing
import os
import pickle
import shutil
import sys
import threading
from contextlib import nullcontext
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from queue import SimpleQueue
from types import SimpleNamespace

import pytest

from snippets.between import (
    cannot_pickle,
    handler_in_main,
    join_before_get,
    nested_in_proxy,
    orphan,
    pipe_ends,
    shared_block,
    shared_counter,
    signals_to_group,
    two_seats,
    zombie,
)

PATIENCE = 60  # seconds until something is given up that nobody ends
FOLDER = Path(__file__).parents[2] / "snippets" / "between"
PROGRAMS = sorted(file.stem for file in FOLDER.glob("*.py"))
NEEDS_PS = pytest.mark.skipif(shutil.which("ps") is None, reason="ps is not here")


def is_at_least(ran, *version: int) -> bool:
    return tuple(int(number) for number in ran.interpreter.version.split(".")[:2]) >= version


@pytest.mark.parametrize("name", PROGRAMS)
def test_importing_a_program_neither_prints_nor_starts_anything(name, capfd) -> None:
    importlib.reload(importlib.import_module(f"snippets.between.{name}"))
    assert capfd.readouterr() == ("", "")
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_program_leaves_a_process_behind(recording, name) -> None:
    ran = recording(f"between/{name}")
    assert (ran.exit_code, ran.leftovers) == (0, ())


def test_a_child_lives_until_what_it_has_put_was_got_and_a_simple_queue_keeps_it_in_put(recording) -> None:
    assert recording("between/join_before_get").lines == [
        "Queue:",
        "  child: has put, threads: ['MainThread', 'QueueFeederThread']",
        "  put() has returned: True",
        "  after join(0.3), alive: True",
        "  got 1000000 bytes, then join(): exitcode 0",
        "SimpleQueue:",
        "  put() has returned: False",
        "  after join(0.3), alive: True",
        "  child: has put, threads: ['MainThread']",
        "  got 1000000 bytes, then join(): exitcode 0",
    ]


def test_with_only_a_little_in_the_queue_the_wrong_order_goes_unnoticed() -> None:
    queue, has_put = multiprocessing.Queue(), multiprocessing.Event()
    process = multiprocessing.Process(target=join_before_get.fill, args=(queue, 10, has_put))
    process.start()
    process.join(PATIENCE)
    assert process.exitcode == 0
    assert list(iter(queue.get, None)) == [bytes(10)]


def test_the_child_says_that_it_has_put_only_after_the_end_marker(capsys) -> None:
    queue: SimpleQueue = SimpleQueue()
    sizes: list[int] = []
    join_before_get.fill(queue, 3, SimpleNamespace(set=lambda: sizes.append(queue.qsize())))
    assert sizes == [2]
    assert [queue.get(), queue.get()] == [bytes(3), None]
    assert capsys.readouterr().out.startswith("  child: has put, threads: ['MainThread'")


def test_the_end_of_a_pipe_comes_only_when_our_own_copy_is_closed_too(recording) -> None:
    *lines, sent = recording("between/pipe_ends").lines
    assert lines == [
        "recv(): 42",
        "the child has ended, poll(0.2): False",
        "our copy of its end is closed, poll(0.2): True",
        "recv(): EOFError",
    ]
    failed = sent.removeprefix("send(): ")
    assert issubclass(getattr(importlib.import_module("builtins"), failed), OSError)


def test_the_child_answers_with_the_sum_of_what_it_was_sent() -> None:
    ours, theirs = multiprocessing.Pipe()
    with ours, theirs:
        ours.send([1, 2])
        pipe_ends.answer(theirs)
        assert ours.recv() == 3


def test_an_update_is_lost_without_a_lock_and_none_with_it(recording) -> None:
    assert recording("between/shared_counter").lines == [
        "without a lock around both:",
        "  two processes added 1, value: 1",
        "with get_lock():",
        "  nobody else is between reading and writing",
        "  nobody else is between reading and writing",
        "  two processes added 1, value: 2",
    ]


def test_the_guard_is_held_from_reading_to_writing() -> None:
    steps: list[str] = []

    class Guard:
        def __enter__(self) -> None:
            steps.append("acquire")

        def __exit__(self, *_: object) -> None:
            steps.append("release")

    class Counter:
        @property
        def value(self) -> int:
            steps.append("read")
            return 5

        @value.setter
        def value(self, new: int) -> None:
            steps.append(f"write {new}")

    meeting = SimpleNamespace(wait=lambda patience: steps.append(f"wait {patience}"))
    shared_counter.add_one(Counter(), Guard(), meeting, 7)
    assert steps == ["acquire", "read", "wait 7", "write 6", "release"]


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_two_who_both_read_before_either_writes_count_one(kind, capsys, monkeypatch) -> None:
    if kind == "threads":
        monkeypatch.setattr(shared_counter, "Process", threading.Thread)
        monkeypatch.setattr(shared_counter, "Barrier", threading.Barrier)
    counter = multiprocessing.Value("i", 0)
    shared_counter.add_twice(counter, nullcontext(), PATIENCE)
    assert counter.value == 1
    assert capsys.readouterr().out == "  two processes added 1, value: 1\n"


def test_a_block_is_found_after_close_and_not_after_unlink(recording) -> None:
    refused, *lines = recording("between/shared_block").lines
    assert refused.startswith("child, close(): BufferError: ")
    assert lines == [
        "parent, the same memory: [1, 2, 3, 4]",
        "after close(): [1, 2, 3, 4]",
        "after unlink(): FileNotFoundError",
    ]


def test_a_view_keeps_the_block_from_being_closed_and_what_was_written_stays(capsys) -> None:
    block = SharedMemory(create=True, size=4)
    try:
        shared_block.write(block.name)
        assert "BufferError" in capsys.readouterr().out
        assert bytes(block.buf[:4]) == bytes([1, 2, 3, 4])
        assert shared_block.look(block.name) == "[1, 2, 3, 4]"
    finally:
        block.close()
        block.unlink()
    assert shared_block.look(block.name) == "FileNotFoundError"


def test_a_change_of_a_copy_is_lost_and_those_assigned_or_through_a_proxy_are_kept(recording) -> None:
    assert recording("between/nested_in_proxy").lines == [
        "DictProxy, its dict is in SyncManager-1",
        "plain: list []",
        "assigned: list ['kept']",
        "proxy: ListProxy ['kept']",
    ]


def test_in_a_plain_dict_no_change_would_be_lost() -> None:
    shared: dict[str, list[str]] = {"plain": [], "assigned": [], "proxy": []}
    nested_in_proxy.change(shared)
    assert shared == {"plain": ["lost"], "assigned": ["kept"], "proxy": ["kept"]}


def test_the_seat_of_a_killed_process_stays_taken(recording) -> None:
    assert recording("between/two_seats").lines == [
        "two processes are seated, free seats: 0",
        "the first has left, free seats: 1",
        "the second was killed, free seats: 1",
    ]


@pytest.mark.parametrize("free", [0, 1, 2])
def test_counting_the_free_seats_gives_all_of_them_back(free) -> None:
    seats = threading.Semaphore(free)
    assert two_seats.take_all(seats) == free
    assert two_seats.take_all(seats) == free


def errors(lines: list[str]) -> dict[str, str]:
    """What came of each thing: `TypeError`, `comes back as partial`."""
    return dict(line.split(": ")[:2] for line in lines)


def expected(by_name: str) -> dict[str, str]:
    return {
        "open file": "TypeError",
        "generator": "TypeError",
        "lambda": by_name,
        "partial of a top-level function": "comes back as partial",
        "object of local class": by_name,
        "object with a lock": "TypeError",
        "object with a lock and __reduce__": "comes back as TravellingCounter",
    }


def test_what_cannot_be_pickled_says_so_and_its_remedy_comes_back(recording) -> None:
    ran = recording("between/cannot_pickle")
    assert errors(ran.lines) == expected("PicklingError" if is_at_least(ran, 3, 14) else "AttributeError")


def test_on_this_interpreter_it_is_the_same(capsys) -> None:
    cannot_pickle.main()
    by_name = "PicklingError" if sys.version_info >= (3, 14) else "AttributeError"
    assert errors(capsys.readouterr().out.splitlines()) == expected(by_name)


def test_a_counter_made_anew_has_its_number_and_a_lock_of_its_own() -> None:
    counter = cannot_pickle.TravellingCounter(7)
    with counter.lock:
        back = pickle.loads(pickle.dumps(counter))
        assert back.n == 7
        assert not back.lock.locked()


def test_a_child_is_a_zombie_until_it_is_collected_in_either_way(recording) -> None:
    assert recording("between/zombie").lines == [
        "child: ends",
        "state: Z",
        "after join(): no such process",
        "child: ends",
        "state: Z",
        "after active_children(): no such process",
    ]


@NEEDS_PS
def test_a_process_that_runs_is_no_zombie_and_one_that_was_joined_is_none_at_all() -> None:
    assert zombie.state(os.getpid()) not in ("Z", "no such process")
    process = multiprocessing.Process(target=int)
    process.start()
    pid = process.pid
    process.join()
    assert zombie.state(pid) == "no such process"


def test_a_child_notices_that_its_parent_is_gone_and_ends(recording) -> None:
    assert recording("between/orphan").lines == [
        "child: parent alive: True, os.getppid() is the parent: True",
        "child: parent alive: False, os.getppid() is the parent: False",
        "child: gone",
    ]


def test_the_child_compares_the_parent_that_it_has_with_the_one_it_had() -> None:
    mine = SimpleNamespace(pid=os.getppid(), is_alive=lambda: True)
    other = SimpleNamespace(pid=os.getpid(), is_alive=lambda: False)
    assert orphan.look_at(mine) == "parent alive: True, os.getppid() is the parent: True"
    assert orphan.look_at(other) == "parent alive: False, os.getppid() is the parent: False"


def test_ctrl_c_reaches_both_and_sigterm_one_which_ends_its_child(recording) -> None:
    assert recording("between/signals_to_group").lines == [
        "worker: KeyboardInterrupt",
        "leader: KeyboardInterrupt",
        "leader: finally, worker's exitcode 0",
        "killpg(), SIGINT: leader's exitcode 0",
        "leader: finally, worker's exitcode -15",
        "kill(), SIGTERM: leader's exitcode 1",
    ]


def test_the_worker_is_inside_its_try_when_it_says_that_it_is_ready(capsys) -> None:
    def release() -> None:
        raise KeyboardInterrupt

    signals_to_group.work(SimpleNamespace(release=release))
    assert capsys.readouterr().out == "worker: KeyboardInterrupt\n"


def test_the_handler_waits_for_the_main_thread_which_was_in_a_system_call(recording) -> None:
    refused, *lines = recording("between/handler_in_main").lines
    assert refused.startswith("worker: ValueError: signal only works in main thread")
    assert lines == [
        "worker: has sent itself a signal, and slept",
        "handler: in MainThread",
        "main: os.write() has returned",
    ]


def test_the_handler_names_the_thread_in_which_it_is_called(capsys) -> None:
    thread = threading.Thread(target=handler_in_main.handler, args=(None, None), name="elsewhere")
    thread.start()
    thread.join()
    assert capsys.readouterr().out == "handler: in elsewhere\n"
