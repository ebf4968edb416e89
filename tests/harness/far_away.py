"""A real web server that plays the other side: somebody's calendar, or somebody's trap.

Its names end in `.test` and resolve to this machine through an argument that only tests give.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from core.fetching import Gate

Answer = Callable[[BaseHTTPRequestHandler], None]
NAME = "kalender.test"


class FarAway:
    """What it answers is in `answers` by path; what it was asked for is in `asked`."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.numbers = {NAME: ["127.0.0.1"]}

    def url(self, path: str, name: str = NAME) -> str:
        return f"http://{name}:{self.port}{path}"

    @property
    def gate(self) -> Gate:
        return Gate(
            admits=lambda number: number.is_loopback,
            resolve=lambda host, port: self.numbers[host],
            ports=frozenset({self.port}),
        )

    def serve(self, path: str, body: bytes, status: int = 200, **headers: str) -> None:
        """Answer `path` with `body`; underscores in the names of headers are dashes."""
        self.answers[path] = lambda handler: reply(handler, body, status, **headers)


def reply(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    if "Content_Length" not in headers:
        handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


@contextmanager
def far_away() -> Iterator[FarAway]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            other.asked.append((self.path, dict(self.headers)))
            answer = other.answers.get(self.path, lambda handler: reply(handler, b"", 404))
            try:
                answer(self)
            except OSError:
                return  # whoever asked has had enough

        def log_message(self, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    other = FarAway(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield other
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
