"""Side by side, except for what measures: that runs alone, and last."""

from __future__ import annotations

import signal
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from live.adapter.build import Build
from live.engine import Engine
from live.keeping.store import Store
from live.pages.scan import Use
from live.progress import Lines
from live.recording import Recording
from live.running.run import Runner
from live.snippet import Snippet
from tests.project import Project, commands_with, wait_for

MEASURE = "# /// script\n# [tool.live]\n# measure = true\n# ///\n"


@dataclass
class Watched(Runner):
    """Tells what ran while what ran."""

    log: list[tuple[str, frozenset[str]]] = field(default_factory=list)
    now: set[str] = field(default_factory=set)
    guard: threading.Lock = field(default_factory=threading.Lock)

    def run(self, snippet: Snippet, key: str = ""):
        with self.guard:
            self.now.add(snippet.path)
            self.log.append((snippet.path, frozenset(self.now)))
        recording = super().run(snippet, key)
        with self.guard:
            self.now.discard(snippet.path)
        return recording


def test_snippets_run_side_by_side(project: Project, tmp_path: Path, open_to_programs: Path) -> None:
    # Each waits for all the others: one after the other, none would ever end.
    meeting = open_to_programs
    source = f"""
        import os, pathlib, time
        meeting = pathlib.Path({str(meeting)!r})
        meeting.joinpath(os.path.basename(__file__)).touch()
        while len(os.listdir(meeting)) < 6:
            time.sleep(0.001)
        """
    paths = [project.snippet(f"a/s{number}", source, timeout=60) for number in range(6)]
    engine = Engine(project.root, Store(tmp_path / "store"), Runner(), workers=6)
    found = engine.record(dict.fromkeys(paths, (0,)))
    assert [found[path].exit_code for path in paths] == [0] * 6


def test_what_a_page_shows_that_is_being_run_for_another_is_not_run_again(project: Project, tmp_path: Path) -> None:
    shown, more = (project.snippet(f"a/{name}", f"print('{name}')\n") for name in ("shown", "more"))
    may_end = threading.Event()

    class Waits(Watched):
        def run(self, snippet: Snippet, key: str = ""):
            recording = super().run(snippet, key)
            may_end.wait()
            return recording

    runner = Waits()
    engine, build = Engine(project.root, Store(tmp_path / "store"), runner), Build()
    try:
        build.start(engine, [Use("docs/zh/page.md", 3, shown)])
        build.start(engine, [Use("docs/zh/other.md", 3, shown), Use("docs/zh/other.md", 5, more)])
    finally:
        may_end.set()
        found = build.recordings()
    assert sorted(path for path, _ in runner.log) == sorted(found) == [more, shown]


def test_what_measures_runs_alone_after_all_others(project: Project, tmp_path: Path) -> None:
    measuring = [project.snippet(f"a/m{number}", MEASURE + "print('measured')\n") for number in range(2)]
    others = [project.snippet(f"b/s{number}", "import time; time.sleep(0.05)\n") for number in range(5)]
    runner = Watched()
    engine = Engine(project.root, Store(tmp_path / "store"), runner, workers=4)
    engine.record(dict.fromkeys([*measuring, *others], (0,)))
    order = [path for path, _ in runner.log]
    assert order[5:] == measuring
    assert sorted(order[:5]) == others
    assert [beside for path, beside in runner.log[5:]] == [frozenset({path}) for path in measuring]


@pytest.mark.parametrize("head", ["", MEASURE])
def test_the_switch_interval_of_the_builder_is_as_before(project: Project, tmp_path: Path, head: str) -> None:
    before = sys.getswitchinterval()
    path = project.snippet("a/s", head + "pass\n")
    Engine(project.root, Store(tmp_path / "store"), Runner()).record({path: (0,)})
    assert sys.getswitchinterval() == before


def test_an_interrupt_ends_what_runs(project: Project, tmp_path: Path) -> None:
    paths = [project.snippet(f"a/s{number}", "import time; time.sleep(600)\n", timeout=600) for number in range(3)]
    quick = project.snippet("a/quick", "pass\n")
    runner = Watched()

    class Interrupted(Lines):
        def done(self, snippet, recording) -> None:
            signal.pthread_kill(threading.main_thread().ident, signal.SIGINT)  # what Ctrl-C does

    engine = Engine(project.root, Store(tmp_path / "store"), runner, workers=4)
    with pytest.raises(KeyboardInterrupt):
        engine.record(dict.fromkeys([*paths, quick], (0,)), Interrupted(str))
    wait_for(lambda: not commands_with(str(project.root)))


def test_progress_is_one_line_for_each_snippet_with_its_time(project: Project, tmp_path: Path) -> None:
    paths = [project.snippet("a/good", "pass\n"), project.snippet("a/bad", "raise SystemExit(2)\n")]
    said: list[str] = []
    Engine(project.root, Store(tmp_path), Runner(), workers=1).record(dict.fromkeys(paths, (0,)), Lines(said.append))
    assert said[0] == "Running 2 snippets"
    assert [line.split()[0] for line in said[1:]] == ["[1/2]", "[2/2]"]
    good, bad = sorted((line.split()[1:] for line in said[1:]), reverse=True)
    assert (good[0], good[2:]) == (f"{paths[0]}:", ["s"])
    assert (bad[0], bad[2:]) == (f"{paths[1]}:", ["s,", "exit", "code", "2"])


def test_urgent_programs_are_started_first_and_then_those_that_sleep_longest(project: Project, tmp_path: Path) -> None:
    sleeps = {
        "a/short": "import time; time.sleep(0.1)",
        "a/none": "print()",
        "a/long": "def f(seconds: float = 5): ...",
        "a/urgent": "print()",
    }
    paths = [project.snippet(name, source) for name, source in sleeps.items()]
    engine = Engine(project.root, Store(tmp_path / "store"), Runner(), workers=1)
    started: list[str] = []
    run = engine.runner.run

    def noting(snippet: Snippet, key: str) -> Recording:
        started.append(snippet.path)
        return run(snippet, key)

    engine.runner.run = noting  # type: ignore[method-assign]
    engine.start({path: {0} for path in paths}, urgent=[paths[3]]).finish()
    engine.runner.rest()
    assert started == [paths[3], paths[2], paths[0], paths[1]]
