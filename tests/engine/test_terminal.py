"""`python -m live replay`: in a terminal, and without one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from live.recording import Event, Piece
from live.replay.transcript import transcript
from tests.handmade import LOCK, MAIN, SOURCES, WORKER, turns
from tests.project import Project, commands_with, wait_for
from tests.pseudo_terminal import PATIENCE, Terminal, environment

LEFT, RIGHT, HOME, END = b"\x1b[D", b"\x1bOC", b"\x1b[H", b"\x1b[4~"
HAND_MADE = """
from live.replay.terminal import replay
from tests.handmade import SOURCES, turns
replay(turns(), SOURCES, step=True)
"""


@pytest.fixture
def stepping() -> Iterator[Terminal]:
    """The hand-made recording, paused at its first step."""
    terminal = Terminal.run("-c", HAND_MADE)
    try:
        terminal.expect("step 1 of 23")
        yield terminal
    finally:
        terminal.close()


def test_steps_forward_and_back_show_the_line_of_each_lane(stepping: Terminal) -> None:
    assert "◀ main" in stepping.row("3 with lock:")
    stepping.press(RIGHT * 6)
    stepping.expect("step 7 of 23")
    assert "main" in stepping.row("Thread-1 (work) waits for lock, held by main")
    assert "◀ Thread-1 (work) waits for lock" in stepping.row("9     with lock:")
    assert "◀ main" in stepping.row("4     worker.start()")
    assert "━━ main" not in stepping.frame, "the thread ran last, so main has not got the GIL"
    assert "holds lock" in stepping.row("╍╍ main")
    stepping.press(LEFT)
    stepping.expect("step 6 of 23")
    assert stepping.row("9     with lock:").rstrip("│ ").endswith("◀ Thread-1 (work)")
    stepping.press(b"q")
    assert stepping.end() == 0


def test_home_and_end_and_output_as_it_appears(stepping: Terminal) -> None:
    stepping.press(END)
    stepping.expect("step 23 of 23")
    assert "▌Thread-1 (work) 3.000 s  hello" in stepping.frame
    assert "▌main 3.000 s  bye" in stepping.frame
    stepping.press(HOME)
    stepping.expect("step 1 of 23")
    assert "hello" not in stepping.frame.replace('print("hello")', "")


def test_space_plays_to_the_end_and_stays_there(stepping: Terminal) -> None:
    stepping.press(b" ")
    stepping.expect("step 23 of 23")
    stepping.expect("paused")
    assert stepping.process.poll() is None


@pytest.mark.parametrize(("keys", "code"), [(b"q", 0), (b"\x03", 130)])
def test_the_end_is_quiet_and_leaves_the_terminal_as_it_was(project: Project, keys: bytes, code: int) -> None:
    path = project.snippet("a/b", "print('hello')\n")
    terminal = Terminal.run("-m", "live", "replay", path, "--step", cwd=project.root)
    try:
        terminal.expect("step 1 of")
        assert not terminal.restored
        terminal.press(keys)
        assert terminal.end() == code
        assert terminal.restored
        assert "Traceback" not in terminal.written
    finally:
        terminal.close()


def test_ctrl_c_while_the_program_runs_leaves_no_process_behind(project: Project) -> None:
    marker = f"left-behind-{os.getpid()}-{time.monotonic_ns()}"
    sleeper = f"[sys.executable, '-c', 'import time; time.sleep(600)', '{marker}']"
    source = f"import subprocess, sys\nsubprocess.run({sleeper})\n"
    path = project.snippet("a/slow", source, timeout=600)
    terminal = Terminal.run("-m", "live", "replay", path, cwd=project.root)
    try:
        wait_for(lambda: commands_with(marker), PATIENCE)
        terminal.press(b"\x03")
        assert terminal.end() == 130
        assert terminal.restored
        assert "Traceback" not in terminal.written
        wait_for(lambda: not commands_with(marker), PATIENCE)
    finally:
        terminal.close()


def test_without_a_terminal_it_is_told_line_by_line() -> None:
    assert list(transcript(turns(), SOURCES)) == [
        "   0.000010 s  main             line 3: with lock:",
        "   0.000020 s  main             takes lock",
        "   0.000030 s  main             line 4: worker.start()",
        "   0.000035 s  main             starts Thread-1 (work)",
        "   0.000040 s  Thread-1 (work)  begins (thread)",
        "   0.000050 s  Thread-1 (work)  line 9: with lock:",
        "   0.000060 s  Thread-1 (work)  waits for lock, held by main",
        "   0.000070 s  main             line 5: sleep(3)",
        "   0.000080 s  main             sleeps",
        "   3.000000 s  main             wakes up",
        "   3.000010 s  main             releases lock",
        "   3.000020 s  main             line 6: worker.join()",
        "   3.000030 s  main             waits for the end of Thread-1 (work)",
        "   3.000040 s  Thread-1 (work)  goes on",
        "   3.000041 s  Thread-1 (work)  takes lock",
        '   3.000050 s  Thread-1 (work)  line 10: print("hello")',
        "   3.000100 s  Thread-1 (work)  prints 'hello\\n'",
        "   3.000200 s  Thread-1 (work)  releases lock",
        "   3.000201 s  Thread-1 (work)  ends",
        "   3.000210 s  main             goes on",
        '   3.000220 s  main             line 7: print("bye")',
        "   3.000250 s  main             prints 'bye\\n'",
        "   3.000300 s  main             ends",
    ]


def told(*events: Event, output: tuple[Piece, ...] = ()) -> list[str]:
    """What is told of these events by two lanes, without time and lane."""
    lines = transcript(replace(turns(), events=events, output=output), SOURCES)
    return [re.split(r"  +", line.strip(), maxsplit=2)[2] for line in lines]


def test_a_wait_in_vain_a_deeper_lock_and_a_hot_line_are_told() -> None:
    assert told(
        Event(1, MAIN, "acquire", thing=LOCK, depth=2),
        Event(2, MAIN, "release", thing=LOCK, depth=1),
        Event(3, MAIN, "wait", what="lock", thing=LOCK),
        Event(4, MAIN, "go", result=False),
        Event(5, MAIN, "hot", file=0, line=5),
        Event(6, MAIN, "hot", thing=LOCK),
        Event(7, WORKER, "switch", other=MAIN),
        Event(8, WORKER, "wait", what="news of tomorrow"),
        Event(9, WORKER, "news"),
        Event(10, WORKER, "clear", thing=LOCK),
        Event(11, MAIN, "switch"),
    ) == [
        "takes lock, 2× deep",
        "still holds lock, 1× deep",
        "waits for lock, held by itself",
        "gives up waiting",
        "goes on visiting line 5, not written down any more",
        "goes on using lock, not written down any more",
        "makes way for main",
        "waits for news of tomorrow",
        "news",
        "clears lock",
        "has made way for gevent's event loop",
    ]


def test_a_task_that_is_suspended_is_told_once() -> None:
    assert told(
        Event(1, WORKER, "off"),
        Event(2, WORKER, "on"),
        Event(3, WORKER, "on"),
        Event(4, WORKER, "wait", what="sleep"),
        Event(5, WORKER, "off"),
        Event(6, WORKER, "on"),
        Event(7, WORKER, "go"),
    ) == ["awaits something", "goes on", "sleeps", "wakes up"]


def test_whatever_a_program_prints_is_told_on_one_line_and_obeyed_by_no_terminal() -> None:
    output = (Piece(1, "\x1b[2J\r[red]火\u2028\udcff\n", WORKER), Piece(2, "", MAIN, dropped=1234))
    lines = told(output=output)
    assert lines == [
        "prints '\\x1b[2J\\r[red]火\\u2028\\xff\\n'",
        "1,234 bytes of output were left out here",
    ]


def live(project: Project, *arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "live", "replay", *arguments]
    return subprocess.run(command, cwd=project.root, env=environment(), capture_output=True, **options)


def test_without_a_terminal_the_command_tells_a_real_run_and_ends_well(project: Project) -> None:
    path = project.snippet("a/b", "print('火')\nraise SystemExit(3)\n")
    done = live(project, path)
    assert done.returncode == 0
    lines = [re.split(r"  +", line.strip()) for line in done.stdout.decode().splitlines()]
    assert ["main", "line 1: print('火')"] in [line[1:] for line in lines]
    assert ["main", "prints '火\\n'"] in [line[1:] for line in lines]


def test_a_line_of_the_program_is_what_python_takes_for_one(project: Project) -> None:
    path = project.snippet("a/b", "x = 'a\u2028\tb'\f\nprint('火')\n")
    told = live(project, path).stdout.decode().split("\n")
    lines = [re.split(r"  +", line.strip(), maxsplit=2)[2] for line in told if "line" in line]
    assert lines == ["line 1: x = 'a\\u2028 b'\\x0c", "line 2: print('火')"]


def test_no_run_takes_the_recording_that_is_kept(project: Project) -> None:
    path = project.snippet("a/b", "import time; print(time.time_ns())\n")
    first = live(project, path)
    assert live(project, path, "--no-run").stdout == first.stdout
    assert live(project, path).stdout != first.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["snippets/a/nothing.py"], "there is no such file"),
        (["snippets/a/new.py", "--no-run"], "leave out --no-run"),
        (["/etc/passwd"], "is not in the project"),
    ],
)
def test_bad_input_gets_one_clear_message(project: Project, arguments: list[str], message: str) -> None:
    project.snippet("a/new", "print(1)\n")
    done = live(project, *arguments)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert message in done.stderr.decode()


@pytest.mark.parametrize("speed", ["0", "-1", "nan", "fast"])
def test_a_speed_has_to_be_above_zero(project: Project, speed: str) -> None:
    path = project.snippet("a/b", "print(1)\n")
    assert live(project, path, f"--speed={speed}").returncode == 2


@pytest.mark.parametrize("lines", [1, 2000])
def test_a_reader_that_goes_away_is_no_error(project: Project, lines: int) -> None:
    path = project.snippet("a/b", f"for _ in range({lines}): print('x' * 50, flush=True)\n")
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "live", "replay", path]
    done = subprocess.run(command, cwd=project.root, env=environment(), stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")
