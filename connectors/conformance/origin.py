"""A small origin on this machine that answers as the script says. Loopback only."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Answer:
    """What the origin says. ``cut`` announces more than it sends; ``hang`` seconds go by first."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    hang: float = 0.0


@dataclass(slots=True)
class Origin:
    """The origin's address, its present answer, and the headers of every request it had."""

    address: str
    answer: Answer = Answer()
    requests: list[dict[str, str]] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)


@contextmanager
def an_origin() -> Iterator[Origin]:
    """An origin that listens until the block ends."""
    origin = Origin("")
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(origin))
    server.daemon_threads = True
    origin.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield origin
    finally:
        origin.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(origin: Origin) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer = origin.answer
            told = {name.lower(): value for name, value in self.headers.items()}
            origin.requests.append({**told, ":path": self.path})
            if answer.hang:
                origin.stopping.wait(answer.hang)
            announced = len(answer.body) + (1000 if answer.cut else 0)
            try:
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(announced))
                self.end_headers()
                self.wfile.write(answer.body)
            except OSError:
                pass  # the client went away, as it should when it was told to wait too long
            self.close_connection = True

        def log_message(self, *_parts: object) -> None:
            """The origin's requests are nobody's news."""

    return Handler
