"""`python -m live`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import Project, block

ROOT = Path(__file__).parents[2]


def live(project: Project, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "live", *arguments], cwd=project.root, env=environment, capture_output=True
    )


@pytest.mark.parametrize(
    ("source", "code", "fact"),
    [
        ("", 0, ""),
        ("raise SystemExit(3)", 3, "exit code 3"),
        ("import os; os.kill(os.getpid(), 9)", 137, "killed by SIGKILL"),
        ("while True: pass", 124, "stopped after 5 s"),
    ],
)
def test_run_prints_output_and_facts_and_ends_like_the_program(
    project: Project, source: str, code: int, fact: str
) -> None:
    path = project.snippet(
        "a/b", f"import sys; sys.stdout.buffer.write(b'\\xff out\\n')\n{source}\n", timeout=5 if code == 124 else 120
    )
    done = live(project, "run", path)
    assert done.stdout == b"\xff out\n"
    assert done.returncode == code
    assert fact in done.stderr.decode()
    assert "CPython" in done.stderr.decode() or "PyPy" in done.stderr.decode()


@pytest.mark.parametrize("path", ["snippets/a/nothing.py", "mkdocs.yml", "/etc/passwd"])
def test_a_wrong_path_gets_one_clear_message(project: Project, path: str) -> None:
    done = live(project, "run", path)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert path in done.stderr.decode()


def test_list_shows_duration_state_and_pages(project: Project) -> None:
    kept = project.snippet("a/kept", "print(1)\n")
    edited = project.snippet("a/edited", "print(1)\n")
    project.snippet("b/new", "print(1)\n")
    project.snippet("c/bad", "# /// script\n# [tool.live]\n# x = 1\n# ///\n")
    project.page("zh/p.md", "# T\n\n" + block(kept) + block(edited))
    for path in (kept, edited):
        assert live(project, "run", path).returncode == 0
    project.snippet("a/edited", "print(2)\n")
    rows = [line.split(maxsplit=1) for line in live(project, "list").stdout.decode().splitlines()[1:]]
    states = dict(rows)
    assert states["snippets/a/kept.py"].split(" s  ")[1].split() == ["kept", "docs/zh/p.md:3"]
    assert states["snippets/a/edited.py"].split() == ["out", "of", "date", "docs/zh/p.md:6"]
    assert states["snippets/b/new.py"] == "not run yet"
    assert states["snippets/c/bad.py"] == "cannot be run"
