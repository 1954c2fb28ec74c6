"""Exercises on events."""

from __future__ import annotations

import threading
import time

from live.exercising.program import Program, expect
from tests.exercises.stage import Stage


def clear_too_late(program: Program) -> None:
    """Every job is done, also one that comes while the worker is busy, and the worker waits without asking."""
    done: list[str] = []
    jobs: list[str] = []
    with Stage() as stage:
        module = program.load()
        ready = threading.Event()

        def send_later() -> None:
            time.sleep(20)
            module.send(ready, jobs)

        stuck = stage.play(lambda: module.work(ready, jobs, done), send_later)
    expect(not stuck, f"it waits for ever, though there is {jobs} to be done: {stage.stood(stuck, program.file)}")
    expect(done == ["first", "last"], f"done: {done}, left: {jobs}")
    expect(0.6 in stage.slept, "the sleeps are the work, not the mistake: they were taken out")
    expect(len(stage.slept) <= 50, f"it slept {len(stage.slept)} times: asking again and again is no waiting")


def set_too_early(program: Program) -> None:
    """Who waits for the event finds the settings, however long they take to load."""
    settings: dict[str, int] = {}
    said: list[str] = []
    with Stage() as stage:
        module = program.load()
        loaded = threading.Event()
        stuck = stage.play(lambda: module.load(settings, loaded), lambda: said.append(module.serve(settings, loaded)))
    expect(not stuck, f"it waits for ever: {stage.stood(stuck, program.file)}")
    expect(said == ["serving at port 8000"], f"the server was told to go on, and said: {said[0]}")
    expect(bool(stage.slept), "the sleep is the work, not the mistake: loading takes 0.3 seconds")
