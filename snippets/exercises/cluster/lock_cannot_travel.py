# /// script
# dependencies = ["cloudpickle"]
# ///

"""Lines are sent to other Pythons to be counted, and the counts are added up here; the sum should come."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import cloudpickle

LINES = ["the harbour sleeps", "a lamp is lit on the pier"]
WORKER = "import pickle, sys; task, line = pickle.load(sys.stdin.buffer); print(task(line))"


def send(task: object, line: str) -> int:
    message = cloudpickle.dumps((task, line))  # (1)!
    worker = subprocess.run([sys.executable, "-c", WORKER], input=message, stdout=subprocess.PIPE, check=True)
    return int(worker.stdout)


class Tally:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.words = 0

    def count(self, line: str) -> int:
        return len(line.split())

    def add(self, line: str) -> None:
        words = send(self.count, line)
        with self.lock:
            self.words += words


def main() -> None:
    tally = Tally()
    with ThreadPoolExecutor() as pool:
        try:
            list(pool.map(tally.add, LINES))  # (2)!
        except TypeError as error:
            print(f"TypeError: {error}")
    print(f"words: {tally.words}")


if __name__ == "__main__":
    main()
