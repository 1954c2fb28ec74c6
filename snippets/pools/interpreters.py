# /// script
# requires-python = ">=3.14"
# ///
"""Threads of one process, each with an interpreter of its own."""

import os
from concurrent import interpreters
from concurrent.futures import InterpreterPoolExecutor

numbers: list[int] = []


def where() -> str:
    return f"pid {os.getpid()}, interpreter {interpreters.get_current().id}"


def work(number: int) -> str:
    numbers.append(number)  # (1)!
    return f"{where()}: {numbers}"


def main() -> None:
    with InterpreterPoolExecutor(2) as pool:
        for answer in pool.map(work, range(4)):  # (2)!
            print(answer)
    print(f"{where()}: {numbers}")


if __name__ == "__main__":
    main()
