# /// script
# dependencies = ["mpi4py"]
#
# [tool.live]
# launch = ["mpiexec", "-n", "2"]
# ///

"""Ranks share no memory: a list that was sent is a copy."""

from mpi4py import MPI


def main() -> None:
    world = MPI.COMM_WORLD
    rank = world.Get_rank()
    names = ["start"] if rank == 0 else None  # (1)!
    names = world.bcast(names, root=0)  # (2)!
    names.append(f"rank {rank}")
    lists = world.gather(names, root=0)  # (3)!
    if rank == 0:
        for owner, names in enumerate(lists):
            print(f"rank {owner} has {names}")


if __name__ == "__main__":
    main()
