"""Which clock to measure a duration with."""

import time


def describe(name: str) -> str:
    clock = time.get_clock_info(name)
    return f"{name}: adjustable {clock.adjustable}, monotonic {clock.monotonic}"


def main() -> None:
    for name in ("time", "perf_counter"):
        print(describe(name))  # (1)!
    began = time.perf_counter()
    time.sleep(0.1)
    took = time.perf_counter() - began  # (2)!
    print(f"at least 0.1 s passed: {took >= 0.1}")


if __name__ == "__main__":
    main()
