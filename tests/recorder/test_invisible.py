"""The recorder is invisible: each program of the site does what it does when somebody runs its file."""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from live.recording import Recording
from live.running.means import means
from live.running.run import Runner
from live.snippet import Snippet
from live.traces import as_dumped

ROOT = Path(__file__).parents[2]
SNIPPETS = [Snippet.load(ROOT, file.relative_to(ROOT).as_posix()) for file in sorted((ROOT / "snippets").rglob("*.py"))]
NUMBERS = re.compile(r"0x[0-9a-f]+|\d+(?:\.\d+)?")
"""Times, addresses, process ids, ports: different in every run."""

LUCK = {
    "snippets/locks/fairness.py": re.compile(r"[ab]{3,}"),
    "snippets/synchronisation/barrier_rounds.py": re.compile(r"[ABC](?=: all here)"),
    "snippets/exercises/between/never_collected.py": re.compile(r"(?<=child: )\w+"),
    "snippets/exercises/aio/deaf_to_cancellation.py": re.compile(r"ConnectionError\(N\)|CancelledError\(\)"),
    "snippets/exercises/combined/one_at_a_time.py": re.compile("True|False"),
    "snippets/exercises/combined/one_at_a_time_mended.py": re.compile("True|False"),
}
"""What no two runs of a program have in common besides numbers: who gets the lock, thirty times; and, by tenths of a
second on a slow machine, who comes last to a meeting, whether a child that nobody waits for has ended, which attempt a
deadline comes in, whether one process began before another had ended."""
PASSED_ON = {
    "snippets/mpi/c_programs.py",
    "snippets/exercises/synchronisation/one_party_too_many.py",
    "snippets/exercises/synchronisation/one_party_too_many_mended.py",
}
"""Programs that print, in one lane, what several others said, in the order in which it came."""


def masked(text: str, path: str) -> str:
    """What the program at that path printed, without what no two runs have in common."""
    text = NUMBERS.sub("N", text)
    return LUCK[path].sub("L", text) if path in LUCK else text


def has_fixed_order(recording: Recording) -> bool:
    """Whether one lane printed everything, of its own."""
    return recording.snippet not in PASSED_ON and len({piece.lane for piece in recording.output}) <= 1


def plainly(snippet: Snippet, folder: Path, **environment: str) -> tuple[int, str]:
    """Exit code and output of `python snippets/….py`, without any of the engine, but with paths as it shows them.

    `environment` is added to this process's own.
    """
    python = means(snippet).python
    done = subprocess.run(
        [python.executable, snippet.file],
        cwd=folder,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},  # buffered, stderr comes out of order
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
    )
    text, library = done.stdout.decode("utf-8", "surrogateescape"), Path(python.library)
    for written in (str, lambda path: as_dumped(str(path))):
        text = text.replace(f"{written(ROOT)}/", "")
        text = text.replace(f"{written(library)}/", f"{library.parent.name}/{library.name}/")
    return done.returncode, text


@pytest.mark.parametrize("snippet", SNIPPETS, ids=str)
def test_a_program_prints_and_ends_the_same_on_its_page_and_with_plain_python(
    snippet: Snippet, recording: Callable[[str], Recording], tmp_path: Path
) -> None:
    recorded = recording(snippet.path.removeprefix("snippets/").removesuffix(".py"))
    if snippet.options.measure:  # what the page shows is a plain run already, and another one would take both cores
        assert recorded.lanes == () and recorded.events == ()
        assert recorded.text
        return
    assert recorded.lanes and not recorded.gaps
    exit_code, text = plainly(snippet, tmp_path)
    assert exit_code == recorded.exit_code, text
    assert text
    again = partial(plainly, snippet, tmp_path)
    if snippet.options.launch:  # started by hand it is alone; that it works is all that can be said
        again = partial(barely, snippet)
        exit_code, text = again()
        assert exit_code == recorded.exit_code, text
    # A machine that stands still for a moment may let somebody go first who never does: then another run says so too.
    others = (again()[1] for _ in range(3))
    same = any(says_the_same(recorded, masked(one, snippet.path)) for one in (text, *others))
    assert same, f"on the page:\n{recorded.text}\nplainly:\n{text}"


def says_the_same(recorded: Recording, plain: str) -> bool:
    """Whether the program printed that on the page as well."""
    text = masked(recorded.text, recorded.snippet)
    if has_fixed_order(recorded):
        return text == plain
    # Lines of several lanes may be torn, and torn elsewhere the next time: the same characters all the same.
    return Counter(text) == Counter(plain)


def barely(snippet: Snippet) -> tuple[int | None, str]:
    """Exit code and output of a run as on the page, but without the recorder."""
    runner = Runner()
    try:
        bare = runner.run(snippet, bare=True)
    finally:
        runner.stop()
    assert not bare.lanes
    return bare.exit_code, bare.text
