# /// script
# dependencies = ["mpi4py"]
#
# [tool.live]
# launch = ["mpiexec", "-n", "2"]
# ///

"""Two ranks swap greetings; each should get that of the other."""

import os
import threading

from mpi4py import MPI


def swap(world: MPI.Comm) -> str:
    rank = world.Get_rank()
    other = (rank + 1) % world.Get_size()
    got = world.recv(source=other)
    world.send(f"greetings from rank {rank}", dest=other)
    return got


def give_up() -> None:
    print("rank 0 still waits, and gives up", flush=True)
    os._exit(0)  # (1)!


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
