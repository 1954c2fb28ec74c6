"""Two child processes greet, each once; the program ends well."""

import multiprocessing
import sys


def greet(name: str) -> None:
    print(f"hello from {name}\n", end="")


def main() -> None:
    context = multiprocessing.get_context("spawn")
    children = [context.Process(target=greet, args=(name,)) for name in ("one", "two")]
    for child in children:
        child.start()
    for child in children:
        child.join()
    print("exit codes:", *(child.exitcode for child in children))
    sys.exit(max(child.exitcode or 0 for child in children))


if __name__ == "__main__":  # (1)!
    main()
