"""Two transfers between the same two accounts, one each way; both should be made."""

import threading
import time


class Account:
    def __init__(self, name: str, balance: int) -> None:
        self.name = name
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source: Account, target: Account, amount: int) -> None:
    with source.lock:
        time.sleep(0.1)  # (1)!
        with target.lock:
            source.balance -= amount
            target.balance += amount


def main() -> None:
    ann, bob = Account("Ann", 100), Account("Bob", 100)
    there = threading.Thread(target=transfer, args=(ann, bob, 30), daemon=True)  # (2)!
    back = threading.Thread(target=transfer, args=(bob, ann, 10), daemon=True)
    there.start()
    back.start()
    there.join(0.5)  # (3)!
    back.join(0.5)
    print(f"still under way: {there.is_alive() + back.is_alive()}, Ann {ann.balance}, Bob {bob.balance}")


if __name__ == "__main__":
    main()
