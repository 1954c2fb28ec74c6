"""The scratch directory of a run whose builder is killed.

| What happens                             | Guard that the row misses                               |
|------------------------------------------|---------------------------------------------------------|
| the builder is killed while programs run | `supervisor.main`, which removes what it leaves         |
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from tests.conftest import ROOT
from tests.project import Project, commands_with, wait_for


def test_a_builder_that_is_killed_leaves_no_scratch_directory(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "scratch"
    folder.mkdir()
    seconds = f"9{uuid4().int % 10**9:09}"
    path = project.snippet("a/b", f"import subprocess\nsubprocess.run(['sleep', '{seconds}'])\n", timeout=600)
    builder = subprocess.Popen(
        [sys.executable, "-m", "live", "run", path],
        cwd=project.root,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)},
    )
    wait_for(lambda: commands_with(f"sleep {seconds}"))
    assert list(folder.iterdir())
    builder.kill()
    builder.wait()
    wait_for(lambda: not list(folder.iterdir()))
    assert not commands_with(f"sleep {seconds}")
