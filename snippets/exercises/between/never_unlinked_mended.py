"""A child process adds up numbers in a shared block; afterwards, nothing of the block is left."""

import multiprocessing
from multiprocessing.shared_memory import SharedMemory


def add_up(name: str, size: int) -> None:
    block = SharedMemory(name)
    print(f"the child added up {size} numbers: {sum(block.buf[:size])}")
    block.close()


def is_left(name: str) -> bool:
    try:
        SharedMemory(name).close()
    except FileNotFoundError:
        return False
    return True


def main() -> None:
    context = multiprocessing.get_context("spawn")
    numbers = bytes(range(100))
    block = SharedMemory(create=True, size=len(numbers))
    block.buf[: len(numbers)] = numbers
    child = context.Process(target=add_up, args=(block.name, len(numbers)))
    child.start()
    child.join()
    block.close()
    block.unlink()  # (1)!
    print(f"the block is left: {is_left(block.name)}")


if __name__ == "__main__":
    main()
