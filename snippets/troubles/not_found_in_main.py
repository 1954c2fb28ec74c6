"""A new process imports the main module, without what is in the guard."""

import multiprocessing


def mended() -> None:
    print("mended: found")


def main() -> None:
    context = multiprocessing.get_context("spawn")  # (1)!
    for way in (broken, mended):
        process = context.Process(target=way)
        process.start()
        process.join()
        print(f"{way.__name__}: exitcode {process.exitcode}")


if __name__ == "__main__":

    def broken() -> None:  # (2)!
        print("never printed")

    main()
