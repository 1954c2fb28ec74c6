"""Leaving with shuts the pool down: hand everything over before."""

from concurrent.futures import ThreadPoolExecutor


def broken() -> None:
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(print, "broken: first")
    pool.submit(print, "broken: second")  # (1)!


def mended() -> None:
    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(print, "mended: first")
        pool.submit(print, "mended: second")  # (2)!


def main() -> None:
    try:
        broken()
    except RuntimeError as error:
        print(f"broken: RuntimeError: {error}")
    mended()


if __name__ == "__main__":
    main()
