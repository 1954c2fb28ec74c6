"""Exercises on pools and futures."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from live.exercising.program import Program, broken, expect
from tests.exercises.stage import Stage


def waits_in_its_own_pool(program: Program) -> None:
    """The totals of all shops come, from a pool of any size, and the months are fetched together where it allows."""
    for workers, limit in ((1, 0.4), (2, 0.25)):
        got: list[int] = []
        with Stage() as stage:
            module = program.load()

            def ask(module=module, got=got, workers=workers) -> None:  # type: ignore[no-untyped-def]
                with ThreadPoolExecutor(workers) as pool:
                    try:
                        got.extend(module.totals(pool, [1, 2, 3]))
                    except TimeoutError:
                        broken(f"pool of {workers}: all its threads waited for work that no thread was free to do")

            stuck = stage.play(ask)
        expect(not stuck, f"pool of {workers}: nobody can go on: {stage.stood(stuck, program.file)}")
        kept = got == [203, 403, 603] and stage.slept == [0.05] * 6
        expect(kept, f"pool of {workers}: the totals were {got}, and {len(stage.slept)} of 6 months were fetched")
        expect(stage.passed < limit, f"pool of {workers}: it took {stage.passed:g} s, one month after the other")


def error_nobody_asks_for(program: Program) -> None:
    """upload_all() names the photos whose upload fails, however long that takes, and uploads them all together."""
    got: list[str] = []
    with Stage() as stage:
        module = program.load()

        def upload(photo: str) -> None:
            time.sleep(50)
            if "broken" in photo:
                raise ConnectionError(photo)

        def ask() -> None:
            with ThreadPoolExecutor(4) as pool:
                got.extend(module.upload_all(pool, ["sea", "broken 1", "hill", "broken 2"]))

        module.upload = upload
        stage.play(ask)
    expect(got == ["broken 1", "broken 2"], f"the uploads of two photos failed, and it named {got}")
    expect(stage.passed < 100, "the photos were uploaded one after the other")
