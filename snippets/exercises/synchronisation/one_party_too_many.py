"""Three threads prepare a part each; when all are ready, and not before, each should mount its part."""

import threading
import time

PARTS = ("wheels", "doors", "engine")


def build(part: str, all_ready: threading.Barrier, said: list[str]) -> None:
    time.sleep(0.05)  # (1)!
    said.append(f"{part} ready")
    all_ready.wait()
    said.append(f"{part} mounted")


def build_all(parts: tuple[str, ...]) -> list[str]:
    said: list[str] = []
    all_ready = threading.Barrier(len(parts) + 1)  # (2)!
    threads = [threading.Thread(target=build, args=(part, all_ready, said), daemon=True) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(0.15)  # (3)!
    return said


def main() -> None:
    print(*build_all(PARTS), sep="\n")


if __name__ == "__main__":
    main()
