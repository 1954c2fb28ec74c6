"""Three threads count the words of three pages; the sum is that of all pages."""

import threading
import time

PAGES = ("locks and events", "a thread waits", "nobody is left behind")


def count(page: str, counts: list[int]) -> None:
    time.sleep(0.1)
    counts.append(len(page.split()))


def count_all(pages: tuple[str, ...]) -> int:
    counts: list[int] = []
    threads = [threading.Thread(target=count, args=(page, counts)) for page in pages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()  # (1)!
    return sum(counts)


def main() -> None:
    print(f"words on all pages: {count_all(PAGES)}")


if __name__ == "__main__":
    main()
