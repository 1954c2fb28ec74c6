"""A child can notice that its parent is gone, and end by itself."""

import os
import time
from multiprocessing import Pipe, get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

spawn = get_context("spawn")  # (1)!


def look_at(parent: BaseProcess) -> str:
    mine = os.getppid() == parent.pid
    return f"parent alive: {parent.is_alive()}, os.getppid() is the parent: {mine}"


def watch(report: Connection) -> None:
    parent = parent_process()
    report.send(look_at(parent))
    wait([parent.sentinel])  # (2)!
    while os.getppid() == parent.pid:  # (3)!
        time.sleep(0.01)
    report.send(look_at(parent))


def have_a_child(report: Connection) -> None:
    child = spawn.Process(target=watch, args=(report,))
    child.start()
    child.join()


def main() -> None:
    ours, theirs = Pipe()
    parent = spawn.Process(target=have_a_child, args=(theirs,))
    parent.start()
    theirs.close()
    print(f"child: {ours.recv()}")
    parent.kill()  # (4)!
    parent.join()
    print(f"child: {ours.recv()}")
    try:
        ours.recv()
    except EOFError:  # (5)!
        print("child: gone")


if __name__ == "__main__":
    main()
