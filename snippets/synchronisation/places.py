"""A semaphore counts free places; a bounded one knows how many there are."""

import threading
import time


def visit(
    places: threading.Semaphore,
    pair: threading.Barrier,
    inside: list[str],
    seen: list[int],
) -> None:
    name = threading.current_thread().name
    with places:  # (1)!
        inside.append(name)
        pair.wait()  # (2)!
        seen.append(len(inside))
        pair.wait()
        inside.remove(name)
        time.sleep(0.1)


def one_too_many(places: threading.Semaphore) -> str:
    try:
        places.release()  # (3)!
    except ValueError as error:
        return f"ValueError: {error}"
    free = 0
    while places.acquire(blocking=False):  # (4)!
        free += 1
    return f"{free} places"


def main() -> None:
    places, pair = threading.Semaphore(2), threading.Barrier(2)
    inside: list[str] = []
    seen: list[int] = []
    visitors = [threading.Thread(target=visit, args=(places, pair, inside, seen), name=name) for name in "ABCD"]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    print(f"inside at once: {seen}")
    print(f"Semaphore(2): {one_too_many(threading.Semaphore(2))}")
    print(f"BoundedSemaphore(2): {one_too_many(threading.BoundedSemaphore(2))}")


if __name__ == "__main__":
    main()
