"""The states of a future, and the thread in which its callback runs."""

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event, current_thread


def work(begun: Event, may_end: Event) -> str:
    begun.set()
    may_end.wait()
    return "a result"


def state(future: Future) -> str:
    if future.running():
        return "running"
    return "done" if future.done() else "pending"


def tell(future: Future) -> None:
    print(f"callback in {current_thread().name}: {future.result()}")


def main() -> None:
    begun, may_end = Event(), Event()
    with ThreadPoolExecutor(1, thread_name_prefix="worker") as pool:
        first = pool.submit(work, begun, may_end)  # (1)!
        second = pool.submit(abs, -2)
        begun.wait()
        print(f"one worker: first {state(first)}, second {state(second)}")
        first.add_done_callback(tell)  # (2)!
        may_end.set()
        print(f"results: {first.result()}, {second.result()}")  # (3)!
        print(f"later: first {state(first)}, second {state(second)}")
        second.add_done_callback(tell)  # (4)!


if __name__ == "__main__":
    main()
