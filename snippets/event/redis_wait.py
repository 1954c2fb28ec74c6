"""Two workers wait until the main thread says that redis is ready."""

import logging
import threading
import time


def worker(event: threading.Event) -> None:
    logging.debug("Waiting for redis ready...")
    event.wait()  # (1)!
    logging.debug("redis ready, and connect to redis server and do some work [%s]", time.ctime())
    time.sleep(1)


def main() -> None:
    logging.basicConfig(level=logging.DEBUG, format="(%(threadName)-10s) %(message)s")  # (2)!
    redis_ready = threading.Event()  # (3)!
    t1 = threading.Thread(target=worker, args=(redis_ready,), name="t1")
    t2 = threading.Thread(target=worker, args=(redis_ready,), name="t2")
    t1.start()
    t2.start()

    logging.debug("first of all, check redis server, make sure it is OK, and then trigger the redis ready event")
    time.sleep(3)  # (4)!
    redis_ready.set()  # (5)!


if __name__ == "__main__":
    main()
