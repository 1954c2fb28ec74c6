# /// script
# [tool.live]
# measure = true
# ///
"""How long a woken thread waits for the GIL, for three switch intervals."""

import sys
import time
from statistics import median
from threading import Event, Thread


def wake_and_spin(wake: Event, woken_at: list[float], stop: Event) -> None:
    woken_at.append(time.perf_counter())
    wake.set()  # (1)!
    while not stop.is_set():  # (2)!
        pass


def wake_up_delay(interval: float) -> float:
    sys.setswitchinterval(interval)  # (3)!
    wake, stop = Event(), Event()
    woken_at: list[float] = []
    spinner = Thread(target=wake_and_spin, args=(wake, woken_at, stop))
    spinner.start()
    wake.wait()
    delay = time.perf_counter() - woken_at[0]  # (4)!
    stop.set()
    spinner.join()
    return delay


def main() -> None:
    for interval in (0.001, 0.005, 0.05):
        delay = median(wake_up_delay(interval) for _ in range(3))
        print(f"interval {interval * 1000:2.0f} ms: woke {delay * 1000:4.1f} ms late")


if __name__ == "__main__":
    main()
