# /// script
# dependencies = ["redis"]
#
# [tool.live]
# needs = ["redis-server"]
# ///

"""Two workers wait for a real Redis server, and then work with it."""

import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import redis


def worker(event: threading.Event, client: redis.Redis) -> None:
    name = threading.current_thread().name
    logging.info("Waiting for redis ready...")
    event.wait()
    client.set(f"from:{name}", f"hello from {name}")  # (1)!
    logging.info("GET from:%s: %s", name, client.get(f"from:{name}"))
    logging.info("INCR visits: %s", client.incr("visits"))  # (2)!


def start_server(socket: Path) -> subprocess.Popen[bytes]:
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), str(Path(sys.executable).parent)])
    command = shutil.which("redis-server", path=path)
    if command is None:
        raise SystemExit("redis-server was not found")
    options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(socket.parent)]  # (3)!
    return subprocess.Popen([command, *options], stdout=subprocess.DEVNULL)


def check(server: subprocess.Popen[bytes], client: redis.Redis, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < deadline:  # (4)!
        try:
            client.ping()
            return
        except redis.ConnectionError:
            time.sleep(0.01)
    raise SystemExit(f"redis-server does not answer, exit code: {server.poll()}")


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="(%(threadName)-10s) %(message)s")
    redis_ready = threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder, "redis.sock")
        client = redis.Redis(unix_socket_path=str(socket), decode_responses=True)
        server = start_server(socket)
        try:
            threads = [
                threading.Thread(target=worker, args=(redis_ready, client), name=name, daemon=True)  # (5)!
                for name in ("t1", "t2")
            ]
            for thread in threads:
                thread.start()
            check(server, client)
            logging.info("PING was answered, redis is ready")
            redis_ready.set()
            for thread in threads:
                thread.join()
        finally:
            server.terminate()  # (6)!
            logging.info("exit code of redis-server: %s", server.wait())


if __name__ == "__main__":
    main()
