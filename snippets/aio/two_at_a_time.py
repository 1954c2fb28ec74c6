"""At most two jobs at a time: two workers on a bounded queue, or a semaphore."""

import asyncio


async def do(job: str, busy: set[str]) -> None:
    busy.add(job)
    print(f"{job} begins, at work: {len(busy)}")
    await asyncio.sleep(0.05)
    busy.remove(job)


async def produce(queue: asyncio.Queue[str | None], jobs: str) -> None:
    for job in (*jobs, None, None):  # (1)!
        await queue.put(job)  # (2)!


async def work(queue: asyncio.Queue[str | None], busy: set[str]) -> None:
    while job := await queue.get():
        await do(job, busy)


async def with_queue(jobs: str, busy: set[str]) -> None:
    queue: asyncio.Queue[str | None] = asyncio.Queue(maxsize=2)
    async with asyncio.TaskGroup() as group:
        producer = group.create_task(produce(queue, jobs))
        await asyncio.wait({producer}, timeout=0.1)  # (3)!
        print(f"no worker yet: {queue.qsize()} in the queue, all put: {producer.done()}")
        for _ in range(2):
            group.create_task(work(queue, busy))


async def with_semaphore(jobs: str, busy: set[str]) -> None:
    two = asyncio.Semaphore(2)

    async def do_in_turn(job: str) -> None:
        async with two:  # (4)!
            await do(job, busy)

    await asyncio.gather(*(do_in_turn(job) for job in jobs))


def main() -> None:
    for way in (with_queue, with_semaphore):
        print(f"{way.__name__}:")
        asyncio.run(way("abcd", set()))


if __name__ == "__main__":
    main()
