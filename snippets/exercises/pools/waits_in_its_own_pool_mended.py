"""Each shop's sales are fetched month by month, in a pool of two threads; the totals come."""

import time
from concurrent.futures import ThreadPoolExecutor

MONTHS = (1, 2)


def fetch(shop: int, month: int) -> int:
    time.sleep(0.05)
    return 100 * shop + month


def totals(pool: ThreadPoolExecutor, shops: list[int]) -> list[int]:
    parts = [[pool.submit(fetch, shop, month) for month in MONTHS] for shop in shops]
    return [sum(part.result() for part in one) for one in parts]  # (1)!


def main() -> None:
    with ThreadPoolExecutor(2) as pool:
        try:
            print(f"totals: {totals(pool, [1, 2, 3, 4])}")
        except TimeoutError:
            print("nobody fetches, as both threads wait")


if __name__ == "__main__":
    main()
