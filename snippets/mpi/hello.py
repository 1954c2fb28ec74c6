# /// script
# dependencies = ["mpi4py"]
#
# [tool.live]
# launch = ["mpiexec", "-n", "4"]
# ///

"""Every process of the world prints its rank."""

from mpi4py import MPI  # (1)!


def main() -> None:
    world = MPI.COMM_WORLD  # (2)!
    rank = world.Get_rank()  # (3)!
    size = world.Get_size()
    print(f"hello from rank {rank} of {size}\n", end="")  # (4)!


if __name__ == "__main__":
    main()
