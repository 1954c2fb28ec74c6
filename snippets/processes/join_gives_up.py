"""join() returns None, whether the process has ended or the time was up."""

from multiprocessing import Pipe, Process


def report_join(process: Process, timeout: float | None) -> None:
    answer = process.join(timeout)  # (1)!
    print(f"join({timeout}): {answer}, exitcode: {process.exitcode}")  # (2)!


def main() -> None:
    may_end, wait = Pipe()
    process = Process(target=wait.recv)
    process.start()
    report_join(process, 0.05)
    may_end.send("end")
    report_join(process, None)  # (3)!


if __name__ == "__main__":
    main()
