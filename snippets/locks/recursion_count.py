"""An RLock remembers its owner, and how often the owner has taken it."""

import threading


def another_thread_gets(rlock: threading.RLock) -> bool:
    answers: list[bool] = []

    def attempt() -> None:
        answers.append(rlock.acquire(blocking=False))  # (1)!
        if answers[0]:
            rlock.release()

    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
    return answers[0]


def report(rlock: threading.RLock) -> None:
    print(f"{rlock}\n  another thread gets it: {another_thread_gets(rlock)}")  # (2)!


def main() -> None:
    rlock = threading.RLock()
    print(f"this thread: {threading.get_ident()}")
    rlock.acquire()
    rlock.acquire()
    report(rlock)
    rlock.release()  # (3)!
    report(rlock)
    rlock.release()  # (4)!
    report(rlock)


if __name__ == "__main__":
    main()
