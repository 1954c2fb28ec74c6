"""A proxy passes on what is done to it, not to what it has returned."""

from multiprocessing import Manager, Process, active_children
from multiprocessing.managers import DictProxy


def change(shared: DictProxy) -> None:
    shared["plain"].append("lost")  # (1)!
    names = shared["assigned"]
    names.append("kept")
    shared["assigned"] = names  # (2)!
    shared["proxy"].append("kept")  # (3)!


def main() -> None:
    with Manager() as manager:  # (4)!
        shared = manager.dict(plain=[], assigned=[], proxy=manager.list())
        (server,) = active_children()
        print(f"{type(shared).__name__}, its dict is in {server.name}")
        process = Process(target=change, args=(shared,))
        process.start()
        process.join()
        for key, names in shared.items():
            print(f"{key}: {type(names).__name__} {list(names)}")


if __name__ == "__main__":
    main()
