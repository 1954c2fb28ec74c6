# /// script
# dependencies = ["gevent"]
# ///
"""gevent notices when everybody waits and nobody is left who could end that."""

import gevent
from gevent.event import Event
from gevent.exceptions import LoopExit


def broken() -> None:
    Event().wait()  # (1)!


def mended() -> None:
    event = Event()
    gevent.spawn(event.set)  # (2)!
    print(f"mended: {event.wait()}")


def with_timeout() -> None:
    print(f"with a timeout: {Event().wait(timeout=0.1)}")  # (3)!


def main() -> None:
    try:
        broken()
    except LoopExit as error:
        print(f"broken: LoopExit: {error.args[0]}")
    mended()
    with_timeout()


if __name__ == "__main__":
    main()
