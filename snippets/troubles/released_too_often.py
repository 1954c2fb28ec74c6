"""A BoundedSemaphore notices a release too many; a Semaphore does not."""

import threading


def broken(seats: threading.Semaphore) -> None:
    seats.acquire()
    try:
        seats.release()  # (1)!
    finally:
        seats.release()


def mended(seats: threading.Semaphore) -> None:
    with seats:  # (2)!
        pass


def free_seats(seats: threading.Semaphore) -> int:
    return sum(iter(lambda: seats.acquire(blocking=False), False))  # (3)!


def main() -> None:
    for kind in (threading.Semaphore, threading.BoundedSemaphore):
        for way in (broken, mended):
            seats = kind(1)
            try:
                way(seats)
            except ValueError as error:
                print(f"{kind.__name__}, {way.__name__}: ValueError: {error}")
            else:
                print(f"{kind.__name__}, {way.__name__}: free seats {free_seats(seats)}")


if __name__ == "__main__":
    main()
