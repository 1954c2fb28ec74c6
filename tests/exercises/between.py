"""Exercises on what is between processes."""

from __future__ import annotations

from shutil import which

from live.exercising.program import CannotCheck, Program, expect


def never_collected(program: Program) -> None:
    """The order is packed by a child process, and nothing of the child is left afterwards."""
    if not which("ps"):
        raise CannotCheck("ps is not here")
    ran = program.run()
    expect(ran.lines == ["packed: order 7", "state of the child: gone"], f"it said: {ran.last}; Z is that of a zombie")


def never_unlinked(program: Program) -> None:
    """The child adds up the numbers in the block, and afterwards there is no block, and nothing to be cleaned up."""
    ran = program.run()
    said, complaints = ran.lines[:2], ran.lines[2:]
    kept = said == ["the child added up 100 numbers: 4950", "the block is left: False"]
    expect(kept, f"it said: {', '.join(said)}")
    expect(not complaints, f"the resource tracker had to clean up: {complaints[-1:]}")
