"""A process that is terminated does not run its finally."""

from collections.abc import Callable
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection


def work(parent: Connection) -> None:
    try:
        parent.send("inside the try")
        parent.recv()
        print("  work is done")
    finally:
        print("  cleaned up")  # (1)!


def end_by(end: Callable[[Process, Connection], None]) -> None:
    ours, theirs = Pipe()
    process = Process(target=work, args=(theirs,))
    process.start()
    ours.recv()  # (2)!
    end(process, ours)
    process.join()
    print(f"  exitcode {process.exitcode}")


def main() -> None:
    print("asked to end:")
    end_by(lambda _, connection: connection.send("end"))
    print("terminated:")
    end_by(lambda process, _: process.terminate())  # (3)!


if __name__ == "__main__":
    main()
