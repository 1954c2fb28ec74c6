"""A server waits until the settings are loaded; it should find them then."""

import threading
import time


def load(settings: dict[str, int], loaded: threading.Event) -> None:
    loaded.set()
    time.sleep(0.3)  # (1)!
    settings["port"] = 8000


def serve(settings: dict[str, int], loaded: threading.Event) -> str:
    loaded.wait()
    return f"serving at port {settings.get('port')}"


def main() -> None:
    settings, loaded = dict[str, int](), threading.Event()
    loader = threading.Thread(target=load, args=(settings, loaded))
    loader.start()
    print(serve(settings, loaded))
    loader.join()


if __name__ == "__main__":
    main()
