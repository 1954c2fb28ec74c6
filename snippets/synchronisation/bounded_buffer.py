"""A buffer with room for two: one lock, and one condition for each reason to wait."""

import threading
import time


class Buffer:
    def __init__(self, room: int) -> None:
        self.room = room
        self.items: list[int] = []
        self.most = 0
        lock = threading.Lock()
        self.not_full = threading.Condition(lock)  # (1)!
        self.not_empty = threading.Condition(lock)

    def put(self, item: int) -> None:
        with self.not_full:
            self.not_full.wait_for(lambda: len(self.items) < self.room)  # (2)!
            self.items.append(item)
            self.most = max(self.most, len(self.items))
            self.not_empty.notify()  # (3)!

    def get(self) -> int:
        with self.not_empty:
            self.not_empty.wait_for(lambda: self.items)
            item = self.items.pop(0)
            self.not_full.notify()
            return item


def produce(buffer: Buffer) -> None:
    for item in range(5):
        buffer.put(item)


def main() -> None:
    buffer = Buffer(room=2)
    producer = threading.Thread(target=produce, args=(buffer,), name="producer")
    producer.start()
    for _ in range(5):
        time.sleep(0.1)  # (4)!
        print(f"got {buffer.get()}")
    producer.join()
    print(f"never more than 2 inside: {buffer.most <= 2}")


if __name__ == "__main__":
    main()
