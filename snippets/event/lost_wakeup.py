"""An event does not count, and what was set before clear() is gone."""

import threading


def send(event: threading.Event, jobs: list[str]) -> None:
    for job in ("a", "b", "c"):
        jobs.append(job)
        event.set()  # (1)!


def count_wake_ups() -> int:
    event = threading.Event()
    send(event, [])
    woken = 0
    while event.wait(0.1):
        event.clear()
        woken += 1
    return woken


def listen(look_first: bool) -> str:
    event = threading.Event()
    jobs: list[str] = []
    sender = threading.Thread(target=send, args=(event, jobs))
    sender.start()
    sender.join()  # (2)!
    event.clear()  # (3)!
    if look_first and jobs:  # (4)!
        return f"found {jobs}"
    return f"wait(0.3) {event.wait(0.3)}, jobs left {jobs}"  # (5)!


def main() -> None:
    print(f"three times set(), woken: {count_wake_ups()}")
    print(f"clear(), wait(): {listen(look_first=False)}")
    print(f"clear(), look, wait(): {listen(look_first=True)}")


if __name__ == "__main__":
    main()
