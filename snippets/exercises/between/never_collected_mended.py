# /// script
# [tool.live]
# needs = ["ps"]
# ///

"""A child process packs an order; when the parent has heard of it, nothing of the child is left."""

import multiprocessing
import subprocess
import time
from multiprocessing.queues import SimpleQueue


def pack(order: str, packed: SimpleQueue[str]) -> None:
    packed.put(order)


def state(pid: int | None) -> str:
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], stdout=subprocess.PIPE, check=False)
    return listed.stdout.decode().strip()[:1] or "gone"


def main() -> None:
    context = multiprocessing.get_context("spawn")
    packed = context.SimpleQueue()
    child = context.Process(target=pack, args=("order 7", packed))
    child.start()
    print(f"packed: {packed.get()}")
    child.join()  # (1)!
    time.sleep(0.2)
    print(f"state of the child: {state(child.pid)}")


if __name__ == "__main__":
    main()
