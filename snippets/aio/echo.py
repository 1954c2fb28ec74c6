"""An echo server and its two clients in one event loop, closed properly."""

import asyncio
from asyncio import StreamReader, StreamWriter


async def close(writer: StreamWriter) -> None:
    writer.close()
    await writer.wait_closed()  # (1)!


async def echo(reader: StreamReader, writer: StreamWriter) -> None:
    while line := await reader.readline():  # (2)!
        writer.write(line.upper())
        await writer.drain()  # (3)!
    print("server: no more lines from this client")
    await close(writer)


async def talk(name: str, port: int, all_connected: asyncio.Barrier) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await all_connected.wait()  # (4)!
    for piece in ("hel", "lo\n", "bye\n"):  # (5)!
        writer.write(piece.encode())
        await writer.drain()
        if piece.endswith("\n"):
            print(f"{name} gets {await reader.readline()!r}")
    writer.write_eof()  # (6)!
    print(f"{name} gets {await reader.readline()!r}")
    await close(writer)


async def show() -> None:
    all_connected = asyncio.Barrier(2)
    async with await asyncio.start_server(echo, "127.0.0.1", 0) as server:  # (7)!
        port = server.sockets[0].getsockname()[1]
        async with asyncio.TaskGroup() as group:
            for name in ("ann", "bob"):
                group.create_task(talk(name, port, all_connected))
    print(f"main: the server still serves: {server.is_serving()}")


def main() -> None:
    asyncio.run(show())


if __name__ == "__main__":
    main()
