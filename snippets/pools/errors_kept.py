"""An exception stays in the future until somebody asks; if nobody does, it is lost."""

from concurrent.futures import ThreadPoolExecutor


def main() -> None:
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(int, "one")
        print(f"exception(): {asked.exception()!r}")
        try:
            asked.result()
        except ValueError as error:
            print(f"result() raises the same one: {error is asked.exception()}")

        forgotten = pool.submit(int, "two")  # (1)!
        results = pool.map(int, ["3", "four", "5"])  # (2)!
    print(f"all is done, the forgotten one too: {forgotten.done()}")

    print(f"map(): first {next(results)}")
    try:
        next(results)  # (3)!
    except ValueError as error:
        print(f"map(): then {error!r}")
    print(f"map(): left {list(results)}")


if __name__ == "__main__":
    main()
