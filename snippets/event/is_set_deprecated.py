"""isSet() as the notes have it, is_set() today, and what wait() returns."""

import threading
import warnings


def warning_of_is_set(event: threading.Event) -> str:
    with warnings.catch_warnings(record=True) as caught:  # (1)!
        warnings.simplefilter("always")
        event.isSet()
    return f"{caught[0].category.__name__}: {caught[0].message}"


def main() -> None:
    event = threading.Event()
    print(warning_of_is_set(event))
    print(f"is_set(): {event.is_set()}")  # (2)!
    print(f"not set, wait(0.1): {event.wait(0.1)}")  # (3)!
    event.set()
    print(f"set, wait(0.1): {event.wait(0.1)}")


if __name__ == "__main__":
    main()
