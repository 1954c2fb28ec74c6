"""Has a program checked: in a process of its own, with a time limit, and nothing of it stays behind."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from live.errors import EngineError
from live.exercising.exercises import Exercise
from live.exercising.program import still_running
from live.running.environment import scratch
from live.running.run import PROCESSES, Runner

PATIENCE = 30.0
"""Seconds after which a whole check is given up; a run in it has less."""
SHOWN = 1 << 14
"""Bytes of output that are kept."""


@dataclass(frozen=True)
class Verdict:
    """What came of a check."""

    promised: str
    """What the exercise promises, in a sentence."""
    came: str
    """What came instead; empty where the promise is kept."""
    lacks: str = ""
    """What is not here that the check needs."""

    @property
    def kept(self) -> bool:
        """Whether the program does what it promises."""
        return not self.came and not self.lacks


def try_it(exercise: Exercise, file: Path, runner: Runner, patience: float = PATIENCE) -> Verdict:
    """Check the program in `file`, which is to be the exercise mended.

    Raises:
        EngineError: The check itself does not work, or `runner` was stopped.
    """
    with scratch() as place:
        answer = place.folder / "answer.json"
        arguments = [exercise.name, str(file.resolve()), str(answer)]
        result = runner.supervise(
            {
                "argv": [sys.executable, "-m", "live.exercising.checking", *arguments],
                "cwd": str(place.work),
                "places": [str(place.folder)],
                "env": {**place.environment, "PYTHONPATH": str(exercise.root.resolve())},
                "timeout": patience,
                "processes": PROCESSES,
                "limit": SHOWN,
                "tail": SHOWN // 2,
            },
            str(exercise),
        )
        said: dict[str, str] = json.loads(answer.read_text(encoding="utf-8")) if answer.exists() else {}
    if not said:
        raise EngineError(f"{exercise}: its check cannot be run:\n{_printed(result)}")
    came = said.get("came", "")
    if not came and not said.get("kept") and not said.get("lacks"):
        came = _cut_off(result, file, patience)
    return Verdict(said["promised"], came, said.get("lacks", ""))


def _cut_off(result: dict[str, Any], file: Path, patience: float) -> str:
    """How it ended before the check could say what it saw."""
    if result["crowded"]:
        return f"it had more than {PROCESSES} processes at once, and was stopped"
    if result["exit_code"] is not None:
        return f"the whole process ended with exit code {result['exit_code']}"
    return still_running(patience, result["traces"].decode("utf-8", "replace"), file.resolve())


def _printed(result: dict[str, Any]) -> str:
    return b"".join(piece[1] for piece in result["pieces"]).decode("utf-8", "replace").strip()
