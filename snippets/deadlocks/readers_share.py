"""A readers/writer lock: readers share it, so they may take two in any order."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class ReadersWriter:
    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.readers = 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        with self.changed:
            self.readers += 1  # (1)!
        try:
            yield
        finally:
            with self.changed:
                self.readers -= 1
                self.changed.notify_all()

    @contextmanager
    def writing(self) -> Iterator[None]:
        with self.changed:
            self.changed.wait_for(lambda: self.readers == 0)  # (2)!
            yield


def read_both(one: ReadersWriter, other: ReadersWriter, meet: threading.Barrier) -> None:
    with one.reading():
        meet.wait()  # (3)!
        with other.reading():
            meet.wait()  # (4)!


def main() -> None:
    a, b, meet = ReadersWriter(), ReadersWriter(), threading.Barrier(3)
    for pair in ((a, b), (b, a)):
        threading.Thread(target=read_both, args=(*pair, meet)).start()
    meet.wait()
    meet.wait()
    print("two readers were inside both")
    with a.writing():
        print(f"a writer is inside, and {a.readers} readers")


if __name__ == "__main__":
    main()
