"""A run: what it records, what it keeps from the program, and that it ends, leaving nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from uuid import uuid4

import pytest

from live.errors import EngineError
from live.recording import Recording
from live.running.run import Runner
from live.snippet import Snippet
from live.traces import last_lines
from tests.project import Project, commands_with, wait_for

LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a supervisor adopt orphans")


@pytest.fixture
def unique() -> str:
    """A number of seconds to sleep that tells this test's processes from all others."""
    return f"9{uuid4().int % 10**9:09}"


def run(project: Project, source: str, *, timeout: float = 60, limit: int = 1 << 20) -> Recording:
    snippet = Snippet.load(project.root, project.snippet("chapter/program", source))
    runner = Runner(timeout, limit)
    try:
        return runner.run(snippet)
    finally:
        runner.stop()


def test_stdout_and_stderr_are_one_stream_in_the_order_they_were_written(project: Project) -> None:
    recorded = run(
        project,
        """
        import os, sys
        for number in range(50):
            print("out", number)
            print("err", number, file=sys.stderr)
        os.write(1, b"raw\\n")
        os.system("echo child")
        print("end")
        """,
    )
    expected = [f"{name} {number}" for number in range(50) for name in ("out", "err")]
    assert recorded.lines == [*expected, "raw", "child", "end"]
    assert recorded.exit_code == 0


def test_each_piece_of_output_has_its_time(project: Project) -> None:
    recorded = run(
        project,
        """
        import time
        print("one")
        time.sleep(0.2)
        print("two")
        """,
    )
    assert recorded.lines == ["one", "two"], recorded
    times = [piece.at for piece in recorded.output]
    assert times == sorted(times)
    assert times[-1] >= 200_000_000, f"nanoseconds, and the last line came after the sleep: {recorded}"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("1 / 0", 1),
        ("import sys; sys.exit(3)", 3),
        ("import sys; sys.exit(0)", 0),
        ("import sys; sys.exit('words')", 1),
        ("import os; os._exit(0)", 0),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL),
        ("import os, signal; os.killpg(0, signal.SIGKILL)", -signal.SIGKILL),
        ("import os; os.abort()", -signal.SIGABRT),
        ("def", 1),
    ],
)
def test_the_exit_code_is_recorded(project: Project, source: str, code: int) -> None:
    recorded = run(project, f"print('before', flush=True)\n{source}" if source != "def" else source)
    assert recorded.exit_code == code
    assert source == "def" or recorded.lines[0] == "before"
    assert not recorded.timed_out


def test_an_endless_loop_is_stopped_at_its_time_limit(project: Project) -> None:
    recorded = run(project, "print('looping')\nwhile True:\n    pass\n", timeout=5)
    assert recorded.timed_out
    assert recorded.duration >= 5_000_000_000
    assert recorded.lines == ["looping"]


def test_a_deadlock_is_stopped_and_shows_where_each_thread_stands(project: Project) -> None:
    recorded = run(
        project,
        """
        import threading

        left, right = threading.Lock(), threading.Lock()
        both = threading.Barrier(2)

        def take(first, second):
            with first:
                both.wait()
                with second:
                    print("never")

        threading.Thread(target=take, args=(left, right)).start()
        take(right, left)
        """,
        timeout=5,
    )
    assert recorded.timed_out
    where = last_lines(recorded.traces)
    assert len(where) == 2
    assert all("snippets/chapter/program.py:9 in take" in line for line in where)
    assert recorded.text == "", "the stacks are no output of the program"


def test_the_stacks_are_found_behind_an_endless_stream_of_output(project: Project) -> None:
    recorded = run(project, "def shout():\n    while True:\n        print('y' * 1000)\nshout()\n", timeout=5)
    assert [line.rpartition(" in ")[2] for line in last_lines(recorded.traces)] == ["shout"]


@pytest.mark.parametrize(
    "start",
    [
        pytest.param("subprocess.Popen(['sleep', seconds])", id="child"),
        pytest.param("subprocess.Popen(['sleep', seconds], start_new_session=True)", id="new session"),
        pytest.param(
            "os.system(f'(setsid env -i sleep {seconds} < /dev/null > /dev/null 2>&1 &)')",
            id="daemon without environment",
            marks=LINUX_ONLY,
        ),
    ],
)
@pytest.mark.parametrize("ending", ["", "while True: pass", "os._exit(0)", "os.killpg(0, 9)"])
def test_children_never_outlive_a_snippet(project: Project, unique: str, start: str, ending: str) -> None:
    recorded = run(project, f"import os, subprocess\nseconds = '{unique}'\n{start}\n{ending}\n", timeout=3)
    assert commands_with(unique) == []
    if recorded.exit_code == 0:
        assert recorded.leftovers == (f"sleep {unique}",)


BARE_PLATFORM = """
import sys; sys.path.insert(0, sys.argv[1])
import live.running.processes as processes
processes._prctl, processes._has_proc = lambda *_: False, lambda: False
import live.running.supervisor; live.running.supervisor.main()
"""


@pytest.mark.parametrize("ending", ["", "while True: pass"])
def test_without_proc_and_prctl_the_children_in_the_group_are_still_killed(
    project: Project, unique: str, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("live.running.run.SUPERVISOR", ("-S", "-s", "-P", "-c", BARE_PLATFORM))
    recorded = run(
        project, f"import subprocess; subprocess.Popen(['sleep', '{unique}'])\n{ending}\n", timeout=5 if ending else 60
    )
    assert recorded.timed_out == bool(ending)
    assert commands_with(unique) == []


def test_a_child_that_prints_after_its_parent_ended_is_still_recorded(project: Project) -> None:
    recorded = run(
        project,
        """
        import os, time
        parent = os.getpid()
        if os.fork() == 0:
            while os.getppid() == parent:
                time.sleep(0.001)
            print("child")
            os._exit(0)
        print("parent", flush=True)
        os._exit(0)
        """,
    )
    assert recorded.lines == ["parent", "child"]
    assert recorded.leftovers == ()


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_processes_of_every_start_method_are_recorded_and_leave_nothing(project: Project, method: str) -> None:
    recorded = run(
        project,
        f"""
        import multiprocessing, os

        def work(number):  # print would write the line and its end one after the other
            os.write(1, b"work %d\\n" % number)

        class Worker(multiprocessing.get_context("{method}").Process):
            def run(self):
                os.write(1, b"subclass\\n")

        if __name__ == "__main__":
            context = multiprocessing.get_context("{method}")
            children = [context.Process(target=work, args=(number,)) for number in range(2)] + [Worker()]
            for child in children:
                child.start()
            for child in children:
                child.join()
            print([child.exitcode for child in children])
        """,
    )
    assert sorted(recorded.lines) == ["[0, 0, 0]", "subclass", "work 0", "work 1"]
    assert recorded.leftovers == ()
    assert commands_with(str(project.root)) == []


def test_too_much_output_is_cut_in_the_middle_and_counted(project: Project) -> None:
    recorded = run(
        project,
        """
        import sys
        for number in range(200):
            sys.stdout.write(f"{number:0999999}\\n")
        """,
        limit=100_000,
    )
    assert recorded.exit_code == 0
    kept = len(recorded.text)
    assert kept == 100_000
    assert sum(piece.dropped for piece in recorded.output) == 200_000_000 - kept
    assert recorded.text.startswith("0" * 1000)
    assert recorded.text.endswith("199\n")


def test_output_within_the_limit_is_whole(project: Project) -> None:
    recorded = run(project, "print('x' * 99_999)", limit=100_000)
    assert recorded.text == "x" * 99_999 + "\n"
    assert all(piece.dropped == 0 for piece in recorded.output)


def test_bytes_that_are_not_utf8_survive(project: Project) -> None:
    data = bytes(range(256)) + "并发".encode()
    recorded = run(project, f"import sys; sys.stdout.buffer.write({data!r})")
    assert recorded.text.encode("utf-8", "surrogateescape") == data


def test_a_character_that_arrives_in_two_pieces_is_one_character(project: Project) -> None:
    recorded = run(
        project,
        """
        import os, time
        first, *rest = "并".encode()
        os.write(1, bytes([first]))
        time.sleep(0.05)
        os.write(1, bytes(rest))
        """,
    )
    assert recorded.text == "并"


def test_standard_input_is_empty(project: Project) -> None:
    recorded = run(project, "import sys; print(repr(sys.stdin.read()))\ninput()")
    assert recorded.lines[0] == "''"
    assert recorded.lines[-1].startswith("EOFError")


def test_files_go_to_an_empty_scratch_directory_that_is_gone_afterwards(project: Project) -> None:
    before = sorted(project.root.rglob("*"))
    recorded = run(
        project,
        """
        import os, pathlib, tempfile
        print(os.listdir())
        pathlib.Path("made.txt").write_text("x")
        pathlib.Path.home().joinpath("made").mkdir()
        tempfile.mkstemp()
        print(os.getcwd())
        """,
    )
    assert recorded.lines[0] == "[]"
    assert not Path(recorded.lines[1]).exists()
    assert sorted(project.root.rglob("*")) == sorted(
        [*before, project.root / "snippets/chapter", project.root / "snippets/chapter/program.py"]
    )


def test_a_full_disk_is_told_as_what_it_is(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("live.running.environment.TemporaryDirectory", full)
    with pytest.raises(EngineError, match=r"program\.py: no scratch directory could be made for it \(No space left"):
        run(project, "pass")


def test_no_secret_of_the_building_machine_reaches_a_snippet(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "PYTHONPATH", "SSH_AUTH_SOCK", "MY_PASSWORD"):
        monkeypatch.setenv(name, "hush")
    recorded = run(project, "import os, sys; print(dict(os.environ), sys.path)")
    assert "hush" not in recorded.text
    if sys.platform == "linux":
        supervisor = run(project, "import os; print(open(f'/proc/{os.getppid()}/environ').read())")
        assert "PATH" in supervisor.text
        assert "hush" not in supervisor.text


def test_where_the_project_lies_is_nobodys_business(project: Project) -> None:
    recorded = run(project, "import os\nprint(os.path.abspath(__file__))\n1 / 0\n")
    assert recorded.lines[0] == "snippets/chapter/program.py"
    assert '  File "snippets/chapter/program.py", line 3, in <module>' in recorded.lines
    assert str(project.root) not in recorded.text


def test_gevent_and_logging_set_up_stay_inside_the_program(project: Project) -> None:
    import logging
    import socket

    before = (logging.root.level, list(logging.root.handlers), socket.socket)
    recorded = run(
        project,
        """
        from gevent import monkey; monkey.patch_all()
        import logging, socket
        logging.basicConfig(level=logging.DEBUG)
        logging.debug("patched: %s", socket.socket.__module__)
        """,
    )
    assert recorded.lines == ["DEBUG:root:patched: gevent._socket3"]
    assert (logging.root.level, list(logging.root.handlers), socket.socket) == before


def test_stopping_the_runner_ends_what_runs_and_refuses_more(project: Project, unique: str) -> None:
    runner = Runner(timeout=600)
    source = f"import os, subprocess; subprocess.run(['sleep', '{unique}'])"
    snippet = Snippet.load(project.root, project.snippet("a/waits", source))
    raised: list[BaseException] = []

    def target() -> None:
        try:
            runner.run(snippet)
        except EngineError as error:
            raised.append(error)

    thread = threading.Thread(target=target)
    thread.start()
    wait_for(lambda: commands_with(unique))
    runner.stop()
    thread.join()
    assert [str(error) for error in raised] == ["snippets/a/waits.py: was stopped"]
    wait_for(lambda: not commands_with(unique))
    with pytest.raises(EngineError, match="was stopped"):
        runner.run(snippet)


def test_nothing_is_left_when_the_builder_is_killed(project: Project, unique: str) -> None:
    source = f"import subprocess; subprocess.run(['sleep', '{unique}'], start_new_session=True)"
    project.snippet("a/waits", source, timeout=600)
    builder = subprocess.Popen(
        [sys.executable, "-m", "live", "run", "snippets/a/waits.py"],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    wait_for(lambda: commands_with(f"sleep {unique}"))
    builder.kill()
    builder.wait()
    wait_for(lambda: not commands_with(unique) and not commands_with(str(project.root)))


@LINUX_ONLY
def test_a_killed_supervisor_is_told_as_what_it_is_and_takes_the_program_along(project: Project) -> None:
    source = """
        import os, signal, time
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(600)
        """
    with pytest.raises(EngineError, match=r"snippets/chapter/program\.py: its supervisor ended with -9"):
        run(project, source)
    wait_for(lambda: not commands_with(str(project.root)))
