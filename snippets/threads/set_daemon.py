"""daemon=True today, setDaemon() as the notes have it, and too late."""

import threading
import warnings


def warning_of_set_daemon() -> str:
    with warnings.catch_warnings(record=True) as caught:  # (1)!
        warnings.simplefilter("always")
        threading.Thread().setDaemon(True)
    return f"{caught[0].category.__name__}: {caught[0].message}"


def main() -> None:
    may_end = threading.Event()
    thread = threading.Thread(target=may_end.wait, daemon=True)  # (2)!
    print(f"daemon: {thread.daemon}")
    print(warning_of_set_daemon())
    thread.start()
    try:
        thread.daemon = False  # (3)!
    except RuntimeError as error:
        print(f"RuntimeError: {error}")
    may_end.set()
    thread.join()


if __name__ == "__main__":
    main()
