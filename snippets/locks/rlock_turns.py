"""Ten threads share one reentrant lock and take turns for everything."""

import threading
import time

rlock = threading.RLock()


class MyThread(threading.Thread):
    def run(self) -> None:
        self.fun1()
        self.fun2()

    def fun1(self) -> None:
        with rlock:  # (1)!
            print(f"I am {self.name}, get res: ResA---{time.time()}")
            with rlock:  # (2)!
                print(f"I am {self.name}, get res: ResB---{time.time()}")

    def fun2(self) -> None:
        with rlock:
            print(f"I am {self.name}, get res: ResB---{time.time()}")
            time.sleep(0.2)  # (3)!
            with rlock:
                print(f"I am {self.name}, get res: ResA---{time.time()}")


def main() -> None:
    print(f"start---------------------------{time.time()}")
    threads = [MyThread() for _ in range(10)]
    for my_thread in threads:
        my_thread.start()
    for my_thread in threads:
        my_thread.join()  # (4)!
    print(f"end-----------------------------{time.time()}")


if __name__ == "__main__":
    main()
