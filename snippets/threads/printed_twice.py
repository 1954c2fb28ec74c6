"""A line outside the guard runs again in every process started by spawn."""

import multiprocessing


def work() -> None:
    print("work in the new process")


def main() -> None:
    context = multiprocessing.get_context("spawn")  # (1)!
    process = context.Process(target=work)
    process.start()
    process.join()


if __name__ == "__main__":
    main()

print("end main process, in", __name__)  # (2)!
