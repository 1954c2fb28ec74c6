# /// script
# [tool.live]
# measure = true
# ///
"""A thread asks another process ten times, alone and beside a busy thread."""

import sys
import time
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from threading import Event, Thread


def answer(end: Connection) -> None:
    while (question := end.recv()) is not None:
        time.sleep(0.001)  # (1)!
        end.send(question)


def ask(end: Connection, questions: int = 10) -> float:
    began = time.perf_counter()
    for number in range(questions):
        end.send(number)
        end.recv()  # (2)!
    return time.perf_counter() - began


def spin(stop: Event) -> None:
    while not stop.is_set():
        pass


def ask_beside_a_busy_thread(end: Connection, interval: float) -> float:
    sys.setswitchinterval(interval)
    stop = Event()
    Thread(target=spin, args=(stop,)).start()  # (3)!
    seconds = ask(end)
    stop.set()
    return seconds


def main() -> None:
    here, there = Pipe()
    Process(target=answer, args=(there,)).start()
    print(f"alone: {ask(here) * 1000:.0f} ms")
    for interval in (0.001, 0.005, 0.02):
        seconds = ask_beside_a_busy_thread(here, interval)
        print(f"beside a busy thread, interval {interval * 1000:g} ms: {seconds * 1000:.0f} ms")
    here.send(None)


if __name__ == "__main__":
    main()
