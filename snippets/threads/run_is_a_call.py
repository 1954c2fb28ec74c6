"""start() runs the work in a new thread, run() in the thread that calls it."""

import threading


class Worker(threading.Thread):  # (1)!
    def __init__(self) -> None:
        super().__init__(name="worker")  # (2)!

    def run(self) -> None:
        print(f"  runs in {threading.current_thread().name}")


def main() -> None:
    print("start():")
    worker = Worker()
    worker.start()
    worker.join()
    print("run():")
    Worker().run()  # (3)!


if __name__ == "__main__":
    main()
