# /// script
# dependencies = ["mpi4py"]
#
# [tool.live]
# launch = ["mpiexec", "-n", "4"]
# ///

"""Rank 0 deals out the rows of a table and collects what each rank made of its own."""

from mpi4py import MPI


def main() -> None:
    world = MPI.COMM_WORLD
    rank = world.Get_rank()
    size = world.Get_size()
    rows = None
    if rank == 0:
        rows = [[3 * i + 1, 3 * i + 2, 3 * i + 3] for i in range(size)]  # (1)!
    row = world.scatter(rows, root=0)  # (2)!
    answer = [rank, sum(row)]
    answers = world.gather(answer, root=0)  # (3)!
    if rank == 0:
        for row, (source, total) in zip(rows, answers, strict=True):
            print(f"{row[0]} + {row[1]} + {row[2]} = {total}, says rank {source}")


if __name__ == "__main__":
    main()
