"""The command line behind `make exercise`: checks an exercise whenever it is saved, or lists them all."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from live.errors import LiveError
from live.exercising.exercises import COPIES, Exercise, exercises, find
from live.exercising.trying import Verdict, try_it
from live.exercising.watching import Watch
from live.running.run import Runner
from live.signals import ending_in_order

AT_ONCE = 4
"""How many are checked side by side for the list."""
NOT_DONE = "not done"
Check = Callable[[Exercise], Future[Verdict]]
"""Has the reader's copy checked."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 when mended, 1 when not, 2 for bad input, 130 after Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m live.exercising", description=__doc__)
    parser.add_argument("name", nargs="?", default="", help="for example locks/two_withdrawals; all are listed without")
    parser.add_argument("--once", action="store_true", help="check once and end, instead of waiting for the next save")
    options = parser.parse_args(arguments)
    root = Path.cwd()
    try:
        with ending_in_order(), _checker() as check:
            if not options.name:
                return list_all(exercises(root), check)
            return mend(find(root, options.name), check, once=options.once)
    except LiveError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


@contextmanager
def _checker() -> Iterator[Check]:
    """What has copies checked in threads; at the end, however it comes, their processes end first."""
    runner = Runner()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            yield lambda exercise: pool.submit(try_it, exercise, exercise.copy, runner)
        finally:
            # Then each thread comes back from its check, and has waited for the processes that did it.
            runner.stop()


def mend(exercise: Exercise, check: Check, *, once: bool) -> int:
    """Check the reader's copy now and after each save, until the promise is kept."""
    place = exercise.copy.relative_to(exercise.root)
    if exercise.begin():
        say(f"{place} is your copy of the program: mend it there. To begin anew, delete it.")
    with Watch(exercise.copy) as watch:
        while True:
            watch.read()
            verdict = check(exercise).result()
            say(report(exercise, verdict))
            if verdict.lacks:
                return 2
            if verdict.kept:
                return 0
            if once:
                return 1
            say(f"Waiting for {place} to be saved. Ctrl-C ends this.")
            watch.wait()


def report(exercise: Exercise, verdict: Verdict) -> str:
    """What came of a check, for a terminal."""
    if verdict.lacks:
        return f"\n{exercise}: cannot be checked here: {verdict.lacks}"
    lines = [f"\n{exercise}: {'mended' if verdict.kept else 'not yet'}", f"  promised  {verdict.promised}"]
    lines.append("  came      just that" if verdict.kept else f"  came      {verdict.came}")
    if verdict.kept:
        lines.append(_afterwards(exercise))
    return "\n".join(lines)


def list_all(known: Sequence[Exercise], check: Check) -> int:
    """All exercises, in order, and which of them are done; those that were begun are checked for that."""
    checks = {exercise: check(exercise) for exercise in known if exercise.copy.exists()}
    width = max((len(exercise.name) for exercise in known), default=0)
    for exercise in known:
        state = _state(exercise, checks[exercise].result()) if exercise in checks else NOT_DONE
        say(f"{exercise.name:<{width}}  {state}")
    say("Begin or go on with one: make exercise NAME")
    return 0


def _state(exercise: Exercise, verdict: Verdict) -> str:
    if verdict.lacks:
        return f"cannot be checked here: {verdict.lacks}"
    return "done" if verdict.kept else f"{NOT_DONE}, begun in {COPIES}/{exercise}.py"


def _afterwards(exercise: Exercise) -> str:
    """What to do next: the exercise behind this one that nobody has begun, or the list."""
    known = exercises(exercise.root)
    position = known.index(exercise)
    for other in (*known[position + 1 :], *known[:position]):
        if not other.copy.exists():
            return f"Next: make exercise {other}"
    return "That was the last one that was not begun. make exercise lists them all."


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
