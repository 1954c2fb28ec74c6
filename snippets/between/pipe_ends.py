"""The end of a pipe is seen only when all copies of the other end are closed."""

from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection


def answer(asker: Connection) -> None:
    first, second = asker.recv()
    asker.send(first + second)  # (1)!


def main() -> None:
    ours, theirs = Pipe()
    process = Process(target=answer, args=(theirs,))
    process.start()
    ours.send([20, 22])  # (2)!
    print(f"recv(): {ours.recv()}")

    process.join()
    print(f"the child has ended, poll(0.2): {ours.poll(0.2)}")  # (3)!
    theirs.close()
    print(f"our copy of its end is closed, poll(0.2): {ours.poll(0.2)}")
    try:
        ours.recv()
    except EOFError:
        print("recv(): EOFError")
    try:
        ours.send("anybody there?")
    except OSError as error:  # (4)!
        print(f"send(): {type(error).__name__}")


if __name__ == "__main__":
    main()
