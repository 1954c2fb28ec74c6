"""A signal handler runs in the main thread, between two bytecodes."""

import os
import signal
import threading
import time

SIZE = 1_000_000


def handler(*_: object) -> None:
    print(f"handler: in {threading.current_thread().name}")


def work(pipe: int) -> None:
    try:
        signal.signal(signal.SIGUSR1, handler)
    except ValueError as error:  # (1)!
        print(f"worker: ValueError: {error}")
    os.read(pipe, 1)  # (2)!
    signal.pthread_kill(threading.get_ident(), signal.SIGUSR1)  # (3)!
    time.sleep(0.2)
    print("worker: has sent itself a signal, and slept")
    while os.read(pipe, SIZE):
        pass


def main() -> None:
    signal.signal(signal.SIGUSR1, handler)
    read_end, write_end = os.pipe()
    thread = threading.Thread(target=work, args=(read_end,))
    thread.start()
    os.write(write_end, bytes(SIZE))  # (4)!
    print("main: os.write() has returned")
    os.close(write_end)
    thread.join()


if __name__ == "__main__":
    main()
