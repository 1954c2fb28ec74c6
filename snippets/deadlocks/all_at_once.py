"""Take everything at once or nothing: whoever waits has nothing meanwhile."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Tools:
    def __init__(self, *names: str) -> None:
        self._free = set(names)
        self._changed = threading.Condition()

    @contextmanager
    def take(self, *wanted: str) -> Iterator[None]:
        with self._changed:
            self._changed.wait_for(lambda: self._free.issuperset(wanted))  # (1)!
            self._free.difference_update(wanted)  # (2)!
        try:
            yield
        finally:
            with self._changed:
                self._free.update(wanted)
                self._changed.notify_all()  # (3)!


def work(tools: Tools, start_line: threading.Barrier, *wanted: str) -> None:
    start_line.wait()
    with tools.take(*wanted):
        print(f"has {' and '.join(wanted)}")
        time.sleep(0.1)


def main() -> None:
    tools, start_line = Tools("hammer", "saw"), threading.Barrier(2)
    threads = [
        threading.Thread(target=work, args=(tools, start_line, "hammer", "saw")),
        threading.Thread(target=work, args=(tools, start_line, "saw", "hammer")),  # (4)!
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("both are done")


if __name__ == "__main__":
    main()
