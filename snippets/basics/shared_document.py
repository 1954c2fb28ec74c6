"""A thread writes into the memory of its process; another process cannot."""

from multiprocessing import Process
from threading import Thread

document: list[str] = []


def write(line: str) -> None:
    document.append(line)  # (1)!


def write_in(kind: type[Process] | type[Thread]) -> None:
    writer = kind(target=write, args=(f"written in a {kind.__name__}",))
    writer.start()
    writer.join()  # (2)!


def main() -> None:
    for kind in (Thread, Process):
        write_in(kind)
        print(f"after the {kind.__name__}: {document}")  # (3)!


if __name__ == "__main__":
    main()
