"""A process has memory of its own: the parent does not see what the child changes."""

from multiprocessing import Process

account = {"balance": 100}


def withdraw(amount: int) -> None:
    account["balance"] -= amount  # (1)!
    print(f"child:  balance {account['balance']}")


def main() -> None:
    process = Process(target=withdraw, args=(30,))
    process.start()
    process.join()  # (2)!
    print(f"parent: balance {account['balance']}")


if __name__ == "__main__":
    main()
