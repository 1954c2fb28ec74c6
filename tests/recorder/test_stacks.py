"""The recorder's own functions are in no stack that a program prints or looks at."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from live.running.run import RECORDER
from tests.project import Project
from tests.recorder.test_trouble import both

WAITING = """
import faulthandler, os, signal, sys, threading, time, traceback

lock, ready = threading.Lock(), []

def waits():
    ready.append(threading.get_ident())
    with lock:
        pass

def acquires():
    ready.append(threading.get_ident())
    lock.acquire()
    lock.release()

def sleeps():
    ready.append(threading.get_ident())
    time.sleep(60)

def stands_at(ident, function):
    frame = sys._current_frames().get(ident)
    return frame is not None and frame.f_code.co_name == function.__name__ and frame.f_lineno == last_line(function)

def last_line(function):
    return function.__code__.co_firstlineno + 2

lock.acquire()
for function in (waits, acquires, sleeps):
    count = len(ready)
    threading.Thread(target=function, daemon=True).start()
    while len(ready) == count or not stands_at(ready[-1], function):
        time.sleep(0.001)
"""
"""Three threads that stand for good where the recorder has put functions of its own."""

PROGRAMS = {
    "dumps all stacks": "faulthandler.dump_traceback(all_threads=True)",
    "dumps all stacks into a file": """
with open("stacks", "w+") as file:
    file.write("before ")
    faulthandler.dump_traceback(file, all_threads=True)
    file.seek(0)
    print(file.read())
""",
    "dumps to nowhere": """
try:
    faulthandler.dump_traceback("no file")
except AttributeError as error:
    print(error)
""",
    "has its stacks dumped by a signal": """
def ask(main):
    while not stands_at(main, asked):
        time.sleep(0.001)
    signal.pthread_kill(main, signal.SIGUSR1)
    gate.release()

def asked():
    pass
    gate.acquire()

gate = threading.Lock()
gate.acquire()
faulthandler.register(signal.SIGUSR1, all_threads=False)  # the other one may be anywhere in `ask`
threading.Thread(target=ask, args=(threading.get_ident(),)).start()
asked()
""",
    "crashes": """
faulthandler.enable()
os.abort()
""",
    "prints the stacks of all threads": """
for frame in sys._current_frames().values():
    traceback.print_stack(frame)
""",
    "is given a frame by a signal": """
import inspect

def handler(number, frame):
    print(frame.f_code.co_name, frame.f_lineno)
    traceback.print_stack()
    traceback.print_stack(frame)
    print([one.function for one in inspect.stack()])
    raise KeyboardInterrupt

def other_handler(*given):
    print(given[1].f_code.co_name, given[1].f_lineno)
    raise KeyboardInterrupt

def ask(main):
    while not stands_at(main, asked):
        time.sleep(0.001)
    tries = 0
    while stands_at(main, asked):  # what comes just before the lock blocks does not wake it
        if tries % 1000 == 0:
            signal.pthread_kill(main, signal.SIGUSR1)
        tries += 1
        time.sleep(0.001)

def asked():
    pass
    lock.acquire()

for function in (handler, other_handler):
    signal.signal(signal.SIGUSR1, function)
    thread = threading.Thread(target=ask, args=(threading.get_ident(),))
    thread.start()
    try:
        asked()
    except KeyboardInterrupt:
        traceback.print_exc()
    thread.join()
""",
}


def without_idents(text: str) -> str:
    """The text without what no two runs have in common."""
    return re.sub(r"0x[0-9a-f]+", "0x", text)


@pytest.fixture(params=["as it is", "并发 现场"])
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An empty project; also one that lies with the recorder in a folder that faulthandler writes with escapes."""
    if request.param != "as it is":
        elsewhere = tmp_path / request.param
        shutil.copytree(RECORDER, elsewhere / "recorder", ignore=shutil.ignore_patterns("__pycache__"))
        monkeypatch.setattr("live.running.run.RECORDER", elsewhere / "recorder")
    return Project.create(tmp_path / request.param / "project")


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_sees_the_stacks_that_it_would_have_without_the_recorder(project: Project, name: str) -> None:
    bare, recorded = both(project, WAITING + PROGRAMS[name])
    assert without_idents(recorded.text) == without_idents(bare.text)
    assert recorded.exit_code == bare.exit_code
    assert bare.text and recorded.lanes


def test_who_has_stacks_dumped_is_said_to_have_printed_them(project: Project) -> None:
    _, recorded = both(project, WAITING + PROGRAMS["dumps all stacks"])
    assert {piece.lane for piece in recorded.output} == {0}
