"""A local web server that answers slowly and counts the requests it has open."""

import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SIZES = {"/itk": 6_000, "/github": 40_000, "/zhihu": 2_000}


class Slow(BaseHTTPRequestHandler):
    lock = threading.Lock()
    opened = peak = 0

    def do_GET(self) -> None:
        body = self.tell_peak() if self.path == "/peak" else self.answer_slowly()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def answer_slowly(self) -> bytes:
        with self.lock:
            Slow.opened += 1
            Slow.peak = max(Slow.peak, Slow.opened)  # (1)!
        time.sleep(0.2)
        with self.lock:
            Slow.opened -= 1
        return b"x" * SIZES.get(self.path, 0)

    def tell_peak(self) -> bytes:
        with self.lock:
            peak, Slow.peak = Slow.peak, 0  # (2)!
        return str(peak).encode()

    def log_message(self, *_: object) -> None:
        pass


def main() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Slow) as server:  # (3)!
        threading.Thread(target=server.serve_forever, args=(0.05,)).start()
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        sys.stdin.read()  # (4)!
        server.shutdown()


if __name__ == "__main__":
    main()
