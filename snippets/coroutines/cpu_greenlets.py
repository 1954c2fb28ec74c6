# /// script
# dependencies = ["gevent"]
# ///
"""A greenlet that only computes does not let the others run."""

from collections.abc import Callable

import gevent


def compute(name: str, order: list[str], pause: Callable[[], None]) -> None:
    order.append(f"{name}-start")
    for _ in range(3):
        sum(range(10_000))
        pause()  # (1)!
    order.append(f"{name}-end")


def run_two(pause: Callable[[], None]) -> list[str]:
    order: list[str] = []
    gevent.joinall([gevent.spawn(compute, name, order, pause) for name in "ab"])
    return order


def main() -> None:
    print("only computing:", *run_two(lambda: None))
    print("gevent.sleep(0):", *run_two(lambda: gevent.sleep(0)))  # (2)!


if __name__ == "__main__":
    main()
