"""Exercises on the synchronisation toolbox."""

from __future__ import annotations

import time

from live.exercising.program import Program, expect
from tests.exercises.stage import Stage


def notified_too_early(program: Program) -> None:
    """Everybody who asks gets the answer: who came before it was set, who comes later, who is woken up too early."""
    got: list[object] = []
    with Stage() as stage:
        answer = program.load().Answer()

        def ask(after: float) -> None:
            time.sleep(after)
            got.append(answer.get())

        def wake() -> None:
            time.sleep(2)
            with answer.changed:
                answer.changed.notify_all()

        def give() -> None:
            time.sleep(3)
            answer.set(42)

        stuck = stage.play(lambda: ask(1), wake, give, lambda: ask(4))
    expect(not stuck, f"it waits for ever, though the answer is there: {stage.stood(stuck, program.file)}")
    expect(got == [42, 42], f"of two who asked, one before and one after the answer was set, they got {got}")


def one_party_too_many(program: Program) -> None:
    """All three parts are mounted, and none of them before all three are ready."""
    said: list[str] = []
    with Stage() as stage:
        module = program.load()
        stuck = stage.play(lambda: said.extend(module.build_all(("wheels", "doors", "engine"))))
    expect(not stuck, f"it never returned: {stage.stood(stuck, program.file)}")
    steps = [line.rpartition(" ")[2] for line in said]
    expect(steps.count("mounted") == 3, f"of three parts {steps.count('mounted')} were mounted: the others still wait")
    expect(steps == ["ready"] * 3 + ["mounted"] * 3, f"the order was: {', '.join(said)}")
