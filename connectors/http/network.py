"""Sockets under httpx: connects only to an address that was checked, and keeps a total deadline.

Checking a name first and letting the library resolve it again would leave a gap in which the
name may come to mean another address (DNS rebinding). So name resolution, check and connect are
one step here, for the first request and for every redirect alike.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore
import httpx

from connectors.http.guard import Resolve, allowed_addresses, resolve

Monotonic = Callable[[], float]

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class DeadlinePassed(Exception):
    """The whole exchange took longer than it may."""


@contextmanager
def deadline(moment: float) -> Iterator[None]:
    """All socket work of this thread, within the block, ends by that monotonic moment."""
    token = _deadline.set(moment)
    try:
        yield
    finally:
        _deadline.reset(token)


def _left(timeout: float | None, monotonic: Monotonic) -> float | None:
    moment = _deadline.get()
    if moment is None:
        return timeout
    left = moment - monotonic()
    if left <= 0:
        raise DeadlinePassed
    return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A socket whose every wait ends at the deadline: a drip of single bytes cannot stretch it."""

    def __init__(self, inner: httpcore.NetworkStream, *, monotonic: Monotonic) -> None:
        self._inner = inner
        self._monotonic = monotonic

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout, self._monotonic))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(timeout, self._monotonic))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, self._monotonic)
        secured = self._inner.start_tls(ssl_context, server_hostname, left)
        return _Stream(secured, monotonic=self._monotonic)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Resolves, checks, and connects to what was checked."""

    def __init__(
        self,
        *,
        private_networks: bool,
        monotonic: Monotonic,
        resolver: Resolve = resolve,
        sockets: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._private_networks = private_networks
        self._monotonic = monotonic
        self._resolver = resolver
        self._inner = sockets or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = allowed_addresses(
                host,
                port=port,
                private_networks=self._private_networks,
                resolver=self._resolver,
            )
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the name {host} cannot be resolved") from error
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        # Two at most: each may use up the whole connect timeout.
        for address in addresses[:2]:
            try:
                stream = self._inner.connect_tcp(
                    address, port, _left(timeout, self._monotonic), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, monotonic=self._monotonic)
        raise failure

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("unix sockets are not asked")


class GuardedTransport(httpx.BaseTransport):
    """httpx over httpcore's pool with the guarded backend; no proxy, whatever the environment."""

    def __init__(self, backend: httpcore.NetworkBackend, *, ssl_context: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=ssl_context,
            max_connections=256,
            max_keepalive_connections=32,
            keepalive_expiry=5.0,
            network_backend=backend,
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=url,
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    def close(self) -> None:
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
