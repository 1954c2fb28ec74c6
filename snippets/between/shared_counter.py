"""A Value locks each access, but to read and to write back are two."""

from contextlib import AbstractContextManager as Guard
from contextlib import nullcontext
from multiprocessing import Barrier, Process, Value
from multiprocessing.sharedctypes import Synchronized as Counter
from multiprocessing.synchronize import Barrier as Meeting
from threading import BrokenBarrierError


def add_one(counter: Counter, guard: Guard, meeting: Meeting, patience: float) -> None:
    with guard:
        read = counter.value
        try:
            meeting.wait(patience)  # (1)!
        except BrokenBarrierError:
            print("  nobody else is between reading and writing")
        counter.value = read + 1


def add_twice(counter: Counter, guard: Guard, patience: float) -> None:
    meeting = Barrier(2)
    arguments = (counter, guard, meeting, patience)
    processes = [Process(target=add_one, args=arguments) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print(f"  two processes added 1, value: {counter.value}")


def main() -> None:
    print("without a lock around both:")
    add_twice(Value("i", 0), nullcontext(), 10)  # (2)!
    print("with get_lock():")
    counter = Value("i", 0)
    add_twice(counter, counter.get_lock(), 0.2)  # (3)!


if __name__ == "__main__":
    main()
