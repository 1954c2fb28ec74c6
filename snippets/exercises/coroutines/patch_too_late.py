# /// script
# # ruff: noqa: E402
# dependencies = ["gevent"]
# ///

"""Three greenlets greet and wait; all should greet before anyone is done waiting."""

from time import sleep

from gevent import monkey

monkey.patch_all()  # (1)!

import gevent


def greet(name: str, said: list[str]) -> None:
    said.append(f"{name} waits")
    sleep(0.05)
    said.append(f"{name} goes")


def main() -> None:
    said: list[str] = []
    gevent.joinall([gevent.spawn(greet, name, said) for name in ("one", "two", "three")])
    print(*said, sep="\n")


if __name__ == "__main__":
    main()
