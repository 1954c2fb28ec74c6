"""Which start method this platform and this version use by default."""

import multiprocessing
import platform


def main() -> None:
    version = ".".join(platform.python_version_tuple()[:2])
    print(f"{platform.system()}, Python {version}: {multiprocessing.get_start_method()}")  # (1)!


if __name__ == "__main__":
    main()
