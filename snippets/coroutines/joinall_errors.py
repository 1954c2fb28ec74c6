# /// script
# dependencies = ["gevent"]
# ///
"""joinall() waits for all and raises nothing, unless it is told to."""

import gevent


def size_of(name: str) -> int:  # (1)!
    return {"itk": 6_000, "zhihu": 2_000}[name]


def main() -> None:
    names = ("itk", "github", "zhihu")
    greenlets = [gevent.spawn(size_of, name) for name in names]
    gevent.joinall(greenlets)  # (2)!
    print("joinall() has returned")
    for name, greenlet in zip(names, greenlets, strict=True):
        print(f"{name}: successful {greenlet.successful()}, value {greenlet.value}")  # (3)!
    try:
        gevent.joinall(greenlets, raise_error=True)  # (4)!
    except KeyError as error:
        print(f"raise_error=True: KeyError {error}")


if __name__ == "__main__":
    main()
