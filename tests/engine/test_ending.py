"""How a run ends: at its time limit if need be, and leaving no process behind, whoever is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from live.errors import EngineError
from live.running.run import SUPERVISOR, Runner, Supervisor
from live.snippet import Snippet
from live.traces import last_lines
from tests.project import Project, commands_with, run, wait_for

LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a supervisor adopt orphans")


def test_an_endless_loop_is_stopped_at_its_time_limit(project: Project) -> None:
    recorded = run(project, "print('looping')\nwhile True:\n    pass\n", timeout=5)
    assert recorded.timed_out
    assert recorded.duration >= 5_000_000_000
    assert recorded.lines == ["looping"]


@pytest.mark.parametrize("folder", ["plain", "并发 现场"])
def test_a_deadlock_is_stopped_and_shows_where_each_thread_stands(folder: str, tmp_path: Path) -> None:
    recorded = run(
        Project.create(tmp_path / folder),
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


def test_a_run_that_ends_just_as_the_runner_is_stopped_leaves_no_supervisor(
    project: Project, unique: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner = Runner()

    class Stopped(Supervisor):
        def do(self, job: dict[str, Any]) -> dict[str, Any] | None:
            result = super().do(job)
            assert result and commands_with(unique)
            runner.stop()
            return result

    monkeypatch.setattr("live.running.run.Supervisor", Stopped)
    monkeypatch.setattr("live.running.run.SUPERVISOR", (*SUPERVISOR[:-1], f"{SUPERVISOR[-1]}  # {unique}"))
    with pytest.raises(EngineError, match="was stopped"):
        runner.run(Snippet.load(project.root, project.snippet("a/b", "print('done')\n")))
    assert commands_with(unique) == []


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
