# /// script
# dependencies = ["mpi4py"]
#
# [tool.live]
# launch = ["mpiexec", "-n", "4"]
# ///

"""Pi as an area: each rank adds up its strips, Reduce adds up the ranks."""

from array import array

from mpi4py import MPI

STRIPS = 100_000


def area(rank: int, size: int) -> float:
    total = 0.0
    for strip in range(rank, STRIPS, size):  # (1)!
        middle = (strip + 0.5) / STRIPS
        total += 4 / (1 + middle * middle)
    return total / STRIPS


def main() -> None:
    world = MPI.COMM_WORLD
    rank = world.Get_rank()
    size = world.Get_size()
    mine = array("d", [area(rank, size)])  # (2)!
    whole = array("d", [0.0])
    world.Reduce(mine, whole, op=MPI.SUM, root=0)  # (3)!
    if rank == 0:
        print(f"pi is about {whole[0]:.10f}, ranks: {size}")


if __name__ == "__main__":
    main()
