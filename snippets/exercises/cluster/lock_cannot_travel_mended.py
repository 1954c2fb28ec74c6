# /// script
# dependencies = ["cloudpickle"]
# ///

"""Lines are sent to other Pythons to be counted, and the counts are added up here; the sum comes."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import cloudpickle

LINES = ["the harbour sleeps", "a lamp is lit on the pier"]
WORKER = "import pickle, sys; task, line = pickle.load(sys.stdin.buffer); print(task(line))"


def send(task: object, line: str) -> int:
    message = cloudpickle.dumps((task, line))
    worker = subprocess.run([sys.executable, "-c", WORKER], input=message, stdout=subprocess.PIPE, check=True)
    return int(worker.stdout)


def count(line: str) -> int:  # (1)!
    return len(line.split())


class Tally:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.words = 0

    def add(self, line: str) -> None:
        words = send(count, line)
        with self.lock:
            self.words += words


def main() -> None:
    tally = Tally()
    with ThreadPoolExecutor() as pool:
        try:
            list(pool.map(tally.add, LINES))
        except TypeError as error:
            print(f"TypeError: {error}")
    print(f"words: {tally.words}")


if __name__ == "__main__":
    main()
