"""A call without await makes a coroutine, and runs nothing."""

import asyncio
import warnings


async def save() -> None:
    print("saved")


async def broken() -> None:
    save()  # type: ignore[unused-coroutine]


async def mended() -> None:
    await save()


def main() -> None:
    for way in (broken, mended):
        with warnings.catch_warnings(record=True) as caught:  # (1)!
            warnings.simplefilter("always")
            print(f"{way.__name__}:")
            asyncio.run(way())
        for warning in caught:
            print(f"{warning.category.__name__}: {warning.message}")


if __name__ == "__main__":
    main()
