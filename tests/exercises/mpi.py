"""Exercises on MPI, with ranks that are threads of a stage: no MPI is needed to check them."""

from __future__ import annotations

import operator
import sys
import threading
from collections.abc import Callable
from functools import reduce
from types import SimpleNamespace
from typing import Any

from live.exercising.program import Program, broken, expect
from tests.exercises.stage import Stage


def both_receive_first(program: Program) -> None:
    """Each rank gets the greeting of the other, also with an MPI whose send() waits until somebody receives."""
    got = on_each_rank(program, 2, lambda module, comm: module.swap(comm))
    expect(got == [f"greetings from rank {rank}" for rank in (1, 0)], f"the ranks got {got}")


def only_root_knows(program: Program) -> None:
    """Every rank, not only the root, gets the largest number."""
    numbers = [10, 30, 20]
    got = on_each_rank(program, 3, lambda module, comm: module.largest(comm, numbers[comm.rank]))
    expect(got == [30, 30, 30], f"the ranks 0, 1 and 2 got {', '.join(map(str, got))}")


def on_each_rank(program: Program, size: int, part: Callable[[Any, Comm], Any]) -> list[Any]:
    """What the part returns on each rank, if every rank comes to its end."""
    sys.modules["mpi4py"] = SimpleNamespace(MPI=MPI)  # type: ignore[assignment]
    got: list[Any] = [None] * size
    with Stage() as stage:
        module = program.load()
        world = World(size)

        def play(rank: int) -> None:
            got[rank] = part(module, Comm(world, rank))

        stuck = stage.play(*(lambda rank=rank: play(rank) for rank in range(size)))  # type: ignore[misc]
    if stuck:
        broken(f"the ranks wait for each other for ever: {stage.stood(stuck, program.file)}")
    return got


class World:
    """What the ranks share: a box for each pair of them, and what each brings to a collective operation."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.changed = threading.Condition()
        self.boxes: dict[tuple[int, int], list[Any]] = {}
        self.brought: list[dict[int, Any]] = []


class Comm:
    """The part of a communicator of mpi4py that one can need here."""

    def __init__(self, world: World, rank: int) -> None:
        self._world, self.rank, self.size = world, rank, world.size
        self._meetings = 0

    def Get_rank(self) -> int:
        return self.rank

    def Get_size(self) -> int:
        return self.size

    def send(self, obj: Any, dest: int, tag: int = 0) -> None:
        self._post(obj, dest)()

    ssend = send

    def recv(self, buf: object = None, source: int = -1, tag: int = -1, status: object = None) -> Any:
        with self._world.changed:
            box = self._world.boxes.setdefault((source, self.rank), [])
            self._world.changed.wait_for(lambda: box)
            (message,) = box.pop(0)
            self._world.changed.notify_all()
            return message

    def sendrecv(self, sendobj: Any, dest: int, source: int = -1, **_: Any) -> Any:
        wait = self._post(sendobj, dest)
        got = self.recv(source=source)
        wait()
        return got

    def isend(self, obj: Any, dest: int, tag: int = 0) -> Any:
        return SimpleNamespace(wait=self._post(obj, dest))

    def irecv(self, buf: object = None, source: int = -1, tag: int = -1) -> Any:
        return SimpleNamespace(wait=lambda: self.recv(source=source))

    def allgather(self, sendobj: Any) -> list[Any]:
        world = self._world
        with world.changed:
            if len(world.brought) == self._meetings:
                world.brought.append({})
            mine = world.brought[self._meetings]
            self._meetings += 1
            mine[self.rank] = sendobj
            world.changed.notify_all()
            world.changed.wait_for(lambda: len(mine) == world.size)
            return [mine[rank] for rank in range(world.size)]

    def allreduce(self, sendobj: Any, op: Callable[[Any, Any], Any] = operator.add) -> Any:
        return reduce(op, self.allgather(sendobj))

    def reduce(self, sendobj: Any, op: Callable[[Any, Any], Any] = operator.add, root: int = 0) -> Any:
        result = self.allreduce(sendobj, op)
        return result if self.rank == root else None

    def gather(self, sendobj: Any, root: int = 0) -> list[Any] | None:
        every = self.allgather(sendobj)
        return every if self.rank == root else None

    def bcast(self, obj: Any, root: int = 0) -> Any:
        return self.allgather(obj)[root]

    def barrier(self) -> None:
        self.allgather(None)

    Barrier = barrier

    def _post(self, obj: Any, dest: int) -> Callable[[], None]:
        """Put the message into the box; what is returned waits until it was taken."""
        world, message = self._world, [obj]
        with world.changed:
            box = world.boxes.setdefault((self.rank, dest), [])
            box.append(message)
            world.changed.notify_all()

        def wait() -> None:
            with world.changed:
                world.changed.wait_for(lambda: not any(one is message for one in box))

        return wait


MPI = SimpleNamespace(
    COMM_WORLD=None, Comm=Comm, Intracomm=Comm, MAX=max, MIN=min, SUM=operator.add, ANY_SOURCE=-1, ANY_TAG=-1
)
