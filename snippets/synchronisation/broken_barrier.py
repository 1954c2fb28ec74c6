"""A barrier breaks for everybody when one gives up; reset() mends it."""

import threading


def meet(meeting: threading.Barrier, timeout: float | None, outcomes: list[str]) -> None:
    try:
        meeting.wait(timeout)
        outcomes.append("met")
    except threading.BrokenBarrierError:
        outcomes.append("broken")


def come(meeting: threading.Barrier, *timeouts: float | None, abort: bool = False) -> str:
    outcomes: list[str] = []
    threads = [threading.Thread(target=meet, args=(meeting, timeout, outcomes)) for timeout in timeouts]
    for thread in threads:
        thread.start()
    if abort:
        meeting.abort()  # (1)!
    for thread in threads:
        thread.join()
    return f"{outcomes}, broken {meeting.broken}"


def main() -> None:
    meeting = threading.Barrier(3)
    print(f"two of three, one waits 0.1 s: {come(meeting, None, 0.1)}")  # (2)!
    print(f"three come too late: {come(meeting, None, None, None)}")  # (3)!
    meeting.reset()  # (4)!
    print(f"three after reset(): {come(meeting, None, None, None)}")
    print(f"one of three, abort(): {come(meeting, None, abort=True)}")


if __name__ == "__main__":
    main()
