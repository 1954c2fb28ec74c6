"""A project may lie anywhere: in folders with spaces, Chinese and emoji in their names, and very far down.

| row | guard, in live/ |
|---|---|
| any name: where a hanging program stood | `traces.as_dumped`, asked for by `run._short_paths` |
| far down: the same, but for the name of the file | `DUMPED` in `run._short_paths` |
| any name, far down: the rest | paths are passed as lists of words, and their lengths nowhere |
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from live.traces import DUMPED, last_lines
from tests.conftest import ROOT
from tests.project import Project, block, outputs, run
from tests.site.test_serving import serving

PLACES = {"any name": "with spaces/并发 'and' \"quotes\"/🧵🐍 100%", "far down": "/".join(["d" * 200] * 15)}
NEEDING = '# /// script\n# [tool.live]\n# needs = ["sh"]\n# ///\nprint("recorded")\n'
HANGS = "def stand():\n    while True: pass\nstand()\n"


@pytest.fixture(params=PLACES)
def somewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    return Project.create(tmp_path / PLACES[request.param])


def live(project: Project, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "live", *arguments]
    return subprocess.run(command, cwd=project.root, env=environment, capture_output=True, text=True)


def test_programs_run_are_recorded_and_listed(somewhere: Project) -> None:
    path = somewhere.snippet("chapter/needing", NEEDING)
    assert live(somewhere, "run", path).stdout == "recorded\n"
    done = live(somewhere, "record")
    assert (done.stdout, done.returncode) == ("snippets/chapter/needing.recording.json\n", 0), done.stderr
    recorded = json.loads((somewhere.root / "snippets/chapter/needing.recording.json").read_bytes())
    assert recorded["lanes"] and recorded["files"] == [path]
    assert "kept" in live(somewhere, "list").stdout
    told = live(somewhere, "replay", "--no-run", path)
    assert "recorded" in told.stdout and told.returncode == 0, told.stderr


def test_it_is_built_and_served(somewhere: Project) -> None:
    path = somewhere.snippet("chapter/program", "print('here')\n")
    somewhere.twins("page.md", f"# P\n\n{block(path)}")
    built = somewhere.build("--strict")
    assert built.returncode == 0, built.output
    assert outputs(built.html("page")) == outputs(built.html("en/page")) == ["here"]
    assert str(somewhere.root) not in built.html("page")
    with serving(somewhere) as server:
        server.wait_for(lambda: outputs(server.get("page/")) == ["here"])
        somewhere.snippet("chapter/program", "print('edited')\n")
        server.wait_for(lambda: outputs(server.get("page/")) == ["edited"])


def test_a_program_that_hangs_says_where_it_stood(somewhere: Project) -> None:
    recorded = run(somewhere, HANGS, timeout=5)
    where = "snippets/chapter/program.py" if len(str(somewhere.root)) < DUMPED else "snippets/…"
    assert [line.partition(": ")[2] for line in last_lines(recorded.traces)] == [f"{where}:2 in stand"]
    assert "dddd" not in recorded.traces


def test_processes_of_every_kind_start(somewhere: Project) -> None:
    recorded = run(
        somewhere,
        """
        import multiprocessing, os

        def work():
            os.write(1, b"child\\n")

        if __name__ == "__main__":
            for method in ("fork", "spawn", "forkserver"):
                child = multiprocessing.get_context(method).Process(target=work)
                child.start()
                child.join()
        """,
    )
    assert recorded.lines == ["child"] * 3
    assert sum(lane.kind == "process" for lane in recorded.lanes) >= 4
