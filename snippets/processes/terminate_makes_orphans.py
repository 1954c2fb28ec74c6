"""Children of a process that is terminated live on."""

from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection


def answer(asker: Connection) -> None:
    while asker.recv() != "end":
        asker.send("still here")


def have_a_child(asker: Connection) -> None:
    grandchild = Process(target=answer, args=(asker,))
    grandchild.start()
    grandchild.join()  # (1)!


def main() -> None:
    ours, theirs = Pipe()
    child = Process(target=have_a_child, args=(theirs,))
    child.start()
    theirs.close()  # (2)!
    ours.send("are you there?")
    print(f"grandchild: {ours.recv()}")

    child.terminate()
    child.join()
    print(f"child: exitcode {child.exitcode}")
    ours.send("and now?")
    print(f"grandchild: {ours.recv()}")  # (3)!

    ours.send("end")
    try:
        ours.recv()
    except EOFError:  # (4)!
        print("grandchild: gone")


if __name__ == "__main__":
    main()
