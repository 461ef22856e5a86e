"""A real HTTP server on the loopback that does what each test tells it to, path by path."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Origin:
    """``answers(path, …)`` scripts a path; ``asked`` lists every request with its headers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.stopping = threading.Event()
        self._scripts: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def answers(
        self,
        path: str,
        body: bytes | str = b"",
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> str:
        data = body.encode() if isinstance(body, str) else body

        def script(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in (headers or {}).items():
                request.send_header(name, value)
            request.send_header("content-length", str(len(data)))
            request.end_headers()
            request.wfile.write(data)

        return self.does(path, script)

    def redirects(self, path: str, to: str, *, status: int = 302) -> str:
        return self.answers(path, status=status, headers={"location": to})

    def does(self, path: str, script: Callable[[BaseHTTPRequestHandler], None]) -> str:
        self._scripts[path] = script
        return self.address + path

    def headers_of(self, number: int) -> dict[str, str]:
        return self.asked[number][1]

    def serve(self) -> None:
        self._server.serve_forever(poll_interval=0.02)

    def stop(self) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        origin = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                told = {name.lower(): value for name, value in self.headers.items()}
                origin.asked.append((self.path, told))
                script = origin._scripts.get(self.path.split("?")[0])
                self.close_connection = True
                try:
                    if script is None:
                        self.send_error(404)
                    else:
                        script(self)
                except OSError:
                    pass  # the client hung up, as some tests want it to

            def log_message(self, *_parts: Any) -> None:
                """Quiet."""

        return Handler


@contextmanager
def an_origin() -> Iterator[Origin]:
    origin = Origin()
    thread = threading.Thread(target=origin.serve)
    thread.start()
    try:
        yield origin
    finally:
        origin.stop()
        thread.join()
