# /// script
# dependencies = ["distributed"]
# ///

"""A scheduler and two workers on this machine, each a process of its own, connected by TCP."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from subprocess import Popen
from tempfile import TemporaryDirectory

from distributed import Client

HERE = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
WORKER = ["worker", "--nthreads", "1", "--no-nanny"]


def dask(folder: str, *arguments: str) -> Popen[bytes]:
    command = [sys.executable, "-m", "dask", *arguments, *HERE, "--scheduler-file", "scheduler.json"]  # (1)!
    settings = {"DASK_TEMPORARY_DIRECTORY": folder, "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "critical"}
    return Popen(command, cwd=folder, env={**os.environ, **settings})


@contextmanager
def local_cluster(workers: int = 2) -> Iterator[Client]:
    with TemporaryDirectory() as folder:
        processes = [dask(folder, "scheduler", "--port", "0"), *(dask(folder, *WORKER) for _ in range(workers))]  # (2)!
        try:
            with Client(scheduler_file=f"{folder}/scheduler.json") as client:  # (3)!
                client.wait_for_workers(workers)
                yield client
        finally:
            for process in processes:  # (4)!
                process.kill()
                process.wait()


def main() -> None:
    with local_cluster() as client:
        addresses = [client.scheduler.address, *client.nthreads()]
        pids = {os.getpid(), client.run_on_scheduler(os.getpid), *client.run(os.getpid).values()}  # (5)!
    print(f"scheduler and workers: {len(addresses)}, different processes with this one: {len(pids)}")
    print(f"all reached through tcp://127.0.0.1: {all(each.startswith('tcp://127.0.0.1:') for each in addresses)}")


if __name__ == "__main__":
    main()
