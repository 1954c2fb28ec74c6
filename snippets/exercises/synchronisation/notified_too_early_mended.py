"""An answer is set once; everybody who asks for it gets it, also somebody who comes late."""

import threading
import time


class Answer:
    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.value: int | None = None

    def set(self, value: int) -> None:
        with self.changed:
            self.value = value
            self.changed.notify_all()

    def get(self) -> int | None:
        with self.changed:
            self.changed.wait_for(lambda: self.value is not None)  # (1)!
            return self.value


def ask_late(answer: Answer, got: list[int | None]) -> None:
    time.sleep(0.3)
    got.append(answer.get())


def main() -> None:
    answer, got = Answer(), list[int | None]()
    asker = threading.Thread(target=ask_late, args=(answer, got), daemon=True)
    asker.start()
    answer.set(42)
    asker.join()
    print(f"got: {got}")


if __name__ == "__main__":
    main()
