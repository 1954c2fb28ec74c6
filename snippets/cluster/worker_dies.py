# /// script
# dependencies = ["distributed"]
#
# [tool.live]
# timeout = 120
# ///

"""Kill a worker in the middle of a task, and get the result all the same."""

import os
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from local_cluster import local_cluster

TASKS, DARTS = 8, 5_000


def hits(task: int, folder: Path) -> int:
    Path(folder, f"{task} by {os.getpid()}").touch()  # (1)!
    while not Path(folder, "killed").exists():  # (2)!
        time.sleep(0.01)
    random = Random(task)
    return sum(random.random() ** 2 + random.random() ** 2 < 1 for _ in range(DARTS))


def main() -> None:
    with TemporaryDirectory() as name, local_cluster() as (client, processes):
        folder = Path(name)
        futures = client.map(hits, range(TASKS), folder=folder)
        while not (began := list(folder.glob("0 by *"))):  # (3)!
            time.sleep(0.01)
        worker = next(each for each in processes if each.pid == int(began[0].name.split()[-1]))
        worker.kill()  # (4)!
        print(f"exit code of the killed worker: {worker.wait()}")
        Path(folder, "killed").touch()
        whole = client.submit(sum, futures).result()
        print(f"workers that are left: {len(client.scheduler_info()['workers'])}")
        times = Counter(int(file.name.split()[0]) for file in folder.glob("* by *"))  # (5)!
    print("times that tasks 0 to 7 began:", *[times[task] for task in range(TASKS)])
    print(f"{whole} of {TASKS * DARTS} darts hit, pi is about {4 * whole / (TASKS * DARTS):.3f}")


if __name__ == "__main__":
    main()
