# /// script
# dependencies = ["mpi4py"]
#
# [tool.live]
# launch = ["mpiexec", "-n", "3"]
# ///

"""Each rank has a number; each knows the largest of all."""

from mpi4py import MPI


def largest(world: MPI.Comm, number: int) -> int:
    return world.allreduce(number, op=MPI.MAX)  # (1)!


def main() -> None:
    world = MPI.COMM_WORLD
    number = 10 * (world.Get_rank() + 1)
    report = f"rank {world.Get_rank()}: mine {number}, largest {largest(world, number)}"
    reports = world.gather(report, root=0)
    if world.Get_rank() == 0:
        print(*reports, sep="\n")


if __name__ == "__main__":
    main()
