"""Whoever asks a build, a server or a run to end gets that: soon, in order, and with nothing left behind.

That it takes less than two seconds is measured by `make bench ONLY=ending`: here, what else this machine does would
decide. What is seen here is that nothing is waited for: the programs would go on for hours, and the end comes long
before. There is one wait with a limit of its own on the way, half a second in which MkDocs asks its watcher of files to
end.

| row | guard, in live/ |
|---|---|
| SIGTERM, SIGHUP: exit status, folders, terminal | `signals.ending_in_order` in `adapter/plugin.py` and `cli.py` |
| SIGINT while programs run | `runner.stop()` in `LivePlugin.on_shutdown` |
| a second signal while it tidies up | `SIG_IGN` in `signals._end` |
| what `nohup` starts stays | the look for `SIG_DFL` in `signals.ending_in_order` |
| the window is closed | `signals.ending_in_order`, again |
| the window is closed while something is written | `signals._give_up_closed` |
| the window is closed while a replay has the keyboard | `suppress` in `replay/keyboard.py` |
| a batch that is interrupted while it begins | `Batch.__init__`, which abandons it |
| the folder goes after the program | `supervisor.end()` in `Runner.supervise` |
| SIGKILL: folders | `supervisor.remove` |

That no supervisor is left when the end comes just as a program has ended, which `stopped` in `Runner.supervise` sees
to, and that no child is left after SIGKILL, stand in tests/engine/test_ending.py and tests/site/test_serving.py.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from live.batch import Batch
from live.progress import Lines
from live.running import run as running
from live.running.environment import Scratch, scratch
from live.running.run import Runner
from live.snippet import Snippet
from tests.project import Project, block, commands_with, wait_for
from tests.pseudo_terminal import ROOT, Terminal
from tests.site.test_serving import free_port

INT, TERM, HUP = signal.SIGINT, signal.SIGTERM, signal.SIGHUP
ALL = pytest.mark.parametrize("number", [INT, TERM, HUP], ids=lambda number: signal.Signals(number).name)
WAITS = "import subprocess; subprocess.run(['sleep', '{}'])\n"
LINGERS = """
from pathlib import Path
from time import sleep

def on_page_markdown(markdown, **_):
    Path("reading").touch()
    sleep(600)
"""
"""A hook of MkDocs: makes the reading of a page take as long as the test needs."""


@contextmanager
def at_a_terminal(project: Project, temporary: Path, *arguments: str) -> Iterator[Terminal]:
    more = {"TMPDIR": str(temporary), "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    terminal = Terminal.run("-m", *arguments, cwd=project.root, more=more)
    try:
        yield terminal
    finally:
        terminal.close()


def waiting(project: Project, unique: str) -> str:
    """A program that waits for hours, with a page that shows it."""
    path = project.snippet("a/waits", WAITS.format(unique), timeout=6000)
    project.twins("page.md", f"# P\n\n{block(path)}")
    return path


def all_gone(unique: str, temporary: Path, terminal: Terminal) -> None:
    assert commands_with(unique) == []
    assert list(temporary.iterdir()) == []
    assert terminal.restored
    assert "Traceback" not in terminal.written


@ALL
def test_a_build_ends_while_programs_run(project: Project, unique: str, temporary: Path, number: int) -> None:
    waiting(project, unique)
    with at_a_terminal(project, temporary, "mkdocs", "build") as terminal:
        terminal.until(lambda: commands_with(f"sleep {unique}") and "\x1b[?25l" in terminal.written)
        os.kill(terminal.process.pid, number)
        # What Ctrl-C ends with is MkDocs' own.
        assert terminal.end() == {INT: 1, TERM: 143, HUP: 129}[number]
        all_gone(unique, temporary, terminal)


@ALL
def test_a_build_ends_while_pages_are_read(project: Project, unique: str, temporary: Path, number: int) -> None:
    waiting(project, unique)
    (project.root / "hook.py").write_text(LINGERS)
    with (project.root / "mkdocs.yml").open("a") as configuration:
        configuration.write("hooks: [hook.py]\n")
    with at_a_terminal(project, temporary, "mkdocs", "build") as terminal:
        terminal.until(lambda: (project.root / "reading").exists() and commands_with(f"sleep {unique}"))
        os.kill(terminal.process.pid, number)
        assert terminal.end() == {INT: 1, TERM: 143, HUP: 129}[number]
        all_gone(unique, temporary, terminal)


@ALL
@pytest.mark.parametrize("moment", ["idle", "while it rebuilds"])
def test_a_server_ends(project: Project, unique: str, temporary: Path, number: int, moment: str) -> None:
    project.twins("page.md", "# P\n\n" + block(project.snippet("a/waits", "print('quick')\n", timeout=6000)))
    address = f"127.0.0.1:{free_port()}"
    with at_a_terminal(project, temporary, "mkdocs", "serve", "--dev-addr", address) as terminal:
        terminal.until(lambda: "Serving on" in terminal.written)
        with urllib.request.urlopen(f"http://{address}/page/", timeout=60) as answer:
            assert b"quick" in answer.read()
        if moment != "idle":
            waiting(project, unique)
            terminal.until(lambda: commands_with(f"sleep {unique}"))
        os.kill(terminal.process.pid, number)
        assert terminal.end() == {INT: 0, TERM: 143, HUP: 129}[number]
        all_gone(unique, temporary, terminal)


@ALL
@pytest.mark.parametrize("command", ["run", "replay"])
def test_a_run_ends(project: Project, unique: str, temporary: Path, number: int, command: str) -> None:
    path = waiting(project, unique)
    with at_a_terminal(project, temporary, "live", command, path) as terminal:
        terminal.until(lambda: commands_with(f"sleep {unique}"))
        os.kill(terminal.process.pid, number)
        assert terminal.end() == 128 + number
        all_gone(unique, temporary, terminal)


@pytest.mark.parametrize("number", [TERM, HUP])  # that of Ctrl-C is in tests/engine/test_terminal.py
def test_a_replay_gives_the_terminal_back(project: Project, unique: str, temporary: Path, number: int) -> None:
    path = project.snippet("a/b", "print('hello')\n")
    with at_a_terminal(project, temporary, "live", "replay", path, "--step") as terminal:
        terminal.expect("step 1 of")
        assert not terminal.restored
        os.kill(terminal.process.pid, number)
        assert terminal.end() == 128 + number
        all_gone(unique, temporary, terminal)


@pytest.mark.parametrize("command", [("mkdocs", "build"), ("live", "run", "snippets/a/waits.py")])
def test_nothing_is_left_when_the_window_is_closed(
    project: Project, unique: str, temporary: Path, command: tuple[str, ...]
) -> None:
    waiting(project, unique)
    with at_a_terminal(project, temporary, *command) as terminal:
        terminal.until(lambda: commands_with(f"sleep {unique}"))
        terminal.hang_up()
        assert terminal.process.wait(60) == 129
    assert commands_with(unique) == []
    assert list(temporary.iterdir()) == []


def test_a_replay_ends_when_the_window_is_closed(project: Project, temporary: Path) -> None:
    path = project.snippet("a/b", "print('hello')\n")
    with at_a_terminal(project, temporary, "live", "replay", path, "--step") as terminal:
        terminal.expect("step 1 of")
        terminal.hang_up()
        assert terminal.process.wait(60) == 129
    assert list(temporary.iterdir()) == []


def test_what_nohup_starts_stays_when_the_window_is_closed(project: Project, unique: str, temporary: Path) -> None:
    path = waiting(project, unique)
    command = ["nohup", sys.executable, "-m", "live", "run", path]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)}
    with subprocess.Popen(command, cwd=project.root, env=environment, stdout=subprocess.DEVNULL) as process:
        wait_for(lambda: commands_with(f"sleep {unique}"))
        process.send_signal(HUP)
        process.send_signal(TERM)
        assert process.wait(60) == 143, "SIGHUP came first, and did nothing"
    assert list(temporary.iterdir()) == []


DRAWS = """
import signal, sys
from live.signals import ending_in_order

with ending_in_order():
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])
    try:
        while True:
            print("still here", file=sys.stderr, flush=True)
    except OSError:  # the window is closed, and what could not be written waits for the next try
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGHUP])
    signal.pause()
"""


def test_what_a_closed_window_did_not_take_does_not_change_the_exit_status(project: Project, temporary: Path) -> None:
    script = project.root / "draws.py"
    script.write_text(DRAWS)
    terminal = Terminal.run(str(script), cwd=project.root)
    try:
        terminal.until(lambda: "still here" in terminal.written)
        terminal.hang_up()
        assert terminal.process.wait(60) == 129
    finally:
        terminal.close()


TWICE = """
import os, signal, sys
from live.signals import ending_in_order

with ending_in_order():
    try:
        os.kill(os.getpid(), signal.SIGTERM)
    finally:
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGHUP)
        print("tidied up", flush=True)
"""


def test_a_second_signal_does_not_disturb_the_tidying_up() -> None:
    done = subprocess.run([sys.executable, "-c", TWICE], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("tidied up\n", 143)


def test_a_batch_that_is_interrupted_while_it_begins_goes_on_with_nothing(project: Project) -> None:
    ended = threading.Event()

    class Interrupted(Lines):
        def begin(self, snippets: int) -> None:
            raise KeyboardInterrupt

        def end(self) -> None:
            ended.set()

    snippet = Snippet.load(project.root, project.snippet("a/b", "pass\n"))
    with pytest.raises(KeyboardInterrupt):
        Batch({}, [snippet], lambda _: pytest.fail("it ran"), workers=1, progress=Interrupted(str))
    assert ended.is_set(), "the bar is off the screen"


def test_the_folder_of_a_run_goes_after_its_program(
    project: Project, unique: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    snippet = Snippet.load(project.root, waiting(project, unique))
    alive: list[list[str]] = []

    @contextmanager
    def watched() -> Iterator[Scratch]:
        with scratch() as place:
            try:
                yield place
            finally:
                alive.append(commands_with(unique))

    def interrupt() -> None:
        wait_for(lambda: commands_with(unique))
        signal.pthread_kill(threading.main_thread().ident or 0, INT)  # what Ctrl-C does

    monkeypatch.setattr(running, "scratch", watched)
    runner = Runner()
    interrupting = threading.Thread(target=interrupt)
    interrupting.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            runner.run(snippet)
    finally:
        interrupting.join()
        runner.stop()
    assert alive == [[]]


def test_the_folder_of_a_run_goes_even_when_the_builder_is_killed(
    project: Project, unique: str, temporary: Path
) -> None:
    with at_a_terminal(project, temporary, "live", "run", waiting(project, unique)) as terminal:
        terminal.until(lambda: commands_with(f"sleep {unique}"))
        assert list(temporary.iterdir())
    wait_for(lambda: not list(temporary.iterdir()))
    assert commands_with(unique) == []
