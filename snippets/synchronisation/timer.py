"""A timer is a thread that first waits, and can be called off until then."""

import threading


def ring(what: str, rung: list[str]) -> None:
    name = threading.current_thread().name
    rung.append(f"{what}, in the thread {name}")


def main() -> None:
    rung: list[str] = []
    tea = threading.Timer(0.2, ring, args=("tea", rung))  # (1)!
    cake = threading.Timer(60, ring, args=("cake", rung))
    tea.name, cake.name = "tea timer", "cake timer"
    print(f"a thread: {isinstance(tea, threading.Thread)}")
    cake.start()
    cake.cancel()  # (2)!
    cake.join()  # (3)!
    print(f"cake called off, rung: {rung}")
    tea.start()
    tea.join()
    print(f"rung: {rung}")
    tea.cancel()  # (4)!
    print(f"called off too late, rung: {rung}")


if __name__ == "__main__":
    main()
