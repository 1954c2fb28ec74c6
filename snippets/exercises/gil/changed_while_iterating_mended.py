"""One thread prints a list of prices while another adds to them; the list comes to its end."""

import threading
import time


def report(prices: dict[str, int]) -> list[str]:
    lines = []
    for name, price in prices.copy().items():  # (1)!
        time.sleep(0.3)
        lines.append(f"{name}: {price}")
    return lines


def add_later(prices: dict[str, int]) -> None:
    time.sleep(0.15)
    prices["tea"] = 3


def main() -> None:
    prices = {"bread": 2, "milk": 1, "jam": 4}
    adder = threading.Thread(target=add_later, args=(prices,))
    adder.start()
    try:
        print(*report(prices), sep="\n")
    except RuntimeError as error:
        print(f"RuntimeError: {error}")
    adder.join()
    print(f"prices now: {len(prices)}")


if __name__ == "__main__":
    main()
