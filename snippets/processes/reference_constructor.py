"""What each argument of Process(...) does."""

import os
from multiprocessing import Pipe, Process, current_process
from multiprocessing.connection import Connection


def work(parent: Connection, *args: int, **kwargs: str) -> None:
    me = current_process()
    parent.send((os.getpid(), me.name, args, kwargs, me.daemon))  # (1)!


def main() -> None:
    try:
        Process(group="my group")
    except AssertionError as error:
        print(f"group: AssertionError: {error}")

    ours, theirs = Pipe()
    process = Process(
        target=work,
        name="worker",
        args=(theirs, 1, 2),
        kwargs={"key": "value"},
        daemon=True,
    )
    process.start()
    pid, name, args, kwargs, daemon = ours.recv()
    process.join()
    print(f"target: called in another process: {pid != os.getpid()}")
    print(f"name: {name}")
    print(f"args: {args}")  # (2)!
    print(f"kwargs: {kwargs}")
    print(f"daemon: {daemon}")


if __name__ == "__main__":
    main()
