"""The same with a subclass of Process: the work stands in run()."""

import time
from multiprocessing import Process


class MyProcess(Process):
    def __init__(self) -> None:
        super().__init__()  # (1)!

    def run(self) -> None:
        print(f"hello {self.name} {time.ctime()}")  # (2)!
        time.sleep(1)


def main() -> None:
    p_list: list[MyProcess] = []
    for _ in range(3):
        p = MyProcess()
        p.start()
        p_list.append(p)

    for p in p_list:
        p.join()

    print("end")


if __name__ == "__main__":
    main()
