"""Much of everything, and little to do it with.

| row | guard, in live/ |
|---|---|
| 1,000 programs run once each | `Engine._recorded`, `Store.get` |
| 1,000 programs: files and processes | `Runner._idle`: a supervisor that is done serves the next |
| 1,000 programs: threads | `workers` of `Batch` |
| 5 MB of lines: memory and recording | `bounded.Output` |
| 5 MB of lines: what was cut | `Piece.dropped` from `Output.pieces` |
| 5 MB of lines: the page | `printed.MOST_LINES` |
| `ulimit -n 64` | `engine.affordable_workers`, asked in `Engine.start` |

That a program which still runs is not begun again for another page, which `Build.started` sees to, stands in
tests/engine/test_schedule.py.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from live.batch import Batch
from live.engine import Engine, affordable_workers
from live.keeping import files
from live.keeping.store import SUFFIX, Store
from live.running.run import Runner
from tests.conftest import ROOT
from tests.project import Project, block, outputs
from tests.site.test_serving import serving

MANY, PAGES, WORKERS = 1000, 10, 8
LITTLE = 64
CODE = f"""
import json, os, resource, sys, threading
from pathlib import Path
from live.engine import Engine
from live.keeping.store import Store
from live.progress import Lines
from live.recording import Recording
from live.running.processes import descendants
from live.running.run import Runner

class Watching(Lines):
    seen = []
    def done(self, snippet, recording):
        super().done(snippet, recording)
        if self.count % 50 == 0:
            files = len(os.listdir("/dev/fd"))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            self.seen.append([files, threading.active_count(), len(descendants(os.getpid(), -1)), peak])

root = Path(sys.argv[1])
engine = Engine(root, Store(root / ".cache/live"), Runner(120.0), {WORKERS})
wanted = {{file.relative_to(root).as_posix(): [0] for file in (root / "snippets").rglob("*.py")}}
progress = Watching(str)
found = engine.record(wanted, progress)
again = Engine(root, Store(root / ".cache/live"), Runner(120.0)).record(wanted, Watching(lambda line: sys.exit(line)))
assert found == again and engine.record(wanted) == found
print(json.dumps([progress.seen, {{path: recorded.text for path, recorded in found.items()}}]))
"""


@pytest.fixture(scope="module")
def thousand(once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """A project of 1,000 programs, run once; beside it, what they printed and what the engine used meanwhile."""

    def make(folder: Path) -> None:
        project = Project.create(folder / "project", "{timeout: 120}")
        settings = project.root / "mkdocs.yml"  # a second language would only take time
        settings.write_text(settings.read_text().replace("        - {locale: en, name: English, build: true}\n", ""))
        paths = [project.snippet(f"c{number % PAGES}/s{number:03}", f"print({number})\n") for number in range(MANY)]
        for page in range(PAGES):
            project.page(f"zh/page{page}.md", f"# P\n\n{chr(10).join(map(block, paths[page::PAGES]))}")
        command = [sys.executable, "-c", CODE, str(project.root)]
        done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        (folder / "seen.json").write_text(done.stdout)

    return once("thousand", make)


def test_a_thousand_programs_run_once_each(thousand: Path) -> None:
    _, printed = json.loads((thousand / "seen.json").read_text())
    assert sorted(printed.values(), key=int) == [f"{number}\n" for number in range(MANY)]
    assert len(list((thousand / "project/.cache/live").rglob(f"*{SUFFIX}"))) == MANY


def test_a_thousand_programs_take_no_more_of_the_system_than_a_few(thousand: Path) -> None:
    seen, _ = json.loads((thousand / "seen.json").read_text())
    files, threads, processes, peak = zip(*seen, strict=True)
    assert max(files) <= 16 + 6 * WORKERS
    assert max(threads) <= 2 + WORKERS
    # Each may have a supervisor, a program and one that this is about to start.
    assert max(processes) <= 3 * WORKERS
    unit = 1 if sys.platform == "darwin" else 1024
    assert (peak[-1] - peak[1]) * unit / (MANY - 100) < 50_000, "bytes that stay of each: its recording"


def test_a_build_of_a_thousand_programs_runs_none_that_was_run(thousand: Path) -> None:
    built = Project(thousand / "project").build("--strict")
    assert built.returncode == 0, built.output
    assert "Running" not in built.output
    for page in range(PAGES):
        assert outputs(built.html(f"page{page}")) == [str(number) for number in range(page, MANY, PAGES)]


def test_five_megabytes_of_lines_are_bounded_and_the_page_says_where_they_were_cut(project: Project) -> None:
    source = """
        for start in range(0, 100_000, 100):
            print("\\n".join(f"{number:049}" for number in range(start, start + 100)))
        """
    path = project.snippet("a/lines", source, timeout=120)
    project.twins("page.md", f"# P\n\n{block(path)}")
    built = project.build("--strict")
    assert built.returncode == 0, built.output
    (file,) = (project.root / ".cache/live/snippets").rglob(f"*{SUFFIX}")
    pieces = json.loads(files.read(file))["output"]
    kept, dropped = sum(len(piece["text"]) for piece in pieces), sum(piece["dropped"] for piece in pieces)
    assert (kept, kept + dropped) == (1 << 20, 5_000_000)
    for page, words in (("page", "略去"), ("en/page", "left out")):
        html = built.html(page)
        (text,) = outputs(html)
        assert text.startswith(f"{0:049}\n{1:049}\n") and text.endswith(f"{99_999:049}")
        assert f"{dropped:,}" in html and words in html
        assert len(html) < 1.1 * kept, "nothing stands around each line"
    assert sum(file.stat().st_size for file in built.folder.glob("assets/replay/a/*.js")) < 100_000


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (LITTLE, LITTLE))


@pytest.fixture
def crowded(tmp_path: Path) -> Project:
    """A project that would run more side by side than 64 files are enough for."""
    project = Project.create(tmp_path / "project", "{workers: 32}")
    source = "import time\ntime.sleep(0.5)\nprint('here')\n"
    paths = [project.snippet(f"a/s{number:02}", source, timeout=120) for number in range(24)]
    project.twins("page.md", f"# P\n\n{chr(10).join(map(block, paths))}")
    return project


def test_a_build_gets_by_with_few_open_files(crowded: Project) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        command, cwd=crowded.root, env=environment, capture_output=True, text=True, preexec_fn=limited
    )
    assert done.returncode == 0, done.stderr
    assert outputs((crowded.root / "site/page/index.html").read_text("utf-8")) == ["here"] * 24


def test_a_server_gets_by_with_few_open_files(crowded: Project) -> None:
    with serving(crowded, preexec_fn=limited) as server:
        server.wait_for(lambda: outputs(server.get("page/")) == ["here"] * 24)
        crowded.snippet("a/s00", "print('edited')\n")
        server.wait_for(lambda: outputs(server.get("page/"))[0] == "edited")


def test_a_run_gets_by_with_few_open_files(crowded: Project) -> None:
    command = [sys.executable, "-m", "live", "run", "snippets/a/s00.py"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=crowded.root, env=environment, capture_output=True, text=True, preexec_fn=limited
    )
    assert (done.stdout, done.returncode) == ("here\n", 0), done.stderr


@pytest.mark.parametrize(("files", "workers"), [(10, 1), (64, 5), (1024, 165), (resource.RLIM_INFINITY, sys.maxsize)])
def test_so_many_run_side_by_side_as_files_can_be_open(
    monkeypatch: pytest.MonkeyPatch, files: int, workers: int
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))
    assert affordable_workers() == workers


def test_a_batch_has_no_more_workers_than_files_allow(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    class Seen(Batch):
        def __init__(self, *arguments: Any, workers: int, **more: Any) -> None:
            seen.append(workers)
            super().__init__(*arguments, workers=workers, **more)

    monkeypatch.setattr("live.engine.Batch", Seen)
    monkeypatch.setattr(resource, "getrlimit", lambda _: (LITTLE, LITTLE))
    for workers in (32, 3):
        Engine(project.root, Store(project.root), Runner(), workers).start({}).finish()
    assert seen == [5, 3]
