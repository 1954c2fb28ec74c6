"""Two who meet in a corridor: if both always step aside at the same time, neither gets past."""

import threading

ROUNDS = 4


def walk(me: str, other: str, side: dict[str, str], meet: threading.Barrier, polite: bool) -> None:
    for _ in range(ROUNDS):
        meet.wait()  # (1)!
        blocked = side[me] == side[other]
        meet.wait()  # (2)!
        if not blocked:
            return
        if polite:
            side[me] = "right" if side[me] == "left" else "left"  # (3)!


def corridor(ann_polite: bool, bob_polite: bool) -> None:
    side = {"Ann": "left", "Bob": "left"}
    looks: list[str] = []

    def look() -> None:  # (4)!
        looks.append(f"Ann {side['Ann']}, Bob {side['Bob']}")

    meet = threading.Barrier(2, action=look)
    threads = [
        threading.Thread(target=walk, args=("Ann", "Bob", side, meet, ann_polite)),
        threading.Thread(target=walk, args=("Bob", "Ann", side, meet, bob_polite)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("; ".join(looks[::2]))


def main() -> None:
    corridor(ann_polite=True, bob_polite=True)
    corridor(ann_polite=True, bob_polite=False)  # (5)!


if __name__ == "__main__":
    main()
