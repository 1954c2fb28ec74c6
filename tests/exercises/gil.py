"""Exercises on what the GIL does not do for a program."""

from __future__ import annotations

import time

from live.exercising.program import Program, expect
from tests.exercises.stage import Stage


def loaded_twice(program: Program) -> None:
    """A page that two want at the same time is loaded once, and both get its content."""
    loaded: list[str] = []
    got: list[str] = []
    with Stage() as stage:
        module = program.load()
        cache = module.Cache()

        def load(page: str) -> str:
            loaded.append(page)
            time.sleep(5)
            return f"content of {page}"

        module.load = load
        stage.play(*[lambda: got.append(cache.get("index"))] * 2)
    kept = loaded == ["index"] and got == ["content of index"] * 2
    expect(kept, f"the page was loaded {len(loaded)} times, and the two got {got}")


def changed_while_iterating(program: Program) -> None:
    """The report has every price that was there when it began, though another is added meanwhile."""
    prices = {"bread": 2, "milk": 1, "jam": 4}
    got: list[str] = []
    with Stage() as stage:
        module = program.load()

        def report() -> None:
            try:
                got.extend(module.report(prices))
            except RuntimeError as error:
                got.append(f"RuntimeError: {error}")

        stage.play(report, lambda: module.add_later(prices))
    kept = set(got) >= {"bread: 2", "milk: 1", "jam: 4"} and "tea" in prices
    expect(kept, f"the report was: {', '.join(got)}; the prices are now {prices}")
    expect(stage.slept.count(0.3) >= 3, "the sleeps are the work, not the mistake: they were taken out")
