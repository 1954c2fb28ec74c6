"""fork copies what the child needs; the other start methods have to pickle it."""

import multiprocessing
import pickle


def main() -> None:
    def inner() -> None:  # (1)!
        print("  inner() runs")

    for method in sorted(multiprocessing.get_all_start_methods()):
        print(f"{method}:")
        process = multiprocessing.get_context(method).Process(target=inner)
        try:
            process.start()
        except (AttributeError, pickle.PicklingError):  # (2)!
            print(f"  inner() cannot be pickled, pid {process.pid}")
        else:
            process.join()


if __name__ == "__main__":
    main()
