"""One order for all: the remedy against a deadlock of two threads."""

import threading
from dataclasses import dataclass, field


@dataclass
class Resource:
    name: str
    lock: threading.Lock = field(default_factory=threading.Lock)


def use_both(one: Resource, other: Resource, start_line: threading.Barrier) -> None:
    first, second = sorted((one, other), key=lambda resource: resource.name)  # (1)!
    start_line.wait()
    with first.lock, second.lock:  # (2)!
        print(f"wants {one.name} {other.name}, takes {first.name} {second.name}")  # (3)!


def main() -> None:
    res_a, res_b = Resource("ResA"), Resource("ResB")
    start_line = threading.Barrier(2)
    threads = [
        threading.Thread(target=use_both, args=(res_a, res_b, start_line)),
        threading.Thread(target=use_both, args=(res_b, res_a, start_line)),  # (4)!
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("both are done")


if __name__ == "__main__":
    main()
