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
    """Each rank throws a thousand darts of its own, and in the next run the same ones."""
    thrown, again = (on_each_rank(program, 3, lambda module, comm: module.throw(comm)) for _ in range(2))
    numbers = [len(darts) for darts in thrown]
    expect(numbers == [1000] * 3, f"the ranks threw {numbers} darts")
    different = len({dart for darts in thrown for dart in darts})
    expect(different == 3000, f"of 3000 darts only {different} are different ones")
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
    expect(sorted(travelled) == sorted(LINES), f"of two lines {len(travelled)} were sent")
    expect(printed.getvalue() == "words: 10\n", f"it said: {printed.getvalue().strip()}")
