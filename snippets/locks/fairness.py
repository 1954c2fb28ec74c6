"""Who gets the lock next? Two threads release it and want it again at once."""

import threading
import time

TURNS = 30


def take_turns(name: str, lock: threading.Lock, start_line: threading.Barrier, turns: list[str]) -> None:
    start_line.wait()
    while True:
        with lock:  # (1)!
            if len(turns) == TURNS:
                return
            turns.append(name)
            time.sleep(0.001)  # (2)!


def main() -> None:
    lock = threading.Lock()
    start_line = threading.Barrier(2)
    turns: list[str] = []
    threads = [threading.Thread(target=take_turns, args=(name, lock, start_line, turns)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("".join(turns))
    print(f"a: {turns.count('a')}, b: {turns.count('b')}, together: {len(turns)}")  # (3)!


if __name__ == "__main__":
    main()
