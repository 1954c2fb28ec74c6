"""What each method of a Process does."""

import time
from collections.abc import Callable
from multiprocessing import Pipe, Process, current_process


def tell_where() -> None:
    print(f"run: target called in {current_process().name}")


def exit_code_after(end: Callable[[Process], None]) -> int | None:
    process = Process(target=time.sleep, args=(60,))
    process.start()
    end(process)
    process.join()  # (1)!
    return process.exitcode


def main() -> None:
    may_end, wait = Pipe()
    process = Process(target=wait.recv)  # (2)!
    pid, alive = process.pid, process.is_alive()
    process.start()
    print(f"start: pid {pid} before, {type(process.pid).__name__} after")
    states = [alive, process.is_alive()]
    may_end.send("end")
    print(f"join: {process.join()}, then exitcode {process.exitcode}")
    print("is_alive: {} before start(), {} after, {} after the end".format(*states, process.is_alive()))
    process.close()
    try:
        process.is_alive()
    except ValueError as error:
        print(f"close: then ValueError: {error}")

    Process(target=tell_where).run()  # (3)!
    print(f"terminate: exitcode {exit_code_after(Process.terminate)}")
    print(f"kill: exitcode {exit_code_after(Process.kill)}")


if __name__ == "__main__":
    main()
