"""A barrier breaks for everybody when one gives up; reset() mends it."""

import threading
from collections.abc import Callable


def meet(meeting: threading.Barrier, outcomes: list[str], timeout: float | None = None) -> None:
    name = threading.current_thread().name
    try:
        meeting.wait(timeout)
        outcomes.append(f"{name} met")
    except threading.BrokenBarrierError:
        outcomes.append(f"{name} broken")


def together(names: str, meeting: threading.Barrier, act: Callable[[list[str]], None]) -> list[str]:
    outcomes: list[str] = []
    threads = [threading.Thread(target=meet, args=(meeting, outcomes), name=name) for name in names]
    for thread in threads:
        thread.start()
    act(outcomes)  # (1)!
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def main() -> None:
    meeting = threading.Barrier(3)
    print(f"one is missing: {together('A', meeting, lambda outcomes: meet(meeting, outcomes, 0.1))}")  # (2)!
    print(f"too late: {together('', meeting, lambda outcomes: meet(meeting, outcomes))}")  # (3)!
    meeting.reset()  # (4)!
    print(f"after reset(): {together('BC', meeting, lambda outcomes: meet(meeting, outcomes))}")
    print(f"abort(): {together('D', meeting, lambda _: meeting.abort())}")  # (5)!


if __name__ == "__main__":
    main()
