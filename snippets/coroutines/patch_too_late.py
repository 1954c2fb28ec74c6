# /// script
# # ruff: noqa: E402
# dependencies = ["gevent"]
# ///
"""A name bound before patching keeps the blocking function."""

from time import sleep  # (1)!

from gevent import monkey

monkey.patch_all()

import time
from collections.abc import Callable

import gevent


def nap(log: list[str], pause: Callable[[float], None]) -> None:
    log.append("start")
    pause(0.05)
    log.append("end")


def three_naps(pause: Callable[[float], None]) -> list[str]:
    log: list[str] = []
    gevent.joinall([gevent.spawn(nap, log, pause) for _ in range(3)])
    return log


def main() -> None:
    print("bound before patching:", *three_naps(sleep))
    print("looked up afterwards: ", *three_naps(time.sleep))  # (2)!


if __name__ == "__main__":
    main()
