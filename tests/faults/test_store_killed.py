"""What is kept, when its writer is killed or the disk is full at any single step.

| What breaks                          | Guard that the row misses                                             |
|--------------------------------------|-----------------------------------------------------------------------|
| killed at each step of a put         | `files.write`: another file, then a rename; `files.remove_abandoned`  |
| killed at each step of an engine run | the same, and `Store.put` being called by one that ends as expected   |
| killed at each step of keeping HTML  | the same                                                              |
| disk full from each step on          | `files._unfinished`, which removes what it could not finish           |
| writer not yet locked, others tidy   | `files._begin`, which looks whether its file is still there           |
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from shutil import rmtree

import pytest

from live.engine import Engine
from live.keeping import files
from live.keeping.store import KEPT, SUFFIX, Store
from live.recording import Recording
from live.rendering.kept import Kept
from tests.engine.test_keeping import RECORDING
from tests.faults.instant import Instant
from tests.faults.steps import FULL, KILLED, NEEDS_STEPS, each_step, with_steps
from tests.project import Project

PATH, KEY = RECORDING.snippet, RECORDING.key
NEW = replace(RECORDING, duration=RECORDING.duration + 1)


def check_whole(store: Store) -> None:
    """No file of the store is half a recording, whoever may look for it."""
    for file in store.folder.rglob(f"*{SUFFIX}"):
        assert store.get(PATH, file.stem), file


def unfinished(folder: Path) -> list[Path]:
    return list((folder / files.UNFINISHED).iterdir())


def about_to_forget(folder: Path) -> Store:
    """A store that has one recording too many, as if its last writer had been killed before it removed that."""
    store = Store(folder)
    rmtree(folder, ignore_errors=True)
    for number in range(1, KEPT + 1):
        store.put(replace(RECORDING, key=f"{number:032}"))
    (first,) = folder.rglob(f"{1:032}{SUFFIX}")
    before = first.read_bytes()
    store.put(RECORDING)
    first.write_bytes(before)
    for file in folder.rglob(f"*{SUFFIX}"):
        os.utime(file, (int(file.stem), int(file.stem)))
    return store


def put_and_be_killed(folder: Path) -> None:
    def prepare() -> None:
        nonlocal store
        store = about_to_forget(folder)

    store = Store(folder)
    seen = set()
    for step in each_step(KILLED, prepare, lambda: store.put(NEW)):
        check_whole(store)
        seen.add(store.get(PATH, KEY))
        store.put(NEW)
        assert store.get(PATH, KEY) == NEW, step
        assert not unfinished(folder), step
        assert len(list(folder.rglob(f"*{SUFFIX}"))) == KEPT, step
    assert seen == {RECORDING, NEW}, "first it is the old one, then the new one"


@NEEDS_STEPS
def test_a_writer_that_is_killed_at_any_step_leaves_the_old_recording_or_the_new_one(tmp_path: Path) -> None:
    with_steps(put_and_be_killed, tmp_path / "store")


def run_and_be_killed(folder: Path) -> None:
    project = Project.create(folder / "project")
    paths = [project.snippet(f"a/{name}", "print(1)\n") for name in "xy"]
    store = Store(folder / "store")
    wanted = dict.fromkeys(paths, (0,))

    def record() -> dict[str, Recording]:
        recorded = Engine(project.root, store, Instant(), workers=1).record(wanted)
        for recording in recorded.values():
            assert isinstance(recording, Recording)
            assert Kept(store.folder).text(recording, "zh", lambda: "<p>并发</p>") == "<p>并发</p>"
        return recorded

    for step in each_step(KILLED, lambda: rmtree(store.folder, ignore_errors=True), record):
        left = unfinished(store.folder) if (store.folder / files.UNFINISHED).is_dir() else []
        recorded = record()
        assert not set(left) & set(unfinished(store.folder)), step
        for path, recording in recorded.items():
            assert store.get(path, recording.key) == recording, step


@NEEDS_STEPS
def test_a_run_that_is_killed_at_any_step_leaves_a_store_that_the_next_one_completes(tmp_path: Path) -> None:
    with_steps(run_and_be_killed, tmp_path / "run")


def keep_and_be_killed(folder: Path) -> None:
    kept = Kept(folder)
    text = "<p>并发</p>\n" * 500
    for step in each_step(
        KILLED, lambda: rmtree(folder, ignore_errors=True), lambda: kept.text(RECORDING, "zh", lambda: text)
    ):
        assert kept.text(RECORDING, "zh", lambda: text) == text, step
        assert kept.text(RECORDING, "zh", lambda: "made again") == text, step
        assert not unfinished(folder), step


@NEEDS_STEPS
def test_half_a_piece_of_a_page_is_never_taken_for_the_whole(tmp_path: Path) -> None:
    with_steps(keep_and_be_killed, tmp_path / "kept")


def put_on_a_full_disk(folder: Path) -> None:
    def prepare() -> None:
        nonlocal store
        store = about_to_forget(folder)

    def put() -> None:
        with suppress(OSError):
            store.put(NEW)

    store = Store(folder)
    for step in each_step(FULL, prepare, put):
        assert not unfinished(folder), step
        check_whole(store)
        assert store.get(PATH, KEY) in (RECORDING, NEW), step
        store.put(NEW)
        assert store.get(PATH, KEY) == NEW, step


@NEEDS_STEPS
def test_a_disk_that_is_full_from_any_step_on_leaves_the_old_recording_and_no_rest(tmp_path: Path) -> None:
    with_steps(put_on_a_full_disk, tmp_path / "store")


def test_a_writer_that_is_taken_for_dead_before_it_has_its_lock_begins_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, tidied = fcntl.flock, []

    def tidied_first(opened: int, operation: int) -> None:
        if not tidied:
            tidied.append(True)
            files.remove_abandoned(tmp_path / files.UNFINISHED)
        lock(opened, operation)

    monkeypatch.setattr(fcntl, "flock", tidied_first)
    Store(tmp_path).put(RECORDING)
    assert Store(tmp_path).get(PATH, KEY) == RECORDING
    assert tidied and not unfinished(tmp_path)


def test_nothing_is_taken_for_abandoned_while_its_writer_lives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replaced = Path.replace

    def tidied_first(self: Path, target: Path) -> Path:
        files.remove_abandoned(tmp_path / files.UNFINISHED)
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", tidied_first)
    Store(tmp_path).put(RECORDING)
    assert Store(tmp_path).get(PATH, KEY) == RECORDING
