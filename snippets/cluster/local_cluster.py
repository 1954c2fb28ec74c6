# /// script
# dependencies = ["distributed"]
#
# [tool.live]
# timeout = 120
# ///

"""A scheduler and two workers on this machine, each a process of its own, connected by TCP."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from subprocess import Popen
from tempfile import TemporaryDirectory

from distributed import Client

WORKER = ["worker", "--nthreads", "1", "--no-nanny"]
HERE = ["--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
QUIET = {"DASK_LOGGING__DISTRIBUTED": "critical"}


def dask(folder: str, *arguments: str) -> Popen[bytes]:
    command = [sys.executable, "-m", "dask", *arguments, *HERE, "--scheduler-file", "scheduler.json"]  # (1)!
    return Popen(command, cwd=folder, env=os.environ | QUIET | {"DASK_TEMPORARY_DIRECTORY": folder})


def connected(scheduler_file: str) -> Client:
    while True:
        with suppress(AssertionError):  # (2)!
            return Client(scheduler_file=scheduler_file)


@contextmanager
def local_cluster(workers: int = 2) -> Iterator[tuple[Client, list[Popen[bytes]]]]:
    processes: list[Popen[bytes]] = []
    with TemporaryDirectory() as folder, ExitStack() as stack:
        for arguments in [["scheduler", "--port", "0"], *[WORKER] * workers]:  # (3)!
            processes.append(stack.enter_context(dask(folder, *arguments)))
            stack.callback(processes[-1].kill)  # (4)!
        client = stack.enter_context(connected(f"{folder}/scheduler.json"))  # (5)!
        client.wait_for_workers(workers)
        yield client, processes


def main() -> None:
    with local_cluster() as (client, processes):
        addresses = [client.scheduler.address, *client.nthreads()]
        pids = {client.run_on_scheduler(os.getpid), *client.run(os.getpid).values()}  # (6)!
    print(f"{len(pids)} different processes, those that were started: {pids == {each.pid for each in processes}}")
    print(f"all reached through tcp://127.0.0.1: {all(each.startswith('tcp://127.0.0.1:') for each in addresses)}")


if __name__ == "__main__":
    main()
