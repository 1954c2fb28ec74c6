"""Two people withdraw 80 from an account of 100; one of them is refused."""

import threading
import time
from dataclasses import dataclass, field


@dataclass
class Account:
    balance: int
    lock: threading.Lock = field(default_factory=threading.Lock)

    def withdraw(self, amount: int) -> bool:
        with self.lock:  # (1)!
            if self.balance < amount:
                return False
            time.sleep(0.3)
            self.balance -= amount
            return True


def visit(account: Account, amount: int, paid: list[int]) -> None:
    if account.withdraw(amount):
        paid.append(amount)


def main() -> None:
    account, paid = Account(100), list[int]()
    threads = [threading.Thread(target=visit, args=(account, 80, paid)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"paid out: {sum(paid)}, balance: {account.balance}")


if __name__ == "__main__":
    main()
