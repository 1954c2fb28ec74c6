"""A thread in wait() uses hardly any CPU time; a thread that polls never stops using it."""

import threading
import time


def wait_for(event: threading.Event, begun: threading.Event, times: list[float]) -> None:
    wall, cpu = time.perf_counter(), time.thread_time()  # (1)!
    begun.set()
    event.wait()
    times += [time.perf_counter() - wall, time.thread_time() - cpu]


def poll(event: threading.Event, begun: threading.Event, looks: list[bool]) -> None:
    while not event.is_set():  # (2)!
        looks.append(False)
        if len(looks) == 1000:
            begun.set()  # (3)!


def main() -> None:
    event, begun = threading.Event(), threading.Event()
    times: list[float] = []
    waiter = threading.Thread(target=wait_for, args=(event, begun, times))
    waiter.start()
    begun.wait()
    time.sleep(0.3)  # (4)!
    event.set()
    waiter.join()
    waited, used = times
    print(f"wait(): waited {waited:.3f} s, CPU time {used:.6f} s")
    print(f"waited at least 0.3 s: {waited >= 0.3}, CPU time less than half of it: {used < waited / 2}")

    event, begun = threading.Event(), threading.Event()
    looks: list[bool] = []
    poller = threading.Thread(target=poll, args=(event, begun, looks))
    poller.start()
    begun.wait()
    event.set()
    poller.join()
    print(f"polling: looked at the flag at least 1000 times: {len(looks) >= 1000}")


if __name__ == "__main__":
    main()
