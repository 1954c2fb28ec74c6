"""What pickle refuses, what it says, and two things to do about it."""

import pickle
import re
import threading
from functools import partial
from operator import mul
from pathlib import Path


class Counter:
    def __init__(self, n: int) -> None:
        self.n, self.lock = n, threading.Lock()


class TravellingCounter(Counter):
    def __reduce__(self) -> tuple:  # (1)!
        return TravellingCounter, (self.n,)


def try_to_pickle(name: str, thing: object) -> None:
    try:
        back = pickle.loads(pickle.dumps(thing))  # (2)!
    except (AttributeError, TypeError, pickle.PicklingError) as error:  # (3)!
        message = re.sub(r" at 0x\w+", "", str(error))
        print(f"{name}: {type(error).__name__}: {message}")
    else:
        print(f"{name}: comes back as {type(back).__name__}")


def main() -> None:
    class Local:
        pass

    with Path(__file__).open() as file:
        try_to_pickle("open file", file)
    try_to_pickle("generator", (n for n in range(3)))
    try_to_pickle("lambda", lambda n: 2 * n)
    try_to_pickle("partial of a top-level function", partial(mul, 2))
    try_to_pickle("object of local class", Local())
    try_to_pickle("object with a lock", Counter(1))
    try_to_pickle("object with a lock and __reduce__", TravellingCounter(1))


if __name__ == "__main__":
    main()
