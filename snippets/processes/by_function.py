"""Three processes, each of which runs the function f."""

import time
from multiprocessing import Process


def f(name: str) -> None:
    print(f"hello {name} {time.ctime()}")
    time.sleep(1)


def main() -> None:
    p_list: list[Process] = []
    for i in range(3):
        p = Process(target=f, args=(f"alvin:{i}",))  # (1)!
        p_list.append(p)
        p.start()
    for p in p_list:
        p.join()  # (2)!
    print("end")


if __name__ == "__main__":
    main()
