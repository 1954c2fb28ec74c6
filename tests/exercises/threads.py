"""Exercises on threads."""

from __future__ import annotations

import io
from contextlib import redirect_stdout

from live.exercising.program import Program, expect
from tests.exercises.stage import Stage

PAGES = ("one two", "three", "four five six")


def forgotten_join(program: Program) -> None:
    """count_all() returns the sum of all pages, however long their threads take."""
    sums: list[int] = []
    with Stage() as stage:
        module = program.load()
        stuck = stage.play(lambda: sums.append(module.count_all(PAGES)))
    expect(not stuck, f"it never returned: {stage.stood(stuck, program.file)}")
    expect(sums == [6], f"pages of 6 words in all gave {sums[0]}: it did not wait for the threads that count")
    expect(len(stage.slept) >= 3, "the work was left out, instead of being waited for: count() sleeps once a page")
    expect(stage.passed < 0.2, "the pages were counted one after the other, not together")


def daemon_loses_work(program: Program) -> None:
    """Every line that was handed over is saved before the program ends, and it does end."""
    with redirect_stdout(io.StringIO()) as printed, Stage() as stage:
        stuck = stage.play(program.load().main)
    saved = [line for line in printed.getvalue().splitlines() if line.startswith("saved: ")]
    expect(not stuck, f"it never ended: {stage.stood(stuck, program.file)}")
    expect(
        saved == ["saved: one", "saved: two", "saved: three"],
        f"the program ended, and of three lines {len(saved)} were saved",
    )
    expect(len(stage.slept) >= 3, "the work was left out, instead of being waited for: save() sleeps once a line")
