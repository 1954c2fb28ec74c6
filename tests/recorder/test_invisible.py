"""The recorder is invisible: each program of the site does the same with it and without it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from live.recording import Recording
from live.running.run import Runner
from live.snippet import Snippet
from tests.conftest import able

ROOT = Path(__file__).parents[2]
SNIPPETS = [Snippet.load(ROOT, file.relative_to(ROOT).as_posix()) for file in sorted((ROOT / "snippets").rglob("*.py"))]
RECORDED = [snippet for snippet in SNIPPETS if not snippet.options.measure]
NUMBERS = re.compile(r"0x[0-9a-f]+|\d+(?:\.\d+)?")
"""Times, addresses, process ids, ports: different in every run."""

LUCK = {"snippets/locks/fairness.py": re.compile(r"[ab]{3,}")}
"""What no two runs of a program have in common besides numbers: who gets the lock, thirty times."""
PASSED_ON = {"snippets/mpi/c_programs.py"}
"""Programs that print what several processes without Python printed, in the order in which it came."""


def masked(recording: Recording) -> str:
    """What was printed, without what no two runs have in common."""
    text = NUMBERS.sub("N", recording.text)
    return LUCK[recording.snippet].sub("L", text) if recording.snippet in LUCK else text


def has_fixed_order(recording: Recording) -> bool:
    """Whether one lane printed everything, of its own."""
    return recording.snippet not in PASSED_ON and len({piece.lane for piece in recording.output}) <= 1


@pytest.mark.parametrize("snippet", RECORDED, ids=str)
def test_a_program_prints_and_ends_the_same_with_and_without_the_recorder(
    snippet: Snippet, recording: Callable[[str], Recording]
) -> None:
    recorded = recording(snippet.path.removeprefix("snippets/").removesuffix(".py"))
    runner = Runner()
    try:
        bare = runner.run(snippet, bare=True)
    finally:
        runner.stop()
    assert recorded.exit_code == bare.exit_code, recorded.text
    assert recorded.lanes and not bare.lanes and not recorded.gaps
    before, after = masked(bare), masked(recorded)
    if has_fixed_order(recorded):
        assert after == before
    elif Counter(after.splitlines()) != Counter(before.splitlines()):
        # Lines of several lanes may be torn, and torn elsewhere the next time: the same characters all the same.
        assert Counter(after) == Counter(before)


@pytest.mark.parametrize("snippet", [snippet for snippet in SNIPPETS if snippet.options.measure], ids=str)
def test_a_program_that_measures_is_not_recorded(snippet: Snippet) -> None:
    able(snippet.path.removeprefix("snippets/").removesuffix(".py"))
    runner = Runner()
    try:
        recording = runner.run(snippet)
    finally:
        runner.stop()
    assert recording.exit_code == 0
    assert recording.lanes == () and recording.events == ()
