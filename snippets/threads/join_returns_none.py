"""join() returns None, whether the thread has ended or the time was up."""

import threading


def report_join(thread: threading.Thread, timeout: float) -> None:
    answer = thread.join(timeout)  # (1)!
    print(f"join({timeout}): {answer}, alive: {thread.is_alive()}")  # (2)!


def main() -> None:
    may_end = threading.Event()
    thread = threading.Thread(target=may_end.wait)
    thread.start()
    report_join(thread, 0.1)
    may_end.set()
    report_join(thread, 10)  # (3)!
    try:
        threading.current_thread().join()  # (4)!
    except RuntimeError as error:
        print(f"RuntimeError: {error}")


if __name__ == "__main__":
    main()
