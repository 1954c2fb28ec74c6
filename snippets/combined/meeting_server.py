"""A local web server that answers only when enough requests are open at once."""

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Meeting(BaseHTTPRequestHandler):
    everyone: threading.Barrier

    def do_GET(self) -> None:
        try:
            self.everyone.wait(timeout=20)  # (1)!
            body = f"{self.everyone.parties} requests met"
        except threading.BrokenBarrierError:
            body = "nobody came"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        pass


def main(parties: int) -> None:
    Meeting.everyone = threading.Barrier(parties)
    with ThreadingHTTPServer(("127.0.0.1", 0), Meeting) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,)).start()
        print(f"http://127.0.0.1:{server.server_port}", flush=True)
        sys.stdin.read()  # (2)!
        server.shutdown()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
