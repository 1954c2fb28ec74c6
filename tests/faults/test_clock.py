"""A clock on the wall that is wrong, or is set while something goes on.

| What happens                            | Guard that the row misses                                             |
|-----------------------------------------|-----------------------------------------------------------------------|
| it jumps while programs run             | the monotonic clock in `supervisor` and in `live_recorder`            |
| it was ahead when recordings were kept  | `Store._forget_old`, which never removes what was just put            |
| the same, and more are put              | `files.age`, which lets what is from the future count from now on     |
| the same, for pieces of pages           | the same                                                              |
| it jumps ahead while something is kept  | `files.remove_abandoned`, which asks locks and no clock               |
"""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from live.keeping import files
from live.keeping.store import KEPT, SUFFIX, Store
from live.rendering.kept import Kept
from tests.engine.test_keeping import RECORDING
from tests.faults.steps import CC, NEEDS_STEPS
from tests.project import Project, run

YEAR = 365 * 24 * 3600.0
PATH = RECORDING.snippet

LOOKS_AND_WAITS = """
    import threading, time
    looks = [time.time() for _ in range(4)]
    assert sorted(looks) != looks and max(looks) - min(looks) > 80_000, "the clock does not jump"
    both = threading.Barrier(2)

    def work():
        both.wait(timeout=60)
        time.sleep(0.05)
        print("worked")

    thread = threading.Thread(target=work)
    thread.start()
    both.wait(timeout=60)
    thread.join(timeout=60)
    print("joined")
    """


@NEEDS_STEPS
def test_no_time_of_a_run_is_taken_from_a_clock_that_jumps(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    library = project.root.parent / "clock.so"
    source = Path(__file__).with_name("clock.c")
    subprocess.run([str(CC), "-shared", "-fPIC", "-O1", "-o", str(library), str(source)], check=True)
    from live.running import environment

    monkeypatch.setattr(environment, "PASSED_ON", (*environment.PASSED_ON, "LD_PRELOAD"))  # to supervisors as well
    monkeypatch.setenv("LD_PRELOAD", str(library))
    recorded = run(project, LOOKS_AND_WAITS, timeout=60)
    assert recorded.exit_code == 0, recorded.text
    assert recorded.lines == ["worked", "joined"]
    assert 50_000_000 <= recorded.duration < 60_000_000_000
    assert [lane.kind for lane in recorded.lanes] == ["process", "thread"]
    times = [piece.at for piece in recorded.output]
    assert times == sorted(times)
    times += [event.at for event in recorded.events]
    times += [at for lane in recorded.lanes for at in (lane.start, lane.end) if at is not None]
    assert all(0 <= at <= recorded.duration + 60_000_000_000 for at in times)


def keys(store: Store) -> set[int]:
    return {int(file.stem) for file in store.folder.rglob(f"*{SUFFIX}")}


def full_of_the_future(folder: Path) -> Store:
    """A store that was filled while the clock was years ahead."""
    store = Store(folder)
    for number in range(KEPT):
        store.put(replace(RECORDING, key=f"{number:032}"))
    for file in folder.rglob(f"*{SUFFIX}"):
        os.utime(file, (time.time() + 10 * YEAR + int(file.stem),) * 2)
    return store


def test_a_recording_is_not_forgotten_at_once_because_others_are_from_the_future(tmp_path: Path) -> None:
    store = full_of_the_future(tmp_path)
    for number in (100, 101, 102):
        store.put(replace(RECORDING, key=f"{number:032}"))
        assert number in keys(store)
        assert len(keys(store)) == KEPT


def test_what_is_from_the_future_does_not_stay_the_newest(tmp_path: Path) -> None:
    store = full_of_the_future(tmp_path)
    for number in range(100, 100 + KEPT):
        store.put(replace(RECORDING, key=f"{number:032}"))
    assert keys(store) == set(range(100, 100 + KEPT))


def test_pieces_of_pages_from_the_future_are_forgotten_after_their_time_too(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.text(RECORDING, "nobody asks for it any more", lambda: "old")
    (file,) = tmp_path.rglob("*.txt")
    os.utime(file, (time.time() + 10 * YEAR,) * 2)
    kept.text(RECORDING, "zh", lambda: "new")
    assert file.stat().st_mtime < time.time() + YEAR, "it counts from now on"


@pytest.mark.parametrize("jump", [10 * YEAR, -10 * YEAR])
def test_nobody_takes_what_is_being_written_for_abandoned_when_the_clock_jumps(
    jump: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced, now = Path.replace, time.time

    def jumps_first(self: Path, target: Path) -> Path:
        monkeypatch.setattr(time, "time", lambda: now() + jump)
        files.remove_abandoned(tmp_path / files.UNFINISHED)  # as another build does right now
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", jumps_first)
    store = Store(tmp_path)
    store.put(RECORDING)
    assert store.get(PATH, RECORDING.key) == RECORDING
