# /// script
# dependencies = ["mpi4py"]
#
# [tool.live]
# launch = ["mpiexec", "-n", "2"]
# ///

"""Two ranks that both receive first get nothing until one of them sends."""

import time

from mpi4py import MPI


def arrives_within(seconds: float, request: MPI.Request) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        arrived, _ = request.test()  # (1)!
        if arrived:
            return True
        time.sleep(0.01)
    return False


def main() -> None:
    world = MPI.COMM_WORLD
    rank = world.Get_rank()
    other = (rank + 1) % world.Get_size()

    request = world.irecv(source=other)  # (2)!
    in_time = arrives_within(0.1, request)
    world.Barrier()  # (3)!
    world.send(f"greetings from rank {rank}", dest=other)
    message = request.wait()  # (4)!

    reports = world.gather(f"rank {rank}: in time {in_time}, in the end {message!r}", root=0)
    if rank == 0:
        print(*reports, sep="\n")


if __name__ == "__main__":
    main()
