"""Five philosophers take their left forks at once: no right one is left."""

from threading import Barrier, Lock, Thread


def dine(name: str, left: Lock, right: Lock, meet: Barrier, ate: dict[str, bool]) -> None:
    with left:
        meet.wait()  # (1)!
        ate[name] = right.acquire(timeout=0.3)  # (2)!
        meet.wait()  # (3)!
        if ate[name]:
            right.release()


def main() -> None:
    names = [f"P{seat}" for seat in range(5)]
    forks = [Lock() for _ in names]
    meet = Barrier(5)
    ate: dict[str, bool] = {}
    threads = [
        Thread(target=dine, args=(name, left, right, meet, ate), name=name)
        for name, left, right in zip(names, forks, [*forks[1:], forks[0]], strict=True)  # (4)!
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for name in names:
        print(f"{name} ate: {ate[name]}")


if __name__ == "__main__":
    main()
