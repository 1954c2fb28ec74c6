"""Five philosophers take their left fork at the same time: no right fork is left for anybody."""

import threading


def dine(name: str, left: threading.Lock, right: threading.Lock, meet: threading.Barrier, ate: dict[str, bool]) -> None:
    with left:
        meet.wait()  # (1)!
        ate[name] = right.acquire(timeout=0.3)  # (2)!
        meet.wait()  # (3)!
        if ate[name]:
            right.release()


def main() -> None:
    forks = [threading.Lock() for _ in range(5)]
    meet = threading.Barrier(5)
    ate: dict[str, bool] = {}
    threads = [
        threading.Thread(target=dine, args=(f"P{seat}", forks[seat], forks[(seat + 1) % 5], meet, ate), name=f"P{seat}")
        for seat in range(5)  # (4)!
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in sorted(ate):
        print(f"{name} ate: {ate[name]}")


if __name__ == "__main__":
    main()
