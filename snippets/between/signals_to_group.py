"""Ctrl-C reaches a whole group; SIGTERM one process, which ends its child."""

import os
import signal
import sys
import time
from multiprocessing import get_context, synchronize

spawn = get_context("spawn")


def work(ready: synchronize.Semaphore) -> None:
    try:
        ready.release()
        time.sleep(20)
    except KeyboardInterrupt:
        print("worker: KeyboardInterrupt")


def lead(ready: synchronize.Semaphore) -> None:
    os.setpgid(0, 0)  # (1)!
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # (2)!
    worker = spawn.Process(target=work, args=(ready,))
    worker.start()
    try:
        ready.release()
        time.sleep(20)
    except KeyboardInterrupt:
        worker.join()
        print("leader: KeyboardInterrupt")
    finally:
        worker.terminate()  # (3)!
        worker.join()
        print(f"leader: finally, worker's exitcode {worker.exitcode}")


def main() -> None:
    for send, sent in ((os.killpg, signal.SIGINT), (os.kill, signal.SIGTERM)):  # (4)!
        ready = spawn.Semaphore(0)
        leader = spawn.Process(target=lead, args=(ready,))
        leader.start()
        for _ in ("leader", "worker"):
            ready.acquire()  # (5)!
        send(leader.pid, sent)
        leader.join()
        print(f"{send.__name__}(), {sent.name}: leader's exitcode {leader.exitcode}")


if __name__ == "__main__":
    main()
