"""Programs that get in the recorder's way: they run as without it, and it records what it can."""

from __future__ import annotations

import signal
from dataclasses import replace

import pytest

from live.recording import Recording
from live.running.means import means
from live.running.run import Runner
from live.snippet import Snippet
from tests.project import Project

PROGRAMS = {
    "traces itself": """
        import sys, threading
        def tracer(*_):
            return None
        def work():
            print("in a thread")
        sys.settrace(tracer)
        print("traced")
        sys.settrace(None)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        print("after")
        """,
    "replaces sys.stdout": """
        import io, sys
        old, sys.stdout = sys.stdout, io.StringIO()
        print("into a string")
        text, sys.stdout = sys.stdout.getvalue(), old
        print("out again:", text, end="")
        sys.stdout = open(1, "w", closefd=False)
        print("through another file", flush=True)
        """,
    "leaves without cleaning up": """
        import os
        print("one")
        os._exit(7)
        """,
    "is killed": """
        import os, signal, threading, time
        def work():
            print("thread")
            ready.set()
            time.sleep(60)
        ready = threading.Event()
        threading.Thread(target=work, daemon=True).start()
        ready.wait()
        print("main")
        os.kill(os.getpid(), signal.SIGKILL)
        """,
    "starts 500 threads": """
        import threading
        barrier = threading.Barrier(501)
        threads = [threading.Thread(target=barrier.wait) for _ in range(500)]
        for thread in threads:
            thread.start()
        barrier.wait()
        for thread in threads:
            thread.join()
        print("done")
        """,
    "forks while threads run": """
        import os, threading, warnings
        warnings.simplefilter("ignore")  # 3.12 and later warn of just this, in the middle of what others print
        lock, held, go = threading.Lock(), threading.Event(), threading.Event()
        def work():
            with lock:
                held.set()
                go.wait()
        thread = threading.Thread(target=work)
        thread.start()
        held.wait()
        pid = os.fork()
        if pid == 0:
            print("child", threading.active_count(), lock.locked(), flush=True)
            os._exit(3)
        print("parent", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        go.set()
        thread.join()
        """,
    "recurses 5,000 deep": """
        import sys
        sys.setrecursionlimit(6000)
        def depth(number):
            return 0 if number == 0 else 1 + depth(number - 1)
        print(depth(5000))
        """,
    "fails": """
        import threading
        lock = threading.Lock()
        def work():
            lock.release()
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        lock.acquire(blocking=False, timeout=3)
        """,
    "closes its output": """
        import os, sys
        print("before")
        os.close(2)
        sys.stdout.close()
        """,
    "replaces what the recorder replaced": """
        import os, time
        time.sleep = lambda seconds: print("not slept", seconds)
        time.sleep(5)
        os.write(1, b"bytes\\n")
        """,
    "counts on what nobody needs being gone": """
        import gc, sys, threading, weakref
        gc.disable()
        class Thing:
            pass
        def work():
            thing = Thing()
            seen.append(weakref.ref(thing))
            lock = threading.Lock()
            with lock:
                sys._current_frames()
        seen = []
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        print("still there:", seen[0]() is not None)
        """,
    "imports what warns": """
        import pathlib, sys
        pathlib.Path("library.py").write_text("import warnings\\nwarnings.warn('old', stacklevel=2)\\n")
        sys.path.append(".")
        import library
        print("imported")
        """,
    "imports what traces": """
        import pathlib, sys
        pathlib.Path("library.py").write_text("import sys\\ndef tracer(*_): pass\\nsys.settrace(tracer)\\n")
        sys.path.append(".")
        import library
        print(sys.gettrace() is library.tracer)
        """,
    "imports what fails": """
        import pathlib, sys, traceback
        pathlib.Path("library.py").write_text("import json\\ndef fail():\\n    1 / 0\\nfail()\\n")
        sys.path.append(".")
        try:
            import library
        except ZeroDivisionError as error:
            print(*(frame.name for frame in traceback.extract_tb(error.__traceback__)))
        """,
    "empties its environment": """
        import os, subprocess, sys
        os.environ.clear()
        subprocess.run([sys.executable, "-c", "print('child')"], check=True)
        print("main")
        """,
}


def both(project: Project, source: str) -> tuple[Recording, Recording]:
    """A run without the recorder, and one with it."""
    snippet = Snippet.load(project.root, project.snippet("chapter/program", source))
    runner = Runner(60)
    try:
        return runner.run(snippet, bare=True), runner.run(snippet)
    finally:
        runner.stop()


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_runs_as_without_the_recorder(project: Project, name: str) -> None:
    bare, recorded = both(project, PROGRAMS[name])
    assert (recorded.exit_code, recorded.text) == (bare.exit_code, bare.text)
    assert recorded.lanes and not bare.lanes
    lines = [event for event in recorded.events if event.kind == "line"]
    assert len(lines) >= 2, "as much of a recording as there is"


def test_a_program_that_traces_itself_is_said_to_have_done_so(project: Project) -> None:
    _, recorded = both(project, PROGRAMS["traces itself"])
    assert recorded.gaps == ("traced",)
    assert [lane.kind for lane in recorded.lanes] == ["process", "thread"]


def test_other_peoples_modules_are_imported_without_tracing_and_own_ones_with_it(project: Project) -> None:
    project.snippet("chapter/own", "import sys\nprint('own', sys.gettrace() is not None)\n")
    source = """
        import pathlib, sys
        pathlib.Path("library.py").write_text("import sys; print('library', sys.gettrace() is not None)")
        sys.path.append(".")
        import library
        import own
        print("after")
        """
    _, recorded = both(project, source)
    assert recorded.lines == ["library False", "own True", "after"]
    lines = [(recorded.files[event.file or 0], event.line) for event in recorded.events if event.kind == "line"]
    own, program = "snippets/chapter/own.py", "snippets/chapter/program.py"
    assert [line for line in lines if line[0] == own] == [(own, 1), (own, 2)]
    assert lines[-1] == (program, 6)


def test_a_further_interpreter_leaves_the_recording_of_its_process_alone(project: Project) -> None:
    source = """
        # /// script
        # requires-python = ">=3.13"
        # ///
        import _interpreters
        print("before")
        interpreter = _interpreters.create()
        _interpreters.run_string(interpreter, "print('within', flush=True)")
        _interpreters.destroy(interpreter)
        print("after")
        """
    snippet = Snippet.load(project.root, project.snippet("chapter/program", source))
    if missing := means(snippet).missing:
        pytest.skip(f"needs {', '.join(missing)}, which is not here")
    bare, recorded = both(project, source)
    assert recorded.lines == bare.lines == ["before", "within", "after"]
    assert [lane.kind for lane in recorded.lanes] == ["process"]
    assert [event.line for event in recorded.events if event.kind == "line"] == [4, 5, 6, 7, 8, 9]
    assert recorded.output[0].lane == recorded.output[-1].lane == 0


def test_a_killed_program_keeps_its_lanes_up_to_the_kill(project: Project) -> None:
    _, recorded = both(project, PROGRAMS["is killed"])
    assert recorded.exit_code == -signal.SIGKILL
    assert [lane.end for lane in recorded.lanes] == [None, None]
    assert [piece.lane for piece in recorded.output] == [1, 0]


def test_500_threads_are_500_lanes(project: Project) -> None:
    _, recorded = both(project, PROGRAMS["starts 500 threads"])
    assert len(recorded.lanes) == 501


def test_too_much_for_a_journal_is_cut_and_said(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("live.running.run.JOURNAL_BYTES", 4000)
    _, recorded = both(project, "for number in range(40):\n    print(number)\n")
    assert recorded.gaps == ("full",)
    assert recorded.lines == [str(number) for number in range(40)]
    assert recorded.output[0].lane == 0 and recorded.output[-1].lane is None


def test_too_many_events_are_cut_and_said_but_all_lanes_and_the_output_are_there(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("live.reading.worth_seeing.MOST_EVENTS", 20)
    source = """
        import threading
        def work():
            print("in a thread")
        for number in range(10):
            print(number)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        """
    _, recorded = both(project, source)
    assert recorded.gaps == ("full",)
    assert [event.kind for event in recorded.events[20:]] == ["start", "begin", "end", "end"]
    assert [lane.kind for lane in recorded.lanes if lane.end] == ["process", "thread"]
    assert [piece.lane for piece in recorded.output] == [0] * 10 + [1]


def test_a_recorder_that_cannot_start_leaves_the_program_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("live.running.run.JOURNAL_BYTES", -1)
    bare, recorded = both(project, 'print("runs")\n')
    assert recorded.text == bare.text == "runs\n"
    assert recorded.lanes == () and recorded.events == ()


def test_a_recording_comes_back_from_json_as_it_was(project: Project) -> None:
    _, recorded = both(project, PROGRAMS["forks while threads run"])
    assert Recording.from_json(recorded.to_json()) == recorded
    assert replace(recorded, events=()) != recorded
