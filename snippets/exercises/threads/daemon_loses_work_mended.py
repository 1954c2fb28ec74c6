"""A daemon thread saves lines that are handed to it; every line is saved."""

import queue
import threading
import time


def save(line: str) -> None:
    time.sleep(0.1)
    print(f"saved: {line}")


def save_all(lines: queue.Queue[str]) -> None:
    while True:
        save(lines.get())
        lines.task_done()  # (1)!


def main() -> None:
    lines: queue.Queue[str] = queue.Queue()
    threading.Thread(target=save_all, args=(lines,), daemon=True).start()
    for line in ("one", "two", "three"):
        lines.put(line)
    print("all lines are handed over")
    lines.join()  # (2)!


if __name__ == "__main__":
    main()
