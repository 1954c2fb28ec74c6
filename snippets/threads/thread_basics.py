"""The life of a thread: made, started once, alive, over."""

import threading


def describe(thread: threading.Thread) -> str:
    ident = "none yet" if thread.ident is None else "a number"  # (1)!
    return f"{thread.name}: ident {ident}, alive: {thread.is_alive()}"


def main() -> None:
    may_end = threading.Event()
    thread = threading.Thread(target=may_end.wait, name="music")  # (2)!
    print("made,   ", describe(thread))
    thread.start()
    print("started,", describe(thread))
    may_end.set()
    thread.join()
    print("joined, ", describe(thread))
    try:
        thread.start()  # (3)!
    except RuntimeError as error:
        print(f"RuntimeError: {error}")


if __name__ == "__main__":
    main()
