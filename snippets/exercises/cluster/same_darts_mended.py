# /// script
# dependencies = ["mpi4py"]
#
# [tool.live]
# launch = ["mpiexec", "-n", "2"]
# ///

"""Two ranks throw darts at random to estimate pi; each throws darts of its own."""

from random import Random

from mpi4py import MPI

SEED, DARTS = 7, 100


def throw(world: MPI.Comm) -> list[tuple[float, float]]:
    random = Random(SEED + world.Get_rank())  # (1)!
    return [(random.random(), random.random()) for _ in range(DARTS)]


def main() -> None:
    world = MPI.COMM_WORLD
    thrown = world.gather(throw(world), root=0)
    if world.Get_rank() == 0:
        darts = [dart for one in thrown for dart in one]
        hits = sum(x * x + y * y < 1 for x, y in darts)
        print(f"{len(darts)} darts, {len(set(darts))} different ones, pi is about {4 * hits / len(darts):.3f}")


if __name__ == "__main__":
    main()
