"""Exercises on deadlocks."""

from __future__ import annotations

import time

from live.exercising.program import Program, expect
from tests.exercises.stage import Stage


def never_released(program: Program) -> None:
    """Who asks for too many seats is refused, whoever comes later is served, and no seat is booked twice."""
    got: dict[int, bool] = {}
    with Stage() as stage:
        seats = program.load().Seats(3)

        def book(after: float, wanted: int) -> None:
            time.sleep(after)
            got[wanted] = seats.book(wanted)

        stuck = stage.play(lambda: book(0.5, 4), lambda: book(1, 3), lambda: book(1.01, 2))
    expect(not stuck, f"somebody waits for ever: {stage.stood(stuck, program.file)}")
    booked = [wanted for wanted in got if got[wanted]]
    expect(booked == [3] and seats.free == 0, f"of 3 seats, {booked} were booked, and {seats.free} are free")
    expect(0.05 in stage.slept, "the sleep is the work, not the mistake: it was taken out")


def join_with_the_lock(program: Program) -> None:
    """close() returns as soon as the thread of the clock has ended, and the thread ends within a tick."""
    with Stage() as stage:
        module = program.load()
        answers: list[object] = []
        took: list[float] = []

        def use() -> None:
            clock = module.Clock()
            time.sleep(0.12)
            begun = stage.now
            answers.append(clock.close())
            took.append(stage.now - begun)

        stuck = stage.play(use)
    expect(not stuck, f"close() never returned: {stage.stood(stuck, program.file)}")
    expect(took[0] < 0.1, f"close() took {took[0]:g} s, in which the thread of the clock waited for the lock")
    expect(answers == [True], "close() returned before the thread of the clock had ended")
