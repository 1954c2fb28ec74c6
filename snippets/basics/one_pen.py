"""Three friends share one pen: whoever holds it writes, the others wait."""

import time
from threading import Lock, Thread, current_thread

pen = Lock()


def write() -> None:
    for line in (1, 2):
        with pen:
            print(f"{current_thread().name} writes line {line}")
            time.sleep(0.1)
        time.sleep(0.02)


def main() -> None:
    friends = [Thread(target=write, name=name) for name in ("Ann", "Ben", "Eva")]
    for friend in friends:
        friend.start()
    for friend in friends:
        friend.join()
    print("the letter is done")


if __name__ == "__main__":
    main()
