"""Two threads want the same page at the same time; it is loaded only once."""

import threading
import time


def load(page: str) -> str:
    print(f"loading {page}\n", end="")
    time.sleep(0.3)
    return f"content of {page}"


class Cache:
    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.lock = threading.Lock()

    def get(self, page: str) -> str:
        with self.lock:  # (1)!
            if page not in self.pages:
                self.pages[page] = load(page)
            return self.pages[page]


def main() -> None:
    cache = Cache()
    readers = [threading.Thread(target=cache.get, args=("index",)) for _ in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    print(f"in the cache: {cache.pages}")


if __name__ == "__main__":
    main()
