"""Three threads meet twice; each gets a number, and one of them runs the action."""

import logging
import threading
import time


def work(
    seconds: float,
    meeting: threading.Barrier,
    results: list[int],
    numbers: list[int],
) -> None:
    for number in (1, 2):
        time.sleep(seconds)
        results.append(number)
        logging.info("done with round %d", number)
        index = meeting.wait()  # (1)!
        numbers.append(index)


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(threadName)s: %(message)s")
    results: list[int] = []
    numbers: list[int] = []

    def show() -> None:
        logging.info("all here, results %s", results)  # (2)!

    meeting = threading.Barrier(3, action=show)
    threads = [
        threading.Thread(target=work, args=(seconds, meeting, results, numbers), name=name)
        for name, seconds in (("A", 0.05), ("B", 0.1), ("C", 0.15))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    logging.info("numbers handed out: %s", sorted(numbers))  # (3)!


if __name__ == "__main__":
    main()
