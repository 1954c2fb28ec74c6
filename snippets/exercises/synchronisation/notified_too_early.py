"""An answer is set once; everybody who asks for it should get it, also somebody who comes late."""

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
            self.changed.wait()
            return self.value


def ask_late(answer: Answer, got: list[int | None]) -> None:
    time.sleep(0.3)  # (1)!
    got.append(answer.get())


def main() -> None:
    answer, got = Answer(), list[int | None]()
    asker = threading.Thread(target=ask_late, args=(answer, got), daemon=True)
    asker.start()
    answer.set(42)
    asker.join(0.6)  # (2)!
    print(f"got: {got}")


if __name__ == "__main__":
    main()
