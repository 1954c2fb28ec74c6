"""Any thread may release a Lock; an RLock obeys only its owner."""

import threading
from typing import Any


def release(name: str, lock: Any) -> None:
    try:
        lock.release()  # (1)!
        print(f"{name}: released by another thread")
    except RuntimeError as error:
        print(f"{name}: RuntimeError: {error}")


def main() -> None:
    for name, lock in (("Lock", threading.Lock()), ("RLock", threading.RLock())):
        lock.acquire()  # (2)!
        thread = threading.Thread(target=release, args=(name, lock))
        thread.start()
        thread.join()


if __name__ == "__main__":
    main()
