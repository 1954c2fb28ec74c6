"""A port is taken while somebody listens, and even for a while after."""

import socket
from collections.abc import Callable

HOST = "127.0.0.1"


def broken(port: int) -> None:
    with socket.socket() as server:
        server.bind((HOST, port))
        print("broken: bound")


def mended(port: int) -> None:
    with socket.create_server((HOST, port)):  # (1)!
        print("mended: bound")


def attempt(way: Callable[[int], None], port: int) -> None:
    try:
        way(port)
    except OSError as error:
        print(f"{way.__name__}: OSError: [Errno {error.errno}] {error.strerror}".partition(" (")[0])  # (2)!


def main() -> None:
    with socket.create_server((HOST, 0)) as server:  # (3)!
        port = server.getsockname()[1]
        print("while somebody listens:")
        attempt(broken, port)
        attempt(mended, port)
        with socket.create_connection((HOST, port)) as client:
            connection, _ = server.accept()
            connection.close()  # (4)!
            client.recv(1)
    print("after it has ended:")
    attempt(broken, port)
    attempt(mended, port)


if __name__ == "__main__":
    main()
