# /// script
# dependencies = ["mpi4py"]
#
# [tool.live]
# launch = ["mpiexec", "-n", "2"]
# ///

"""Two ranks swap greetings; each gets that of the other."""

import os
import threading

from mpi4py import MPI


def swap(world: MPI.Comm) -> str:
    rank = world.Get_rank()
    other = (rank + 1) % world.Get_size()
    return world.sendrecv(f"greetings from rank {rank}", dest=other, source=other)  # (1)!


def give_up() -> None:
    print("rank 0 still waits, and gives up", flush=True)
    os._exit(0)


def main() -> None:
    world = MPI.COMM_WORLD
    rank = world.Get_rank()
    alarm = threading.Timer(0.5, give_up)
    if rank == 0:
        alarm.start()
    print(f"rank {rank} got {swap(world)!r}\n", end="")
    alarm.cancel()


if __name__ == "__main__":
    main()
