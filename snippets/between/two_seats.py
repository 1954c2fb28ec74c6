"""A semaphore counts across processes; a killed one never releases it."""

from multiprocessing import Pipe, Process, Semaphore
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Semaphore as Seats


def sit(seats: Seats, end: Connection) -> None:
    with seats:  # (1)!
        end.send("seated")
        end.recv()


def seat(seats: Seats) -> tuple[Process, Connection]:
    ours, theirs = Pipe()
    process = Process(target=sit, args=(seats, theirs))
    process.start()
    ours.recv()  # (2)!
    return process, ours


def take_all(seats: Seats) -> int:
    taken = 0
    while seats.acquire(timeout=0.1):  # (3)!
        taken += 1
    for _ in range(taken):
        seats.release()
    return taken


def main() -> None:
    seats = Semaphore(2)
    (first, end), (second, _) = seat(seats), seat(seats)
    print(f"two processes are seated, free seats: {take_all(seats)}")
    end.send("leave")
    first.join()
    print(f"the first has left, free seats: {take_all(seats)}")
    second.kill()
    second.join()
    print(f"the second was killed, free seats: {take_all(seats)}")


if __name__ == "__main__":
    main()
