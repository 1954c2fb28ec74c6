# /// script
# dependencies = ["distributed"]
#
# [tool.live]
# timeout = 120
# ///

"""Pi by throwing darts, with Dask: the scheduler hands out the tasks, and one more adds up the hits."""

from random import Random

from local_cluster import local_cluster

TASKS, DARTS = 8, 5_000


def hits(task: int) -> int:
    random = Random(task)  # (1)!
    return sum(random.random() ** 2 + random.random() ** 2 < 1 for _ in range(DARTS))


def main() -> None:
    with local_cluster() as (client, _):
        futures = client.map(hits, range(TASKS))  # (2)!
        whole = client.submit(sum, futures).result()  # (3)!
    print(f"{whole} of {TASKS * DARTS} darts hit, pi is about {4 * whole / (TASKS * DARTS):.3f}")


if __name__ == "__main__":
    main()
