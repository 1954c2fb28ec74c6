"""A daemonic process is terminated when its parent exits, whoever else is alive."""

import time
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection


def work(connection: Connection) -> None:
    try:
        connection.send("inside the try")
        time.sleep(20)
        print("daemon is done")
    finally:
        print("daemon cleans up")  # (1)!


def watch(connection: Connection) -> None:
    try:
        connection.recv()
    except EOFError:  # (2)!
        print("company: the daemon is gone, I am still here")


def main() -> None:
    ours, theirs = Pipe()
    Process(target=work, args=(theirs,), daemon=True).start()
    theirs.close()
    ours.recv()
    Process(target=watch, args=(ours,)).start()  # (3)!
    print("end main")


if __name__ == "__main__":
    main()
