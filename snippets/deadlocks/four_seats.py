"""Five philosophers, four seats: somebody always gets a right fork, so all eat."""

import threading
import time


class Table:
    def __init__(self) -> None:
        self.forks = [threading.Lock() for _ in range(5)]
        self.seats = threading.Semaphore(4)  # (1)!
        self.met = threading.Event()
        self.meet = threading.Barrier(4, action=self.met.set)
        self.ate: list[str] = []

    def dine(self, number: int) -> None:
        left, right = self.forks[number], self.forks[(number + 1) % 5]
        with self.seats, left:
            if not self.met.is_set():
                self.meet.wait()  # (2)!
            with right:  # (3)!
                self.ate.append(f"P{number}")
                time.sleep(0.05)


def main() -> None:
    table = Table()
    threads = [threading.Thread(target=table.dine, args=(number,), name=f"P{number}") for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"ate, in this order: {', '.join(table.ate)}")


if __name__ == "__main__":
    main()
