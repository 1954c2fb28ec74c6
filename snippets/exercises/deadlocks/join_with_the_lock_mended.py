"""A clock ticks in a thread of its own; close() stops it, and waits until it has ended."""

import threading
import time


class Clock:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.ticks = 0
        self.closed = False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self) -> None:
        while True:
            with self.lock:
                if self.closed:
                    return
                self.ticks += 1
            time.sleep(0.05)

    def close(self) -> bool:
        with self.lock:
            self.closed = True
        self.thread.join()  # (1)!
        return not self.thread.is_alive()


def main() -> None:
    clock = Clock()
    time.sleep(0.12)
    print(f"the clock has ended: {clock.close()}")


if __name__ == "__main__":
    main()
