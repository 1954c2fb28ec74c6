"""What a new process sees of a global that was changed before the start."""

import multiprocessing

settings = {"colour": "as imported"}


def look(method: str) -> None:
    print(f"{method}: colour {settings['colour']}, module {__name__}")


def main() -> None:
    settings["colour"] = "changed"  # (1)!
    for method in sorted(multiprocessing.get_all_start_methods()):  # (2)!
        context = multiprocessing.get_context(method)
        process = context.Process(target=look, args=(method,))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
