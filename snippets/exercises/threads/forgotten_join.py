"""Three threads count the words of three pages; the sum should be that of all pages."""

import threading
import time

PAGES = ("locks and events", "a thread waits", "nobody is left behind")


def count(page: str, counts: list[int]) -> None:
    time.sleep(0.1)  # (1)!
    counts.append(len(page.split()))


def count_all(pages: tuple[str, ...]) -> int:
    counts: list[int] = []
    for page in pages:
        threading.Thread(target=count, args=(page, counts)).start()
    return sum(counts)


def main() -> None:
    print(f"words on all pages: {count_all(PAGES)}")


if __name__ == "__main__":
    main()
