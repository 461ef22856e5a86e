"""A site with a feed on loopback: grows when told to, and can hang in the middle of an answer."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


class FeedServer:
    """Use it as a context manager; ``url`` is the feed's address. ``full_answers``: when it gave
    one that was not "not modified", on the monotonic clock."""

    def __init__(self) -> None:
        self.full_answers: list[float] = []
        self.hanging = threading.Event()
        self._let_go = threading.Event()
        self._hang_next = False
        self._items: list[tuple[str, datetime]] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/feed.xml"

    def __enter__(self) -> FeedServer:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._let_go.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join(5)

    def publish(self, text: str, *, at: datetime | None = None) -> None:
        self._items.append((text, at or datetime.now(UTC)))

    def hangs_next(self) -> None:
        """The next answer stops half way; ``hanging`` is set when it has."""
        self._hang_next = True

    def body(self) -> bytes:
        entries = "".join(
            f"<item><guid>g{number}</guid><title>{escape(text)}</title>"
            f"<link>https://news.example/{number}</link>"
            f"<pubDate>{format_datetime(at)}</pubDate></item>"
            for number, (text, at) in reversed(list(enumerate(self._items)))
        )
        told = f'<rss version="2.0"><channel><title>News</title>{entries}</channel></rss>'
        return told.encode()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        body, etag = self.body(), f'"{len(self._items)}"'
        if request.headers.get("If-None-Match") == etag:
            request.send_response(304)
            request.end_headers()
            return
        request.send_response(200)
        request.send_header("Content-Type", "application/rss+xml")
        request.send_header("Content-Length", str(len(body)))
        request.send_header("ETag", etag)
        request.end_headers()
        if self._hang_next:
            self._hang_next = False
            request.wfile.write(body[: len(body) // 2])
            request.wfile.flush()
            self.hanging.set()
            self._let_go.wait(60)
            return
        request.wfile.write(body)
        self.full_answers.append(time.monotonic())


def _handler(server: FeedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
