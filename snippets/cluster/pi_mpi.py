# /// script
# dependencies = ["mpi4py"]
#
# [tool.live]
# launch = ["mpiexec", "-n", "2"]
# ///

"""Pi by throwing darts, with MPI: each rank takes its tasks, reduce adds up the hits."""

from random import Random

from mpi4py import MPI

TASKS, DARTS = 8, 5_000


def hits(task: int) -> int:
    random = Random(task)  # (1)!
    return sum(random.random() ** 2 + random.random() ** 2 < 1 for _ in range(DARTS))


def main() -> None:
    world = MPI.COMM_WORLD
    mine = sum(hits(task) for task in range(world.Get_rank(), TASKS, world.Get_size()))  # (2)!
    whole = world.reduce(mine, op=MPI.SUM, root=0)  # (3)!
    if world.Get_rank() == 0:
        print(f"{whole} of {TASKS * DARTS} darts hit, pi is about {4 * whole / (TASKS * DARTS):.3f}")


if __name__ == "__main__":
    main()
