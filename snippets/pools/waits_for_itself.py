"""A task that waits for another task of its own pool may wait for ever."""

from concurrent.futures import ThreadPoolExecutor


def inner() -> str:
    return "inner"


def outer(pool: ThreadPoolExecutor, patience: float) -> str:
    part = pool.submit(inner)
    try:
        return f"got {part.result(timeout=patience)}"  # (1)!
    except TimeoutError:
        return f"timed out, inner has begun: {part.running() or part.done()}"


def main() -> None:
    for workers, patience in ((1, 0.3), (2, 10)):  # (2)!
        with ThreadPoolExecutor(workers) as pool:
            answer = pool.submit(outer, pool, patience).result()
            print(f"workers {workers}: {answer}")


if __name__ == "__main__":
    main()
