# /// script
# dependencies = ["mpi4py"]
#
# [tool.live]
# launch = ["mpiexec", "-n", "2"]
# ///

"""sendrecv() takes any object that can be pickled, Sendrecv() takes a block of numbers."""

from array import array

from mpi4py import MPI


def main() -> None:
    world = MPI.COMM_WORLD
    rank = world.Get_rank()
    other = (rank + 1) % world.Get_size()

    answer = world.sendrecv({"rank": rank}, dest=other, source=other)  # (1)!

    numbers = array("i", [rank, rank, rank])
    room = array("i", [-1, -1, -1])  # (2)!
    world.Sendrecv(numbers, dest=other, recvbuf=room, source=other)

    if rank == 0:
        print(f"sendrecv() brought {answer}")
        print(f"Sendrecv() filled {room.tolist()}")
        try:
            world.Send({"rank": rank}, dest=other)  # (3)!
        except TypeError as error:
            print(f"TypeError: {error}")


if __name__ == "__main__":
    main()
