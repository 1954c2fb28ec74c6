"""map() follows the input, as_completed() the order of completion."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import partial
from threading import Event, current_thread


def work(a_may_end: Event, ended: list[str], name: str) -> str:
    if name == "A":
        a_may_end.wait()  # (1)!
    ended.append(name)
    return f"{name} from {current_thread().name}"


def main() -> None:
    with ThreadPoolExecutor(2, thread_name_prefix="map") as pool:
        a_may_end, ended = Event(), []
        results = pool.map(partial(work, a_may_end, ended), "ABC")
        pool.submit(a_may_end.set)  # (2)!
        print(f"map: {', '.join(results)}")
        print(f"they ended: {', '.join(ended)}")

    with ThreadPoolExecutor(2, thread_name_prefix="completed") as pool:
        a_may_end, ended = Event(), []
        futures = [pool.submit(work, a_may_end, ended, name) for name in "ABC"]
        for count, future in enumerate(as_completed(futures), start=1):
            print(f"as_completed: {future.result()}")
            if count == 2:
                a_may_end.set()  # (3)!


if __name__ == "__main__":
    main()
