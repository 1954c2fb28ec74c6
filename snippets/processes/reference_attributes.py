"""What each attribute of a Process says."""

from multiprocessing import Pipe, Process
from multiprocessing.connection import wait


def is_ready(sentinel: int) -> bool:
    return bool(wait([sentinel], timeout=0))  # (1)!


def main() -> None:
    may_end, end = Pipe()
    process = Process(target=end.recv)  # (2)!
    default, process.name = process.name, "alvin"
    print(f"name: {default}, then {process.name}")
    pid, daemon = process.pid, process.daemon

    process.start()
    print(f"pid: {pid} before start(), {type(process.pid).__name__} after")
    try:
        process.daemon = True  # (3)!
    except AssertionError as error:
        print(f"daemon: {daemon}; too late: AssertionError: {error}")

    code, ready = process.exitcode, is_ready(process.sentinel)
    may_end.send("end")
    wait([process.sentinel])  # (4)!
    print(f"sentinel: ready {ready} while it lives, {is_ready(process.sentinel)} after the end")
    process.join()
    print(f"exitcode: {code} while it lives, {process.exitcode} after the end")


if __name__ == "__main__":
    main()
