"""Six kinds of work, as ordinary functions: each takes the number of its task and returns a result."""

import os
import random
import time
import zlib
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

import slow_server

DATA = random.Random(1).randbytes(400_000)


def python(number: int, rounds: int = 600_000) -> int:
    for _ in range(rounds):
        number += 1
    return number


def zipped(number: int) -> int:
    return len(zlib.decompress(zlib.compress(DATA))) + number  # (1)!


def sleep(number: int, seconds: float = 0.02) -> int:
    time.sleep(seconds)
    return number


def http(number: int) -> int:
    connection = HTTPConnection(os.environ["SLOW_SERVER"])
    connection.request("GET", f"/{number}")
    answer = connection.getresponse().read()  # (2)!
    connection.close()
    return int(answer)


def disk(number: int) -> int:
    with TemporaryDirectory() as folder:
        for name in "abcdef":
            with Path(folder, name).open("wb") as file:
                file.write(bytes(number))
                file.flush()
                os.fsync(file.fileno())  # (3)!
        return sum(len(file.read_bytes()) for file in Path(folder).iterdir())


def mixed(number: int) -> int:
    return python(http(number), rounds=300_000)  # (4)!


def main() -> None:
    with slow_server.running():
        for work in (python, zipped, sleep, http, disk, mixed):
            print(f"{work.__name__}(3) = {work(3)}")


if __name__ == "__main__":
    main()
