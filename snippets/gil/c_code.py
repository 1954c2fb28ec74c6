"""Four computations in C: during which of them does another thread get on?"""

import hashlib
import sys
import zlib
from collections.abc import Callable
from threading import Event, Thread

DATA = bytes(40_000_000)
COMPUTATIONS: dict[str, Callable[[], object]] = {
    "hashlib.sha256(DATA)": lambda: hashlib.sha256(DATA),
    "zlib.compress(DATA)": lambda: zlib.compress(DATA),
    "sum(range(5_000_000))": lambda: sum(range(5_000_000)),
    "3 ** 1_000_000": lambda: pow(3, 1_000_000),
}


def get_on(begun: Event, order: list[str]) -> None:
    begun.wait()
    order.append("other")  # (1)!


def what_happens_during(compute: Callable[[], object]) -> list[str]:
    begun, order = Event(), list[str]()
    other = Thread(target=get_on, args=(begun, order))
    other.start()
    order.append("begin")
    begun.set()  # (2)!
    compute()
    order.append("end")
    other.join()
    return order


def main() -> None:
    usual_interval = sys.getswitchinterval()
    sys.setswitchinterval(5)  # (3)!
    for name, compute in COMPUTATIONS.items():
        print(f"{name:20}", *what_happens_during(compute))
    sys.setswitchinterval(usual_interval)


if __name__ == "__main__":
    main()
