"""A barrier for more than ever come, and one for as many as there are."""

import threading
from concurrent.futures import ThreadPoolExecutor

THREADS = 2


def meet(barrier: threading.Barrier) -> str:
    try:
        barrier.wait()
    except threading.BrokenBarrierError as error:
        return repr(error)  # (1)!
    return "all are there"


def broken() -> list[str]:
    barrier = threading.Barrier(THREADS + 1, timeout=0.1)  # (2)!
    with ThreadPoolExecutor() as pool:
        return list(pool.map(meet, [barrier] * THREADS))


def mended() -> list[str]:
    barrier = threading.Barrier(THREADS)
    with ThreadPoolExecutor(max_workers=THREADS) as pool:  # (3)!
        return list(pool.map(meet, [barrier] * THREADS))


def main() -> None:
    print("broken:", broken())
    print("mended:", mended())


if __name__ == "__main__":
    main()
