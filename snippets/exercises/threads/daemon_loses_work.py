"""A daemon thread saves lines that are handed to it; every line should be saved."""

import queue
import threading
import time


def save(line: str) -> None:
    time.sleep(0.1)  # (1)!
    print(f"saved: {line}")


def save_all(lines: queue.Queue[str]) -> None:
    while True:
        save(lines.get())


def main() -> None:
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=save_all, args=(lines,), daemon=True).start()
    for line in ("one", "two", "three"):
        lines.put(line)
    print("all lines are handed over")


if __name__ == "__main__":
    main()
