# /// script
# dependencies = ["gevent"]
# ///
"""The same three requests in threads, in greenlets and in asyncio tasks."""

import asyncio
import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import gevent
from gevent import socket as green

NAMES = ("ann", "bob", "eve")


def serve(listener: socket.socket) -> None:
    for _ in range(3):
        for client in [listener.accept()[0] for _ in NAMES]:  # (1)!
            with client:
                client.sendall(b"hello " + client.recv(9))


def ask(connect: Callable[..., socket.socket], address: tuple[str, int], name: str) -> str:
    with connect(address) as server:
        server.sendall(name.encode())
        return server.recv(99).decode()


async def ask_async(address: tuple[str, int], name: str) -> str:
    reader, writer = await asyncio.open_connection(*address)  # (2)!
    writer.write(name.encode())
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer.decode()


async def ask_all(address: tuple[str, int]) -> list[str]:
    return await asyncio.gather(*(ask_async(address, name) for name in NAMES))


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(3) as threads:
        address = listener.getsockname()
        threading.Thread(target=serve, args=(listener,), name="server").start()
        futures = [threads.submit(ask, socket.create_connection, address, name) for name in NAMES]
        print("threads:  ", [future.result() for future in futures])
        greenlets = [gevent.spawn(ask, green.create_connection, address, name) for name in NAMES]  # (3)!
        print("greenlets:", [greenlet.get() for greenlet in greenlets])
        print("tasks:    ", asyncio.run(ask_all(address)))


if __name__ == "__main__":
    main()
