"""While one thread executes bytecode, the others wait for the GIL."""

import sys
import sysconfig
from threading import Thread


def spin(order: list[str]) -> None:
    order.append("spin-start")
    for _ in range(300_000):  # (1)!
        pass
    order.append("spin-end")


def run_beside_a_spinner() -> list[str]:
    order: list[str] = []
    spinner = Thread(target=spin, args=(order,))
    spinner.start()  # (2)!
    for _ in range(3):
        order.append("main")
    spinner.join()
    return order


def main() -> None:
    build = "free-threaded" if sysconfig.get_config_var("Py_GIL_DISABLED") else "usual"
    has_gil = getattr(sys, "_is_gil_enabled", lambda: True)()  # (3)!
    print(f"{build} build, GIL {'on' if has_gil else 'off'}")
    usual_interval = sys.getswitchinterval()
    sys.setswitchinterval(5)  # (4)!
    print(*run_beside_a_spinner())
    sys.setswitchinterval(usual_interval)


if __name__ == "__main__":
    main()
