"""Neither a timeout nor cancel() stops work that has begun."""

from concurrent.futures import CancelledError, ThreadPoolExecutor
from threading import Event


def work(begun: Event, may_end: Event) -> str:
    begun.set()
    may_end.wait()
    return "finished all the same"


def main() -> None:
    begun, may_end = Event(), Event()
    with ThreadPoolExecutor(1) as pool:
        futures = [pool.submit(work, begun, may_end) for _ in range(3)]
        running, waiting, another = futures
        begun.wait()
        try:
            running.result(timeout=0.1)  # (1)!
        except TimeoutError:
            print(f"TimeoutError, still running: {running.running()}")
        print(f"cancel() of the running one: {running.cancel()}")  # (2)!
        print(f"cancel() of the waiting one: {waiting.cancel()}")
        pool.shutdown(wait=False, cancel_futures=True)  # (3)!
        print(f"shutdown(): another one cancelled {another.cancelled()}")
        may_end.set()
    print(f"running: {running.result()}")
    try:
        waiting.result()
    except CancelledError as error:
        print(f"waiting: {type(error).__name__}")


if __name__ == "__main__":
    main()
