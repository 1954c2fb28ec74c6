# /// script
# dependencies = ["mpi4py"]
#
# [tool.live]
# launch = ["mpiexec", "-n", "4"]
# ///

"""A token goes round all ranks, and each adds its own number to it."""

from mpi4py import MPI


def main() -> None:
    world = MPI.COMM_WORLD
    rank = world.Get_rank()
    size = world.Get_size()
    left = (rank - 1) % size
    right = (rank + 1) % size  # (1)!
    if rank == 0:
        token = world.sendrecv(0, dest=right, source=left)  # (2)!
        print(f"rank 0 sent 0, got {token} back\n", end="")
    else:
        token = world.recv(source=left)  # (3)!
        world.send(token + rank, dest=right)
        print(f"rank {rank} got {token}, sent {token + rank}\n", end="")


if __name__ == "__main__":
    main()
