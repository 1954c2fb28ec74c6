"""A woken thread has to look again: another one may have been faster."""

import threading
from collections.abc import Callable


def take_after_if(changed: threading.Condition, items: list[str], settled: threading.Semaphore) -> str:
    if not items:
        settled.release()  # (1)!
        changed.wait()
    return items.pop() if items else "nothing"


def take_in_loop(changed: threading.Condition, items: list[str], settled: threading.Semaphore) -> str:
    while not items:  # (2)!
        settled.release()
        changed.wait()
    return items.pop()


def two_take(names: str, take: Callable[..., str]) -> str:
    changed, settled = threading.Condition(), threading.Semaphore(0)
    items, taken = list[str](), list[str]()

    def consume() -> None:
        with changed:
            taken.append(take(changed, items, settled))
        settled.release()

    threads = [threading.Thread(target=consume, name=name) for name in names]
    for thread in threads:
        thread.start()
    for item in ("first", "second"):
        for _ in threads:
            settled.acquire()  # (3)!
        with changed:
            items.append(item)
            changed.notify_all()  # (4)!
    for thread in threads:
        thread.join()
    return f"taken {taken}, left {items}"


def main() -> None:
    print(f"if: {two_take('AB', take_after_if)}")
    print(f"while: {two_take('CD', take_in_loop)}")


if __name__ == "__main__":
    main()
