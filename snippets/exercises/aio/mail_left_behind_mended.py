"""Each order is confirmed at once, and a mail is sent meanwhile; every mail is sent."""

import asyncio


async def send(mail: str, sent: list[str]) -> None:
    await asyncio.sleep(0.1)
    sent.append(mail)


async def confirm(names: list[str], sent: list[str]) -> None:
    async with asyncio.TaskGroup() as mails:  # (1)!
        for name in names:
            mails.create_task(send(f"mail to {name}", sent))
            print(f"{name}: confirmed")


def main() -> None:
    sent: list[str] = []
    asyncio.run(confirm(["Ann", "Bob", "Eve"], sent))
    print(f"sent: {sent}")


if __name__ == "__main__":
    main()
