"""The recorder is invisible: each program of the site does what it does when somebody runs its file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from live.recording import Recording
from live.running.run import Runner
from live.snippet import Snippet
from tests.plain_runs import SNIPPETS, masked, plainly

PASSED_ON = {
    "snippets/mpi/c_programs.py",
    "snippets/exercises/synchronisation/one_party_too_many.py",
    "snippets/exercises/synchronisation/one_party_too_many_mended.py",
}
"""Programs that print, in one lane, what several others said, in the order in which it came."""


def has_fixed_order(recording: Recording) -> bool:
    """Whether one lane printed everything, of its own."""
    return recording.snippet not in PASSED_ON and len({piece.lane for piece in recording.output}) <= 1


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
