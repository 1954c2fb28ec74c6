"""Two meet in a corridor: if both always step aside together, neither gets past."""

from threading import Barrier, Thread

ROUNDS = 4


def walk(me: str, other: str, side: dict[str, str], meet: Barrier, polite: bool) -> None:
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

    meet = Barrier(2, action=look)
    threads = [
        Thread(target=walk, args=("Ann", "Bob", side, meet, ann_polite)),
        Thread(target=walk, args=("Bob", "Ann", side, meet, bob_polite)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, sides in enumerate(looks[::2], 1):
        print(f"round {number}: {sides}")


def main() -> None:
    print("both step aside")
    corridor(ann_polite=True, bob_polite=True)
    print("only Ann steps aside")
    corridor(ann_polite=True, bob_polite=False)  # (5)!


if __name__ == "__main__":
    main()
