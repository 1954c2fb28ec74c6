"""What a recording says of processes: the tree under each start method, and who printed what."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable

import pytest

from live.recording import Recording
from live.replay.spans import ends
from tests.project import Project
from tests.recorder.seen import see

METHODS = multiprocessing.get_all_start_methods()

TREE = """
import multiprocessing
import os

def work(number):
    print(f"child {number} is {os.getpid()} of {os.getppid()}", flush=True)

if __name__ == "__main__":
    context = multiprocessing.get_context("METHOD")
    children = [context.Process(target=work, args=(number,), name=f"child {number}") for number in range(2)]
    for child in children:
        child.start()
        child.join()
    print(f"main is {os.getpid()}", flush=True)
"""


@pytest.mark.parametrize("method", METHODS)
def test_the_tree_of_processes_is_that_of_the_system(project: Project, method: str) -> None:
    seen = see(project, TREE.replace("METHOD", method))
    printed = seen.printed()
    main = int(printed["main"][0].split()[-1])
    assert seen.lane("main").pid == main
    for name in ("child 0", "child 1"):
        lane = seen.lane(name)
        words = printed[name][0].split()
        assert lane.pid == int(words[3]) and lane.kind == "process"
        assert lane.parent is not None and seen.recording.lanes[lane.parent].pid == int(words[5])
    helper = [lane.name for lane in seen.recording.lanes if lane.name not in ("main", "child 0", "child 1")]
    assert helper == (["forkserver"] if method == "forkserver" else [])


@pytest.mark.parametrize("method", METHODS)
def test_whoever_starts_a_process_is_seen_to_start_it_and_to_wait_for_it(project: Project, method: str) -> None:
    seen = see(project, TREE.replace("METHOD", method))
    starts = [one for one in seen.handovers("start") if one[0] == "main"]
    assert starts == [("main", "child 0", ""), ("main", "child 1", "")]
    waits = [one for one in seen.waits("main") if one[0] == "process"]
    assert waits == [("process", "child 0"), ("process", "child 1")]


@pytest.mark.parametrize("method", METHODS)
def test_the_end_of_a_process_lets_the_one_go_on_that_waits_for_it(project: Project, method: str) -> None:
    seen = see(
        project,
        """
        import multiprocessing
        import sys
        import threading
        import time

        def work(near):
            near.recv()

        def is_joining(thread):
            frame = sys._current_frames()[thread.ident]
            while frame and frame.f_code.co_name != "join":
                frame = frame.f_back
            return frame is not None

        def send_once_it_waits(here):
            while not is_joining(threading.main_thread()):
                time.sleep(0.001)
            here.send(1)

        if __name__ == "__main__":
            context = multiprocessing.get_context("METHOD")
            here, there = context.Pipe()
            child = context.Process(target=work, args=(there,), name="child")
            child.start()
            sender = threading.Thread(target=send_once_it_waits, args=(here,), name="sender")
            sender.start()
            child.join()
            sender.join()
        """.replace("METHOD", method),
    )
    assert ("child", "main", "") in seen.handovers("join")


def test_what_comes_through_a_pipe_lets_the_receiver_go_on(project: Project) -> None:
    seen = see(
        project,
        """
        import multiprocessing
        import sys
        import threading
        import time

        def receive(near):
            near.recv()

        def is_receiving(thread):
            frame = sys._current_frames().get(thread.ident)
            return frame is not None and frame.f_code.co_name.startswith("_recv")

        here, there = multiprocessing.Pipe()
        thread = threading.Thread(target=receive, args=(there,), name="receiver")
        thread.start()
        while not is_receiving(thread):
            time.sleep(0.001)
        here.send(1)
        thread.join()
        """,
    )
    assert [one[:2] for one in seen.handovers("signal")] == [("main", "receiver")]
    assert len(seen.recording.things) == 1, "one pipe, though it has two ends"


@pytest.mark.parametrize("method", METHODS)
def test_the_lines_of_a_child_are_followed(project: Project, method: str) -> None:
    seen = see(project, TREE.replace("METHOD", method))
    work = 'print(f"child {number} is {os.getpid()} of {os.getppid()}", flush=True)'
    assert seen.lines("child 0")[-1] == work and seen.lines("child 1")[-1] == work
    importing = {lane.name for lane in seen.recording.lanes if "import multiprocessing" in seen.lines(lane.name)}
    expected = {"fork": [{"main"}], "spawn": [{"main", "child 0", "child 1"}]}
    # From Python 3.14 on, the fork server really imports the program before it forks, as it always said it would.
    expected["forkserver"] = [*expected["spawn"], {"main", "forkserver"}]
    assert importing in expected[method]


def test_one_clock_for_all_processes(project: Project) -> None:
    seen = see(
        project,
        """
        import multiprocessing

        def work(near, far):
            near.recv()
            print("child")
            near.send(1)

        if __name__ == "__main__":
            here, there = multiprocessing.Pipe()
            child = multiprocessing.Process(target=work, args=(there, here), name="child")
            child.start()
            print("before")
            here.send(1)
            here.recv()
            print("after")
            child.join()
        """,
    )
    assert [piece.text for piece in seen.recording.output] == ["before\n", "child\n", "after\n"]
    times = [event.at for event in seen.recording.events]
    assert times == sorted(times)
    (printed,) = [event.at for event in seen.events("child", "line") if seen.text(event.line) == 'print("child")']
    texts = {seen.text(event.line): event.at for event in seen.events("main", "line")}
    assert texts["here.send(1)"] < printed < texts['print("after")']


def test_a_lock_of_several_processes_is_one_lock(project: Project) -> None:
    seen = see(
        project,
        """
        import multiprocessing
        import time

        def work(lock, tries):
            tries.release()
            with lock:
                print("child has it")

        if __name__ == "__main__":
            context = multiprocessing.get_context("spawn")
            lock, tries = context.Lock(), context.Semaphore(0)
            child = context.Process(target=work, args=(lock, tries), name="child")
            with lock:
                child.start()
                tries.acquire()
                time.sleep(0.1)
            child.join()
        """,
    )
    assert seen.handovers("lock") == [("main", "child", "lock")]


def test_a_program_of_the_project_that_is_started_as_a_command_is_followed(project: Project) -> None:
    project.snippet("chapter/server", 'print("from the server")\n')
    seen = see(
        project,
        """
        import subprocess
        import sys
        from pathlib import Path

        subprocess.run([sys.executable, Path(__file__).with_name("server.py")], check=True)
        print("main")
        """,
    )
    assert seen.printed() == {"server.py": ["from the server"], "main": ["main"]}
    assert seen.lane("server.py").parent == 0
    assert "snippets/chapter/server.py" in seen.recording.files


def test_what_a_child_prints_elsewhere_is_not_taken_for_output(project: Project) -> None:
    project.snippet("chapter/server", 'print("the same words")\n')
    seen = see(
        project,
        """
        import subprocess
        import sys
        from pathlib import Path

        command = [sys.executable, Path(__file__).with_name("server.py")]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        print(said, end="")
        """,
    )
    assert seen.printed() == {"main": ["the same words"]}


def test_a_child_that_is_killed_has_no_end_but_its_last_line(project: Project) -> None:
    seen = see(
        project,
        """
        import multiprocessing
        import time

        def work(near):
            near.send(1)
            time.sleep(60)

        if __name__ == "__main__":
            here, there = multiprocessing.Pipe()
            # Under a fork server, that one would be the first to know of it.
            child = multiprocessing.get_context("fork").Process(target=work, args=(there,), name="child")
            child.start()
            here.recv()
            time.sleep(0.05)
            child.kill()
            child.join()
            print(child.exitcode)
        """,
    )
    assert seen.recording.lines == ["-9"]
    lane, (wait,) = seen.lane("child"), [span for span in seen.spans("main", "waits") if span.what == "process"]
    assert lane.end is None and lane.gone is not None, "it could not say so itself, but its parent waited for it"
    assert wait.start <= lane.gone <= wait.end
    assert seen.lines("child")[-1] == "time.sleep(60)"


def test_the_workers_of_a_pool_are_lanes_and_its_helpers_are_not(project: Project) -> None:
    seen = see(
        project,
        """
        from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
        from multiprocessing import Pool

        def work(number):
            return number + 1

        if __name__ == "__main__":
            with ThreadPoolExecutor(1, thread_name_prefix="thread pool") as pool:
                print(list(pool.map(work, range(2))))
            with ProcessPoolExecutor(1) as pool:
                print(list(pool.map(work, range(2))))
            with Pool(1) as pool:
                print(pool.map(work, range(2)))
        """,
    )
    lanes = [lane for lane in seen.recording.lanes[1:] if lane.name != "forkserver"]  # there by default from 3.14 on
    kinds = [(lane.kind, "return number + 1" in seen.lines(lane.name)) for lane in lanes]
    assert kinds == [("thread", True), ("process", True), ("process", True)]
    assert seen.recording.lines == ["[1, 2]"] * 3


@pytest.mark.skipif(sys.platform == "win32", reason="there is no os.fork on Windows")
def test_a_child_made_by_os_fork_goes_on_in_the_middle(project: Project) -> None:
    seen = see(
        project,
        """
        import os

        pid = os.fork()
        if pid == 0:
            print("child")
            os._exit(0)
        os.waitpid(pid, 0)
        print("main")
        """,
    )
    (child,) = [lane for lane in seen.recording.lanes if lane.number]
    assert child.parent == 0 and child.kind == "process"
    assert seen.lines(child.name) == ["if pid == 0:", 'print("child")', "os._exit(0)"]
    assert [piece.lane for piece in seen.recording.output] == [child.number, 0]


def test_ranks_of_mpi_wait_for_each_others_messages(recording: Callable[[str], Recording]) -> None:
    ring = recording("mpi/ring")
    names = [lane.name for lane in ring.lanes]
    assert names == ["rank 0", "rank 1", "rank 2", "rank 3"]
    received = {(event.lane, event.other) for event in ring.events if event.kind == "wait" and event.what == "message"}
    assert {(1, 0), (2, 1), (3, 2)} <= received, "each waits for its left neighbour"
    sent = [(event.lane, event.other) for event in ring.events if event.kind == "signal"]
    assert sent == [(0, 1), (1, 2), (2, 3), (3, 0)], "one after the other, around the ring"


KILLED = """
import multiprocessing, os, signal, subprocess, sys, threading, time

def work(near):
    waiter = threading.Thread(target=threading.Event().wait, name="waiter", daemon=True)
    waiter.start()
    near.send(1)
    time.sleep(60)

if __name__ == "__main__":
    here, there = multiprocessing.Pipe()
    child = multiprocessing.get_context("METHOD").Process(target=work, args=(there,), name="child", daemon=True)
    child.start()
    here.recv()
    KILL
    while child.is_alive():
        time.sleep(0.001)
    print("it is over")
    print("much later")
"""


@pytest.mark.parametrize("kill", ["child.terminate()", "child.kill()", "os.kill(child.pid, signal.SIGKILL)"])
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_process_that_is_killed_is_over_when_its_parent_notices(project: Project, method: str, kill: str) -> None:
    seen = see(project, KILLED.replace("METHOD", method).replace("KILL", kill))
    over = next(event.at for event in seen.events("main", "line") if seen.text(event.line) == 'print("it is over")')
    lanes = {lane.name: ends(seen.recording)[lane.number] for lane in seen.recording.lanes if lane.name != "main"}
    assert set(lanes) == {"child", "waiter"}
    assert all(end <= over for end in lanes.values()), "its threads are over with it"


def test_the_workers_of_a_pool_are_over_when_it_is_terminated(project: Project) -> None:
    seen = see(
        project,
        """
        import time
        from multiprocessing import get_context

        def work(number):
            if number:
                started.set()
                time.sleep(60)

        if __name__ == "__main__":
            context = get_context("fork")
            started = context.Event()
            with context.Pool(2) as pool:
                pool.map_async(work, range(3), 1)
                started.wait()
            print("it is over")
        """,
    )
    over = next(event.at for event in seen.events("main", "line") if seen.text(event.line) == 'print("it is over")')
    workers = [lane for lane in seen.recording.lanes if "Worker" in lane.name]
    assert workers and all(ends(seen.recording)[lane.number] <= over for lane in workers)


def test_a_command_that_is_killed_is_over_when_its_parent_notices(project: Project) -> None:
    project.snippet("chapter/server", 'import time\nprint("up", flush=True)\ntime.sleep(60)\n')
    seen = see(
        project,
        """
        import subprocess
        import sys
        import time
        from pathlib import Path

        command = [sys.executable, Path(__file__).with_name("server.py")]
        server = subprocess.Popen(command, stdout=subprocess.PIPE)
        server.stdout.readline()
        server.kill()
        while server.poll() is None:
            time.sleep(0.001)
        server.stdout.close()
        print("it is over")
        """,
    )
    over = next(event.at for event in seen.events("main", "line") if seen.text(event.line) == 'print("it is over")')
    assert ends(seen.recording)[seen.lane("server.py").number] <= over
