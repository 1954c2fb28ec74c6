"""Three people book seats; whoever asks for too many is refused, and the others go on."""

import threading
import time


class Seats:
    def __init__(self, free: int) -> None:
        self.free = free
        self.lock = threading.Lock()

    def book(self, wanted: int) -> bool:
        with self.lock:  # (1)!
            if wanted > self.free:
                return False
            time.sleep(0.05)
            self.free -= wanted
            return True


def visit(seats: Seats, wanted: int) -> None:
    print(f"{wanted} wanted: {'booked' if seats.book(wanted) else 'refused'}\n", end="")


def main() -> None:
    seats = Seats(3)
    visitors = [threading.Thread(target=visit, args=(seats, wanted), daemon=True) for wanted in (4, 2, 1)]
    visitors[0].start()
    visitors[0].join()
    for visitor in visitors[1:]:
        visitor.start()
    for visitor in visitors[1:]:
        visitor.join()
    print(f"still waiting: {sum(visitor.is_alive() for visitor in visitors)}, free: {seats.free}")


if __name__ == "__main__":
    main()
