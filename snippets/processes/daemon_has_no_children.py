"""A daemonic process may not have children."""

from multiprocessing import Process


def have_a_child(kind: str) -> None:
    grandchild = Process(target=print, args=(f"{kind} process: its child runs",))
    try:
        grandchild.start()
    except AssertionError as error:
        print(f"{kind} process: AssertionError: {error}")
    else:
        grandchild.join()


def main() -> None:
    for kind in ("ordinary", "daemonic"):
        process = Process(target=have_a_child, args=(kind,), daemon=kind == "daemonic")  # (1)!
        process.start()
        process.join()


if __name__ == "__main__":
    main()
