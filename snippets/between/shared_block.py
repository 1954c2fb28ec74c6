"""A block of shared memory is found by its name, until somebody unlinks it."""

from multiprocessing import Process
from multiprocessing.shared_memory import SharedMemory


def write(name: str) -> None:
    block = SharedMemory(name)  # (1)!
    view = block.buf[:4]  # (2)!
    view[:] = bytes([1, 2, 3, 4])
    try:
        block.close()
    except BufferError as error:
        print(f"child, close(): BufferError: {error}")
    view.release()
    block.close()  # (3)!


def look(name: str) -> str:
    try:
        block = SharedMemory(name)
    except FileNotFoundError:
        return "FileNotFoundError"
    seen = bytes(block.buf[:4])
    block.close()
    return f"{list(seen)}"


def main() -> None:
    block = SharedMemory(create=True, size=4)  # (4)!
    process = Process(target=write, args=(block.name,))
    process.start()
    process.join()
    print(f"parent, the same memory: {list(block.buf[:4])}")
    block.close()
    print(f"after close(): {look(block.name)}")
    block.unlink()  # (5)!
    print(f"after unlink(): {look(block.name)}")


if __name__ == "__main__":
    main()
