"""Exercises on what is between processes."""

from __future__ import annotations

from shutil import which

from live.exercising.program import CannotCheck, Program, expect


def never_collected(program: Program) -> None:
    """The order is packed by a child process, and nothing of the child is left afterwards."""
    if not which("ps"):
        raise CannotCheck("ps is not here")
    ran = program.run()
    expect(ran.exit_code == 0, f"exit code {ran.exit_code}: {ran.last}")
    expect("packed: order 7" in ran.lines, f"it said: {ran.last}")
    expect(ran.last == "state of the child: gone", f"{ran.last}, which is not gone: Z is that of a zombie")


def never_unlinked(program: Program) -> None:
    """The child adds up the numbers in the block, and afterwards there is no block, and nothing to be cleaned up."""
    ran = program.run()
    expect(ran.exit_code == 0, f"exit code {ran.exit_code}: {ran.last}")
    expect("the child added up 100 numbers: 4950" in ran.lines, f"it said: {ran.last}")
    expect("the block is left: False" in ran.lines, "anybody who knows its name still finds the block")
    expect("resource_tracker" not in ran.output, f"the resource tracker had to say: {ran.lines[-2]}")
