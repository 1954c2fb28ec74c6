"""The engine's own threads, in orders that never come by themselves: no run is lost or doubled, and nothing gets stuck.

A thousand rounds. One that fails prints its seed, and is played again with `LIVE_TESTS_SEED=<seed> make faults
ARGS="-k schedules"`. The seed decides who is held up, where and for how long; what comes of that is up to the system as
well, so a round may have to be played more than once.
"""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from live.keeping.store import Store
from live.running import run
from tests.faults.fakes import BREAKS, FAILS, FakeSupervisor
from tests.faults.schedules import INTERVAL, Round
from tests.project import Project

SEED = "LIVE_TESTS_SEED"
"""Environment variable: play the round of that seed only, as often as all others together."""
BLOCKS, ROUNDS = 10, 100
MEASURE = "# /// script\n# [tool.live]\n# measure = true\n# ///\n"


def seeds(block: int) -> list[int]:
    if given := os.environ.get(SEED):
        return [int(given)] * ROUNDS
    return list(range(block * ROUNDS, (block + 1) * ROUNDS))


@pytest.mark.parametrize("block", range(BLOCKS))
def test_no_run_is_lost_or_doubled_whoever_is_held_up(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    paths = [project.snippet(f"a/s{number}", f"print({number})\n") for number in range(4)]
    paths += [project.snippet(f"a/m{number}", f"{MEASURE}print({number})\n") for number in range(2)]
    paths += [
        project.snippet(Path(path).relative_to("snippets").with_suffix("").as_posix(), "") for path in (FAILS, BREAKS)
    ]
    monkeypatch.setattr("live.batch.SWITCH_INTERVAL", INTERVAL)
    monkeypatch.setattr("live.batch.USUAL_INTERVAL", INTERVAL)
    for place, seed in enumerate(seeds(block)):
        chance = Random(seed)
        played = Round(project.root, paths, Store(tmp_path / f"store-{place}"), chance, stopped=seed % 5 == 0)

        def supervisor(played: Round = played) -> FakeSupervisor:
            made = FakeSupervisor(played.chance)
            played.supervisors.append(made)
            return made

        monkeypatch.setattr(run, "Supervisor", supervisor)
        try:
            played.play()
        except BaseException as error:
            raise AssertionError(f"the round of seed {seed} failed: {error!r}") from error
