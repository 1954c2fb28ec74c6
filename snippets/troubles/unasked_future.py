"""What goes wrong in a future is silent until somebody asks."""

from concurrent.futures import Future, ThreadPoolExecutor


def report(future: Future[int]) -> None:
    if error := future.exception():
        print(f"callback: {type(error).__name__}: {error}")


def broken() -> None:
    with ThreadPoolExecutor() as pool:
        pool.submit(int, "seven")  # (1)!
    print("broken: all seems well")


def mended() -> None:
    with ThreadPoolExecutor() as pool:
        future = pool.submit(int, "seven")
    try:
        print(future.result())  # (2)!
    except ValueError as error:
        print(f"mended: ValueError: {error}")


def with_callback() -> None:
    with ThreadPoolExecutor() as pool:
        pool.submit(int, "seven").add_done_callback(report)  # (3)!


def main() -> None:
    broken()
    mended()
    with_callback()


if __name__ == "__main__":
    main()
