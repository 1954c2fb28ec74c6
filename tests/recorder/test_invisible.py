"""The recorder is invisible: each program of the site does what it does when somebody runs its file."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from live.recording import Recording
from live.running.means import means
from live.running.run import Runner
from live.snippet import Snippet

ROOT = Path(__file__).parents[2]
SNIPPETS = [Snippet.load(ROOT, file.relative_to(ROOT).as_posix()) for file in sorted((ROOT / "snippets").rglob("*.py"))]
NUMBERS = re.compile(r"0x[0-9a-f]+|\d+(?:\.\d+)?")
"""Times, addresses, process ids, ports: different in every run."""

LUCK = {
    "snippets/locks/fairness.py": re.compile(r"[ab]{3,}"),
    "snippets/synchronisation/barrier_rounds.py": re.compile(r"[ABC](?=: all here)"),
}
"""What no two runs of a program have in common besides numbers: who gets the lock, thirty times; who comes last to a
meeting, on a slow machine."""
PASSED_ON = {"snippets/mpi/c_programs.py"}
"""Programs that print what several processes without Python printed, in the order in which it came."""
RACES = "snippets/exercises/"
"""Programs that are about who comes first, by tenths of a second: what comes of that is up to the machine. Their checks
in tests/exercises/ play them in an order of their own."""


def masked(text: str, path: str) -> str:
    """What the program at that path printed, without what no two runs have in common."""
    text = NUMBERS.sub("N", text)
    return LUCK[path].sub("L", text) if path in LUCK else text


def has_fixed_order(recording: Recording) -> bool:
    """Whether one lane printed everything, of its own."""
    return recording.snippet not in PASSED_ON and len({piece.lane for piece in recording.output}) <= 1


def plainly(snippet: Snippet, folder: Path) -> tuple[int, str]:
    """Exit code and output of `python snippets/….py`, without any of the engine, but with paths as it shows them."""
    python = means(snippet).python
    done = subprocess.run(
        [python.executable, snippet.file],
        cwd=folder,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},  # else what goes to stderr comes out of order
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
    )
    library = Path(python.library)
    text = done.stdout.decode("utf-8", "surrogateescape").replace(f"{ROOT}/", "")
    return done.returncode, text.replace(f"{library}/", f"{library.parent.name}/{library.name}/")


@pytest.mark.parametrize("snippet", SNIPPETS, ids=str)
def test_a_program_prints_and_ends_the_same_on_its_page_and_with_plain_python(
    snippet: Snippet, recording: Callable[[str], Recording], tmp_path: Path
) -> None:
    recorded = recording(snippet.path.removeprefix("snippets/").removesuffix(".py"))
    exit_code, text = plainly(snippet, tmp_path)
    assert exit_code == recorded.exit_code, text
    assert text
    if snippet.options.measure:
        assert recorded.lanes == () and recorded.events == ()
        return
    assert recorded.lanes and not recorded.gaps
    if snippet.options.launch:  # started by hand it is alone; that it works is all that can be said
        exit_code, text = barely(snippet)
        assert exit_code == recorded.exit_code, text
    if snippet.path.startswith(RACES):
        return
    before, after = masked(text, snippet.path), masked(recorded.text, snippet.path)
    if has_fixed_order(recorded):
        assert after == before
    elif Counter(after.splitlines()) != Counter(before.splitlines()):
        # Lines of several lanes may be torn, and torn elsewhere the next time: the same characters all the same.
        assert Counter(after) == Counter(before)


def barely(snippet: Snippet) -> tuple[int | None, str]:
    """Exit code and output of a run as on the page, but without the recorder."""
    runner = Runner()
    try:
        bare = runner.run(snippet, bare=True)
    finally:
        runner.stop()
    assert not bare.lanes
    return bare.exit_code, bare.text
