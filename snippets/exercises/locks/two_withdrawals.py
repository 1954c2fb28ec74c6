"""Two people withdraw 80 from an account of 100; one of them should be refused."""

import threading
import time
from dataclasses import dataclass


@dataclass
class Account:
    balance: int

    def withdraw(self, amount: int) -> bool:
        if self.balance < amount:
            return False
        time.sleep(0.3)  # (1)!
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
