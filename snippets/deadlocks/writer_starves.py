"""Readers that overlap keep a writer out, unless a waiting writer goes first."""

from threading import Condition, Event, Thread


class ReadersWriter:
    def __init__(self, writers_first: bool) -> None:
        self.changed, self.writers_first = Condition(), writers_first
        self.readers, self.waiting_writers, self.order = 0, 0, ""

    def read(self, inside: Event, leave: Event, patience: float | None) -> None:
        with self.changed:
            self.changed.wait_for(lambda: not (self.waiting_writers and self.writers_first))  # (1)!
            self.readers += 1
            self.order += "R"
        inside.set()
        leave.wait(patience)  # (2)!
        with self.changed:
            self.readers -= 1
            self.changed.notify_all()

    def write(self, asked: Event) -> None:
        with self.changed:
            self.waiting_writers += 1
            asked.set()
            self.changed.wait_for(lambda: self.readers == 0)  # (3)!
            self.waiting_writers -= 1
            self.order += "W"
            self.changed.notify_all()


def take_turns(writers_first: bool, patience: float | None = None) -> str:
    lock, asked, inside = ReadersWriter(writers_first), Event(), [Event() for _ in range(3)]
    threads = [Thread(target=lock.read, args=(inside[n], inside[(n + 1) % 3], patience)) for n in range(3)]
    threads.insert(1, Thread(target=lock.write, args=(asked,), name="writer"))
    for thread, begun in zip(threads, (inside[0], asked, *inside[1:]), strict=True):
        thread.start()
        begun.wait()  # (4)!
    for thread in threads:
        thread.join()
    return lock.order


def main() -> None:
    print(f"readers first: {take_turns(writers_first=False)}")
    print(f"writers first: {take_turns(writers_first=True, patience=0.2)}")  # (5)!


if __name__ == "__main__":
    main()
