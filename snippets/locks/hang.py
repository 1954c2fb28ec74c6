"""A thread that waits for itself, without a time limit: a real deadlock."""

import threading


def take_twice(lock: threading.Lock, has_lock: threading.Event) -> None:
    with lock:
        has_lock.set()
        with lock:  # (1)!
            print("has it twice")


def main() -> None:
    has_lock = threading.Event()
    thread = threading.Thread(target=take_twice, args=(threading.Lock(), has_lock), daemon=True)  # (2)!
    thread.start()
    has_lock.wait()
    thread.join(0.3)  # (3)!
    print(f"still waiting: {thread.is_alive()}")


if __name__ == "__main__":
    main()
