"""A pool that has lost a process is unusable; a new one is not."""

import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool


def work(name: str) -> str:
    if name == "dies":
        os._exit(1)  # (1)!
    return f"{name} is done"


def broken() -> None:
    with ProcessPoolExecutor(max_workers=1) as pool:
        for name in ("dies", "next"):
            try:
                print("broken:", pool.submit(work, name).result())
            except BrokenProcessPool as error:  # (2)!
                print(f"broken: {type(error).__name__}: {error}")


def mended() -> None:
    for name in ("dies", "next"):
        with ProcessPoolExecutor(max_workers=1) as pool:  # (3)!
            try:
                print("mended:", pool.submit(work, name).result())
            except BrokenProcessPool:
                print(f"mended: {name} has lost its process")


def main() -> None:
    broken()
    mended()


if __name__ == "__main__":
    main()
