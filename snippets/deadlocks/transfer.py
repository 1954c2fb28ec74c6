"""Opposite transfers: whoever pays, the smaller account number is locked first."""

import threading
from dataclasses import dataclass, field


@dataclass
class Account:
    number: int
    balance: int
    lock: threading.Lock = field(default_factory=threading.Lock)


def transfer(source: Account, target: Account, amount: int) -> None:
    if source is target:
        return  # (1)!
    first, second = sorted((source, target), key=lambda account: account.number)  # (2)!
    with first.lock, second.lock:
        source.balance -= amount
        target.balance += amount
        way = f"{source.number} to {target.number}"
        print(f"{amount} from {way}, locked {first.number} first")


def main() -> None:
    ann, bob = Account(1, 100), Account(2, 100)
    start_line = threading.Barrier(2)

    def pay(source: Account, target: Account, amount: int) -> None:
        start_line.wait()
        transfer(source, target, amount)

    threads = [
        threading.Thread(target=pay, args=(ann, bob, 30)),
        threading.Thread(target=pay, args=(bob, ann, 50)),  # (3)!
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"balances: {ann.balance} and {bob.balance}")


if __name__ == "__main__":
    main()
