"""terminate() sends a signal that can be ignored; kill() cannot be ignored."""

import signal
import time
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection


def work(parent: Connection) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # (1)!
    parent.send("ready")
    time.sleep(60)


def main() -> None:
    ours, theirs = Pipe()
    process = Process(target=work, args=(theirs,))
    process.start()
    ours.recv()  # (2)!

    process.terminate()
    process.join(0.2)  # (3)!
    print(f"after terminate(): alive {process.is_alive()}, exitcode {process.exitcode}")

    process.kill()
    process.join()
    print(f"after kill():      alive {process.is_alive()}, exitcode {process.exitcode}")


if __name__ == "__main__":
    main()
