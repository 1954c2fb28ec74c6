"""Each shop's sales are fetched month by month, in a pool of two threads; the totals should come."""

import time
from concurrent.futures import ThreadPoolExecutor

MONTHS = (1, 2)


def fetch(shop: int, month: int) -> int:
    time.sleep(0.05)  # (1)!
    return 100 * shop + month


def total(pool: ThreadPoolExecutor, shop: int) -> int:
    parts = [pool.submit(fetch, shop, month) for month in MONTHS]
    return sum(part.result(timeout=0.3) for part in parts)  # (2)!


def totals(pool: ThreadPoolExecutor, shops: list[int]) -> list[int]:
    sums = [pool.submit(total, pool, shop) for shop in shops]
    return [one.result() for one in sums]


def main() -> None:
    with ThreadPoolExecutor(2) as pool:
        try:
            print(f"totals: {totals(pool, [1, 2, 3, 4])}")
        except TimeoutError:
            print("nobody fetches, as both threads wait")


if __name__ == "__main__":
    main()
