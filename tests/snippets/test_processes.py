"""What the page on multiprocessing promises about its programs."""

import importlib
import multiprocessing
import os
import re
import threading
import time
from multiprocessing import current_process
from pathlib import Path

import pytest

from snippets.processes import (
    by_function,
    by_subclass,
    daemon_in_company,
    fork_with_threads,
    joins_the_last,
    own_memory,
    run_is_no_start,
    start_methods,
    terminate_skips_finally,
)

PATIENCE = 10  # seconds until a join is given up whose thread nobody ends

FOLDER = Path(__file__).parents[2] / "snippets" / "processes"
IMPORTABLE = sorted(file.stem for file in FOLDER.glob("*.py") if file.stem != "no_guard")


def is_at_least(ran, *version: int) -> bool:
    return tuple(int(number) for number in ran.interpreter.version.split(".")[:2]) >= version


def told(ran) -> dict[str, str]:
    """What a reference program printed, by member."""
    pairs = [line.split(": ", 1) for line in ran.lines]
    assert len(dict(pairs)) == len(pairs), "a member has two lines"
    return dict(pairs)


class NotingEnd:
    """An end of a pipe that only notes what is done with it."""

    def __init__(self, events: list[str]) -> None:
        self.events = events

    def recv(self) -> None:
        self.events.append("recv")

    def close(self) -> None:
        self.events.append("close")


@pytest.fixture
def stand_in(monkeypatch):
    """A thread in the place of a process: it notes who is started and joined, and shares our memory."""
    events: list[str] = []
    made: list[threading.Thread] = []

    class StandIn(threading.Thread):
        exitcode = 0

        def __init__(self, **options) -> None:
            super().__init__(**{**options, "daemon": True})
            self.number = len(made)
            made.append(self)

        def start(self) -> None:
            events.append(f"start {self.number}")
            super().start()

        def join(self, timeout: float | None = None) -> None:
            super().join(PATIENCE if timeout is None else timeout)
            events.append(f"join {self.number}")

    def take_the_place_in(module) -> list[str]:
        monkeypatch.setattr(module, "Process", StandIn)
        monkeypatch.setattr(module, "print", lambda *words: events.append(" ".join(words)), raising=False)
        monkeypatch.setattr(time, "sleep", lambda seconds: events.append(f"sleep {seconds}"))
        return events

    take_the_place_in.kind = StandIn
    return take_the_place_in


@pytest.mark.parametrize("name", IMPORTABLE)
def test_importing_a_program_neither_prints_nor_starts_anything(name, capfd) -> None:
    importlib.import_module(f"snippets.processes.{name}")
    assert capfd.readouterr() == ("", "")
    assert multiprocessing.active_children() == []


def test_what_a_process_changes_its_parent_does_not_see(recording) -> None:
    ran = recording("processes/own_memory")
    assert ran.exit_code == 0
    assert ran.lines == ["child:  balance 70", "parent: balance 100"]


def test_a_thread_in_its_place_would_change_the_balance_of_all(stand_in, monkeypatch) -> None:
    monkeypatch.setitem(own_memory.account, "balance", 100)
    events = stand_in(own_memory)
    own_memory.main()
    assert events == ["start 0", "child:  balance 70", "join 0", "parent: balance 70"]


@pytest.mark.parametrize(
    ("program", "names"),
    [
        ("by_function", ["alvin:0", "alvin:1", "alvin:2"]),
        ("by_subclass", ["MyProcess-1", "MyProcess-2", "MyProcess-3"]),
    ],
)
def test_three_processes_say_hello_and_the_end_comes_last(recording, program, names) -> None:
    ran = recording(f"processes/{program}")
    assert ran.exit_code == 0
    assert ran.text.count("hello") == 3
    assert sorted(re.findall(r"hello (\S+)", ran.text)) == names
    assert ran.text.endswith("end\n")
    assert ran.duration > 1_000_000_000, "each of them sleeps for a second"


def test_by_function_starts_all_three_then_joins_all_three(stand_in) -> None:
    events = stand_in(by_function)
    by_function.main()
    assert [event for event in events if event.startswith("start")] == ["start 0", "start 1", "start 2"]
    assert events.index("start 2") < events.index("join 0")
    assert events[-4:] == ["join 0", "join 1", "join 2", "end"]
    assert events.count("sleep 1") == 3


def test_by_subclass_starts_all_three_then_joins_all_three(stand_in, monkeypatch) -> None:
    events = stand_in(by_subclass)
    work = by_subclass.MyProcess.run
    monkeypatch.setattr(by_subclass, "MyProcess", type("MyProcess", (stand_in.kind,), {"run": work}))
    by_subclass.main()
    assert events.index("start 2") < events.index("join 0")
    assert events[-4:] == ["join 0", "join 1", "join 2", "end"]
    assert events.count("sleep 1") == 3


def test_the_notes_loop_leaves_the_first_process_alive(recording) -> None:
    ran = recording("processes/joins_the_last")
    assert ran.exit_code == 0
    assert ran.lines == [
        "after the notes' loop, first process alive: True",
        "after the right loop, first process alive: False",
    ]


def test_the_notes_loop_joins_the_last_three_times_and_the_right_one_each_once(stand_in) -> None:
    events = stand_in(joins_the_last)
    joins_the_last.main()
    joins = [event for event in events if event.startswith("join")]
    assert joins == ["join 2", "join 2", "join 2", "join 0", "join 1", "join 2"]


def test_what_each_argument_of_the_constructor_does(recording) -> None:
    ran = recording("processes/reference_constructor")
    assert ran.exit_code == 0
    assert told(ran) == {
        "group": "AssertionError: group argument must be None for now",
        "target": "called in another process: True",
        "name": "worker",
        "args": "(1, 2)",
        "kwargs": "{'key': 'value'}",
        "daemon": "True",
    }


def test_what_each_method_does(recording) -> None:
    ran = recording("processes/reference_methods")
    assert ran.exit_code == 0
    assert told(ran) == {
        "is_alive": "False before start(), True after, False after the end",
        "join": "None, then exitcode 0",
        "start": "pid None before, int after",
        "run": "target called in MainProcess",
        "terminate": "exitcode -15",
        "kill": "exitcode -9",
        "close": "then ValueError: process object is closed",
    }


def test_what_each_attribute_says(recording) -> None:
    ran = recording("processes/reference_attributes")
    assert ran.exit_code == 0
    assert told(ran) == {
        "daemon": "False; too late: AssertionError: process has already started",
        "name": "Process-1, then alvin",
        "pid": "None before start(), int after",
        "exitcode": "None while it lives, 0 after the end",
        "sentinel": "ready False while it lives, True after the end",
    }


@pytest.mark.parametrize("part", ["constructor", "methods", "attributes"])
def test_what_a_table_shows_is_short_and_breaks_no_table(recording, part) -> None:
    for seen in told(recording(f"processes/reference_{part}")).values():
        assert len(seen) < 70
        assert not set(seen) & {"|", "`"}


def test_join_returns_none_at_the_timeout_and_the_exit_code_tells(recording) -> None:
    ran = recording("processes/join_gives_up")
    assert ran.exit_code == 0
    assert ran.lines == ["join(0.05): None, exitcode: None", "join(None): None, exitcode: 0"]


def test_start_creates_a_process_once_and_a_join_before_it_is_refused(recording) -> None:
    ran = recording("processes/start_once")
    assert ran.exit_code == 0
    made, joined, started, again = ran.lines
    assert made == "made: pid None"
    assert joined == "join() now: AssertionError: can only join a started process"
    assert again == "start() again: AssertionError: cannot start a process twice"
    child, parent = re.fullmatch(r"started: pid (\d+), mine is (\d+)", started).groups()
    assert child != parent


def test_run_runs_in_the_process_that_calls_it_and_nothing_without_a_target(recording) -> None:
    ran = recording("processes/run_is_no_start")
    assert ran.exit_code == 0
    assert ran.lines == [
        "run():",
        "  target called in the caller's process: True",
        "start():",
        "  target called in the caller's process: False",
        "no target, run():",
        "  returns None",
        "no target, start():",
        "  exitcode 0",
    ]


def test_the_target_compares_its_own_process_with_the_callers(capsys) -> None:
    run_is_no_start.compare(os.getpid())
    run_is_no_start.compare(os.getppid())
    assert [line.split(": ")[1] for line in capsys.readouterr().out.splitlines()] == ["True", "False"]


def test_my_process_says_the_name_it_has_and_run_called_here_runs_here(capsys, monkeypatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)
    process = by_subclass.MyProcess()
    process.name = current_process().name
    process.run()
    assert capsys.readouterr().out.startswith(f"hello {current_process().name} ")
    assert process.pid is None


def test_a_terminated_process_runs_no_finally(recording) -> None:
    ran = recording("processes/terminate_skips_finally")
    assert ran.exit_code == 0
    assert ran.lines == [
        "asked to end:",
        "  work is done",
        "  cleaned up",
        "  exitcode 0",
        "terminated:",
        "  exitcode -15",
    ]


def test_the_process_to_terminate_is_inside_its_try_first(stand_in, monkeypatch) -> None:
    events = stand_in(terminate_skips_finally)
    monkeypatch.setattr(terminate_skips_finally, "Pipe", lambda: (NotingEnd(events), None))
    monkeypatch.setattr(terminate_skips_finally, "work", lambda _: None)
    terminate_skips_finally.end_by(lambda *_: events.append("end it"))
    assert events == ["start 0", "recv", "end it", "join 0", "  exitcode 0"]


def test_terminate_can_be_ignored_and_kill_cannot(recording) -> None:
    ran = recording("processes/terminate_can_be_ignored")
    assert ran.exit_code == 0
    assert ran.lines == [
        "after terminate(): alive True, exitcode None",
        "after kill():      alive False, exitcode -9",
    ]
    assert ran.duration > 200_000_000, "it waited in vain"


def test_a_grandchild_outlives_the_terminated_child_and_the_program_ends_it(recording) -> None:
    ran = recording("processes/terminate_makes_orphans")
    assert ran.exit_code == 0
    assert ran.leftovers == ()
    assert ran.lines == [
        "grandchild: still here",
        "child: exitcode -15",
        "grandchild: still here",
        "grandchild: gone",
    ]


def test_only_an_ordinary_process_may_have_children(recording) -> None:
    ran = recording("processes/daemon_has_no_children")
    assert ran.exit_code == 0
    assert ran.lines == [
        "ordinary process: its child runs",
        "daemonic process: AssertionError: daemonic processes are not allowed to have children",
    ]


def test_a_daemonic_process_ends_with_its_parent_even_in_company(recording) -> None:
    ran = recording("processes/daemon_in_company")
    assert ran.exit_code == 0
    assert ran.lines == ["end main", "company: the daemon is gone, I am still here"]


def test_the_daemonic_process_is_inside_its_try_before_main_ends(stand_in, monkeypatch) -> None:
    events = stand_in(daemon_in_company)
    monkeypatch.setattr(daemon_in_company, "Pipe", lambda: (NotingEnd(events), NotingEnd(events)))
    monkeypatch.setattr(daemon_in_company, "work", lambda _: None)
    monkeypatch.setattr(daemon_in_company, "watch", lambda _: None)
    daemon_in_company.main()
    assert events == ["start 0", "close", "recv", "start 1", "end main"]


def test_the_exit_code_tells_how_each_process_ended_and_the_parent_goes_on(recording) -> None:
    ran = recording("processes/exit_codes")
    assert ran.exit_code == 0
    assert [line for line in ran.lines if ": exitcode " in line] == [
        "returns: exitcode 0",
        "exits: exitcode 3",
        "raises: exitcode 1",
        "dies: exitcode -9",
    ]
    assert ran.lines[-1] == "the parent goes on"


def test_the_child_prints_the_traceback_of_its_exception(recording) -> None:
    lines = recording("processes/exit_codes").lines
    start, end = lines.index("Process Process-3:"), lines.index("raises: exitcode 1")
    assert lines[start + 1] == "Traceback (most recent call last):"
    assert lines[end - 1] == "ValueError: nobody catches this"


SEEN = {
    "fork": "colour changed, module __main__",
    "forkserver": "colour as imported, module __mp_main__",
    "spawn": "colour as imported, module __mp_main__",
}


def test_only_fork_sees_what_was_changed_before_the_start(recording) -> None:
    ran = recording("processes/start_methods")
    assert ran.exit_code == 0
    seen = told(ran)
    assert "spawn" in seen
    assert seen == {method: SEEN[method] for method in seen}


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="no fork here")
def test_start_methods_looks_at_every_method_of_the_platform(recording) -> None:
    assert sorted(told(recording("processes/start_methods"))) == sorted(multiprocessing.get_all_start_methods())


def test_the_global_is_as_imported_until_main_changes_it() -> None:
    assert start_methods.settings == {"colour": "as imported"}


def test_the_default_method_is_that_of_the_platform_and_the_version(recording) -> None:
    ran = recording("processes/default_method")
    linux = "forkserver" if is_at_least(ran, 3, 14) else "fork"
    expected = {"Linux": linux}.get(ran.machine.system, "spawn")
    (line,) = ran.lines
    assert line.endswith(f": {expected}")
    assert f"Python {'.'.join(ran.interpreter.version.split('.')[:2])}:" in line


def test_without_a_guard_spawn_fails_with_a_runtime_error_and_starts_no_more(recording) -> None:
    ran = recording("processes/no_guard")
    assert ran.exit_code == 1
    assert ran.leftovers == ()
    assert [line for line in ran.lines if line.startswith("RuntimeError:")] == ["RuntimeError: "]
    assert "before the\n        current process has finished its bootstrapping phase" in ran.text
    assert ran.lines[-1] == "the child's exitcode: 1"
    assert "never reached" not in ran.text


def test_only_fork_needs_no_pickling(recording) -> None:
    ran = recording("processes/pickled_or_copied")
    assert ran.exit_code == 0
    by_method = dict(zip(ran.lines[::2], ran.lines[1::2], strict=True))
    assert "spawn:" in by_method
    for method, line in by_method.items():
        runs = "  inner() runs" if method == "fork:" else "  inner() cannot be pickled, pid None"
        assert line == runs


def test_fork_copies_the_held_lock_but_not_its_holder_and_warns(recording) -> None:
    ran = recording("processes/fork_with_threads")
    if not is_at_least(ran, 3, 12):
        pytest.skip("was recorded before 3.12, which does not warn")
    assert ran.exit_code == 0
    parent, child, warning = ran.lines
    assert parent == "parent: 2 threads"
    assert child == "child: 1 thread, lock acquired: False"
    assert re.fullmatch(
        r"parent: DeprecationWarning: .*multi-threaded, use of fork\(\) may lead to deadlocks.*", warning
    )


def test_the_fork_comes_only_when_the_other_thread_holds_the_lock(monkeypatch) -> None:
    events: list[str] = []
    may_hold = threading.Event()

    def hold(held: threading.Event, _: threading.Event) -> None:
        may_hold.wait(PATIENCE)
        events.append("holds")
        held.set()

    class Context:
        def Process(self, target):
            return self

        def start(self) -> None:
            events.append("fork")

        def join(self) -> None:
            pass

    monkeypatch.setattr(fork_with_threads, "hold", hold)
    monkeypatch.setattr(multiprocessing, "get_context", lambda _: Context())
    program = threading.Thread(target=fork_with_threads.main)
    program.start()
    program.join(0.5)
    too_early = list(events)
    may_hold.set()
    program.join()
    assert too_early == []
    assert events == ["holds", "fork"]
