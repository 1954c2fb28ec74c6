"""Two workers wait with a timeout, and say every two seconds that they still wait."""

import logging
import threading
import time


def worker(event: threading.Event) -> None:
    logging.debug("Waiting for redis ready...")
    while not event.wait(2):  # (1)!
        logging.debug("Still waiting for redis ready...")  # (2)!
    logging.debug("redis ready, and connect to redis server and do some work [%s]", time.ctime())
    time.sleep(1)


def main() -> None:
    logging.basicConfig(level=logging.DEBUG, format="(%(threadName)-10s) %(message)s")
    redis_ready = threading.Event()
    t1 = threading.Thread(target=worker, args=(redis_ready,), name="t1")
    t2 = threading.Thread(target=worker, args=(redis_ready,), name="t2")
    t1.start()
    t2.start()

    logging.debug("first of all, check redis server, make sure it is OK, and then trigger the redis ready event")
    time.sleep(3)
    redis_ready.set()


if __name__ == "__main__":
    main()
