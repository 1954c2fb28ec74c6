"""Checks one program, in a process of its own: `python -m live.exercising.checking locks/two_withdrawals FILE ANSWER`.

The check is the function of that name in tests/exercises/locks.py. Its first line says what the program promises. A
broken program may well hang or pull the whole process down with it, so the answer goes into the file ANSWER at once.
"""

from __future__ import annotations

import inspect
import json
import os
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from live.exercising.program import BrokenPromise, CannotCheck, Program


def main(name: str, file: str, answer: str) -> None:
    """Check the program and end the process, whatever threads the program has left."""
    chapter, _, function = name.partition("/")
    check: Callable[[Program], None] = getattr(import_module(f"tests.exercises.{chapter}"), function)
    said = {"promised": " ".join((inspect.getdoc(check) or "").partition("\n\n")[0].split())}
    Path(answer).write_text(json.dumps(said), encoding="utf-8")
    said |= _outcome(check, Path(file))
    Path(answer).write_text(json.dumps(said), encoding="utf-8")
    sys.stdout.flush()
    os._exit(0)


def _outcome(check: Callable[[Program], None], file: Path) -> dict[str, str]:
    try:
        check(Program(file))
    except BrokenPromise as came:
        return {"came": str(came)}
    except CannotCheck as reason:
        return {"lacks": str(reason)}
    except BaseException as error:  # whatever the program raised, SystemExit too
        return {"came": _told(error, file)}
    return {"kept": "yes"}


def _told(error: BaseException, file: Path) -> str:
    """The error in one line, with the last line of the program that it went through."""
    told = traceback.TracebackException.from_exception(error)
    told.__notes__ = None  # which would come last
    text = "".join(told.format_exception_only()).strip().splitlines()[-1]
    if isinstance(error, SyntaxError):
        return f"{text}, line {error.lineno}"
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return f"{text}, in line {frames[-1].lineno}: {frames[-1].line}" if frames else text


if __name__ == "__main__":
    main(*sys.argv[1:])
