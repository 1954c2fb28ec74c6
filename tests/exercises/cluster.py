"""Exercises on more than one machine, checked without them."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from importlib.util import find_spec
from typing import Any

from live.exercising.program import CannotCheck, Program, broken, expect
from tests.exercises.mpi import on_each_rank

LINES = ["the harbour sleeps", "a lamp is lit on the pier"]


def same_darts(program: Program) -> None:
    """Each rank throws a hundred darts of its own, and in the next run the same ones."""
    thrown, again = (on_each_rank(program, 3, lambda module, comm: module.throw(comm)) for _ in range(2))
    numbers = [len(darts) for darts in thrown]
    different = len({dart for darts in thrown for dart in darts})
    kept = numbers == [100] * 3 and different == 300
    expect(kept, f"three ranks threw {numbers} darts, of which {different} are different ones")
    expect(thrown == again, "the next run throws other darts: nobody can check the result")


def lock_cannot_travel(program: Program) -> None:
    """Each line is sent to be counted, and the sum comes."""
    if not find_spec("cloudpickle"):
        raise CannotCheck("cloudpickle is not here")
    import cloudpickle

    module = program.load()
    cloudpickle.register_pickle_by_value(module)  # as it does with what belongs to `__main__`
    travelled: list[str] = []

    def send(task: Any, line: str) -> int:
        try:
            message = cloudpickle.dumps((task, line))
        except TypeError as error:
            broken(f"what is sent cannot be pickled: {error}")
        travelled.append(line)
        there, what = cloudpickle.loads(message)
        return int(there(what))

    module.send = send
    with redirect_stdout(io.StringIO()) as printed:
        module.main()
    kept = sorted(travelled) == sorted(LINES) and printed.getvalue() == "words: 10\n"
    expect(kept, f"of two lines {len(travelled)} were sent, and it said: {printed.getvalue().strip()}")
