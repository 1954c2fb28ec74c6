"""A program that forks without end: it is stopped and told as what it is, no process stays, and others go on.

Each bomb here ends by itself at `BOUND` processes: should the engine not stop it, this machine bears it.

| row | guard, in live/running/ |
|---|---|
| more processes than it may have | `Supervision._is_crowded` |
| the same after its first process ended | `crowded` in `Supervision._until`, which is asked in the time of grace, too |
| each process in a session of its own; ever new processes | `children` in `Supervision._kill` |
| the same: it is told that something was left | `Supervision._leftovers`, which looks closer |
| as many as it may have, for ever | the time limit, `Supervision._stop_at_time_limit` |
| others go on | `descendants`, which count for the limit, and not all processes of the user |
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from live.engine import Engine
from live.keeping.store import Store
from live.pages.failures import ending
from live.progress import Lines
from live.recording import Recording
from live.running import run as running
from live.running.run import Runner
from live.snippet import Snippet
from tests.project import Project, block, commands_with, run

FEW, BOUND = 40, 400
COUNTED = f"""
import mmap, os, time

shared = mmap.mmap(-1, 8)

def more():
    count = int.from_bytes(shared[:8], "little") + 1
    shared[:8] = count.to_bytes(8, "little")
    return count < {BOUND}

"""
AT_ONCE = {
    "in one group": "while more():\n    os.fork()\ntime.sleep(600)\n",
    "in sessions of their own": "while more():\n    if os.fork() == 0:\n        os.setsid()\ntime.sleep(600)\n",
    "whose first process ends": "if os.fork():\n    os._exit(0)\nwhile more():\n    os.fork()\ntime.sleep(600)\n",
}
ONE_AFTER_THE_OTHER = COUNTED.replace(str(BOUND), "100_000") + (
    "while more():\n    if os.fork():\n        os._exit(0)\n    os.setsid()\n"
)
"""No pid lives as long as it takes to read the table of all processes on an idle machine."""
TOO_LATE = """
import sys; sys.path.insert(0, sys.argv[1])
import live.running.supervisor as supervisor
supervisor.descendants = lambda *_: []
supervisor.main()
"""
"""A supervisor that always reads that table too late: whether it does is luck otherwise."""

COUNTABLE = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux tells for little how many processes are there"
)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "PROCESSES", FEW)


@COUNTABLE
@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("name", AT_ONCE)
def test_a_bomb_is_stopped_by_how_many_it_is(project: Project, name: str) -> None:
    recorded = run(project, COUNTED + AT_ONCE[name], timeout=60)
    assert (recorded.crowd, recorded.exit_code) == (FEW, -9)
    assert ending(recorded) == f"more than {FEW} processes at once, and stopped"
    assert commands_with(str(project.root)) == []
    assert Recording.from_json(recorded.to_json()) == recorded


@COUNTABLE
def test_processes_that_come_and_go_without_end_are_caught(
    project: Project, unique: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SUPERVISOR", ("-S", "-s", "-P", "-c", TOO_LATE))
    stays = f"import subprocess\nsubprocess.Popen(['sleep', '{unique}'], start_new_session=True)\n"
    recorded = run(project, stays + ONE_AFTER_THE_OTHER, timeout=60)
    assert recorded.leftovers, "told, although no table of processes shows them"
    assert commands_with(unique) == []
    assert commands_with(str(project.root)) == []


def test_a_bomb_within_its_limit_ends_at_the_time_limit(project: Project) -> None:
    source = COUNTED.replace(str(BOUND), str(FEW)) + AT_ONCE["in sessions of their own"]
    recorded = run(project, source, timeout=5)
    assert recorded.timed_out and not recorded.crowd
    assert commands_with(str(project.root)) == []


@COUNTABLE
@pytest.mark.usefixtures("few")
def test_other_programs_go_on_beside_a_bomb(project: Project, tmp_path: Path, open_to_programs: Path) -> None:
    over = open_to_programs / "over"
    waits = f"import os, time\nwhile not os.path.exists({str(over)!r}):\n    time.sleep(0.01)\n"
    waits += "os.fork()\nos.write(1, b'on\\n')\n"
    others = [project.snippet(f"a/s{number}", waits, timeout=120) for number in range(3)]
    bomb = project.snippet("b/bomb", COUNTED + AT_ONCE["in sessions of their own"], timeout=120)
    began = threading.Barrier(4)

    class Together(Runner):
        def run(self, snippet: Snippet, key: str = "", *, bare: bool = False) -> Recording:
            began.wait()
            return super().run(snippet, key, bare=bare)

    class Telling(Lines):
        def done(self, snippet: Snippet, recording: Recording) -> None:
            if snippet.path == bomb:
                over.touch()

    engine = Engine(project.root, Store(tmp_path / "store"), Together(), workers=4)
    found = engine.record(dict.fromkeys([*others, bomb], (0,)), Telling(str))
    assert isinstance(found[bomb], Recording) and found[bomb].crowd == FEW
    assert [found[path].lines for path in others] == [["on", "on"]] * 3  # type: ignore[union-attr]


@COUNTABLE
def test_a_build_names_the_bomb_and_shows_the_rest(project: Project) -> None:
    (project.root / "sitecustomize.py").write_text(
        f"import sys\nif 'mkdocs' in sys.orig_argv:\n    import live.running.run as run\n    run.PROCESSES = {FEW}\n"
    )
    good = project.snippet("a/good", "print('fine')\n")
    bomb = project.snippet("a/bomb", COUNTED + AT_ONCE["in one group"], timeout=120)
    project.twins("page.md", f"# P\n\n{block(bomb)}\n{block(good)}")
    built = project.build(environment={"PYTHONPATH": str(project.root)})
    assert built.returncode == 1
    assert f"got       more than {FEW} processes at once, and stopped" in built.output
    for page in ("page", "en/page"):
        assert f"more than {FEW} processes at once" in built.html(page)
        assert "fine" in built.html(page)
    assert commands_with(str(project.root)) == []
