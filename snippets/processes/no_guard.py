"""Without the guard, spawn has the new process start one of its own."""

import multiprocessing
import sys


def work() -> None:
    print("never reached")


context = multiprocessing.get_context("spawn")
process = context.Process(target=work)  # (1)!
process.start()
process.join()
print("the child's exitcode:", process.exitcode)
sys.exit(process.exitcode)  # (2)!
