"""The client: one GET, redirects and all, within limits, with errors sorted for the caller."""

from __future__ import annotations

import base64
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast
from urllib.parse import unquote, urljoin, urlsplit

import httpcore
import httpx

from connectors.errors import ConnectorError, Misconfigured, PayloadChanged, Transient
from connectors.http.answers import error_for
from connectors.http.decode import decoded
from connectors.http.guard import ForbiddenAddress, Resolve, resolve
from connectors.http.network import DeadlinePassed, GuardedBackend, GuardedTransport, deadline
from connectors.http.redact import shown_url

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9,"
    " application/json;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_SAFE_ELSEWHERE = frozenset({"accept", "accept-language", "if-none-match", "if-modified-since"})
"""Headers that hold no credentials and may follow a redirect to another host."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, the body in bytes after unpacking."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    redirects: int = 5
    max_bytes: int = 15_000_000


@dataclass(frozen=True, slots=True)
class Response:
    """An answer that is not an error. ``headers`` in lower case; ``url`` is where it came from.

    ``permanent_url`` is the new address when every hop on the way was a permanent redirect.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    permanent_url: str | None = None


class Fetch(Protocol):
    """What a connector needs of a client. Raises ConnectorError only."""

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        max_bytes: int | None = None,
    ) -> Response: ...


def user_agent(contact: str) -> str:
    """How we introduce ourselves; ``contact`` tells a site's owner whom to ask."""
    printable = "".join(c for c in contact if " " < c <= "~")
    return f"Groundswell/0.1 (+{printable})" if printable else "Groundswell/0.1"


class HttpClient:
    """Guarded and bounded; safe to share between threads. See Limits for the bounds.

    ``now`` tells the wall clock, for Retry-After given as a date. ``private_networks`` allows
    addresses that are not on the open internet. ``resolver`` and ``sockets`` stand for the
    system's name resolution and sockets.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        user_agent: str = "Groundswell/0.1",
        private_networks: bool = False,
        limits: Limits = Limits(),
        monotonic: Callable[[], float] = time.monotonic,
        resolver: Resolve = resolve,
        sockets: httpcore.NetworkBackend | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._now = now
        self._limits = limits
        self._monotonic = monotonic
        self._user_agent = user_agent
        backend = GuardedBackend(
            private_networks=private_networks,
            monotonic=monotonic,
            resolver=resolver,
            sockets=sockets,
        )
        context = ssl_context or httpx.create_ssl_context()
        self._client = httpx.Client(
            transport=GuardedTransport(backend, ssl_context=context),
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(limits.read, connect=limits.connect),
        )

    def close(self) -> None:
        self._client.close()

    def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        max_bytes: int | None = None,
    ) -> Response:
        """Fetch ``url``. A 304 is an answer; 4xx and 5xx are errors.

        ``auth`` is user and password (HTTP Basic); it and any header that could hold a secret go
        to the first host only. Raises ConnectorError; its message holds no secret.
        """
        end = self._monotonic() + self._limits.total
        target, from_url = _target(url, first=True)
        sent = {name.lower(): value for name, value in (headers or {}).items()}
        if auth or from_url:
            sent["authorization"] = _basic(*(auth or from_url or ("", "")))
        seen = {str(target)}
        permanent = True
        for hop in range(self._limits.redirects + 1):
            try:
                answer = self._one(target, sent, end=end, max_bytes=max_bytes)
            except ForbiddenAddress as error:
                raise _forbidden(error, first=hop == 0) from None
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                moved = str(target) if hop and permanent else None
                return self._checked(answer, moved=moved)
            permanent = permanent and answer.status in _PERMANENT
            following, _ = _target(urljoin(str(target), location), first=False)
            if _origin(following) != _origin(target):
                sent = {name: value for name, value in sent.items() if name in _SAFE_ELSEWHERE}
            target = following
            if str(target) in seen:
                raise Transient(f"{shown_url(url)} redirects in a circle")
            seen.add(str(target))
        raise Transient(f"{shown_url(url)} redirects more than {self._limits.redirects} times")

    def _one(
        self, target: httpx.URL, sent: Mapping[str, str], *, end: float, max_bytes: int | None
    ) -> Response:
        """One request and its whole body, without following anything."""
        what = shown_url(str(target))
        request = httpx.Request(
            "GET",
            target,
            headers={
                "user-agent": self._user_agent,
                "accept": ACCEPT,
                "accept-encoding": "gzip, deflate",
                **sent,
            },
            extensions={"timeout": self._client.timeout.as_dict()},
        )
        try:
            with deadline(end):
                answer = self._client.send(request, stream=True)
                try:
                    body = self._body(answer, max_bytes=max_bytes, what=what)
                finally:
                    answer.close()
        except ForbiddenAddress:
            raise
        except ConnectorError:
            raise
        except Exception as error:
            # A wait that the deadline cut short ends as any other that took too long.
            if isinstance(error, DeadlinePassed) or self._monotonic() >= end:
                took = f"{what} took longer than {self._limits.total:g} s"
                raise Transient(took) from None
            raise _network_error(error, what=what) from None
        names = {name.lower(): value for name, value in answer.headers.items()}
        return Response(answer.status_code, names, body, str(target))

    def _body(self, answer: httpx.Response, *, max_bytes: int | None, what: str) -> bytes:
        if answer.status_code not in (200, 203, 206):
            return b""  # a redirect or an error page: nobody reads it, so it is not loaded
        most = self._limits.max_bytes if max_bytes is None else max_bytes
        parts: list[bytes] = []
        size = 0
        # Raw bytes: httpx would unpack a whole chunk at once, and a chunk may be a bomb. The type
        # says that the stream might be an async one; a sync client's never is.
        for chunk in cast(httpx.SyncByteStream, answer.stream):
            size += len(chunk)
            if size > most:
                raise PayloadChanged(f"{what} is larger than {most:,} bytes")
            parts.append(chunk)
        encoding = answer.headers.get("content-encoding", "")
        return decoded(b"".join(parts), encoding=encoding, max_bytes=most, what=what)

    def _checked(self, answer: Response, *, moved: str | None) -> Response:
        error = error_for(
            answer.status, answer.headers, what=shown_url(answer.url), now=self._now()
        )
        if error is not None:
            raise error
        return Response(answer.status, answer.headers, answer.body, answer.url, moved)


def _target(url: str, *, first: bool) -> tuple[httpx.URL, tuple[str, str] | None]:
    """The address to ask, without fragment and credentials, and the credentials it carried."""
    kind = Misconfigured if first else Transient
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError):
        raise kind(f"{shown_url(url)} is not an address that can be asked") from None
    if parsed.scheme not in ("http", "https") or not parsed.host:
        told = parsed.scheme or "no scheme"
        raise kind(f"only http and https addresses can be asked, not {told[:20]!r}")
    user = None
    if parsed.userinfo:
        name, _, password = parsed.userinfo.decode("ascii", "replace").partition(":")
        user = (unquote(name), unquote(password))
    return parsed.copy_with(userinfo=b"", fragment=None), user


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def _forbidden(error: ForbiddenAddress, *, first: bool) -> ConnectorError:
    if first:
        return Misconfigured(
            f"{error}; set GROUNDSWELL_PRIVATE_NETWORKS=true if it may be asked nevertheless"
        )
    return Transient(f"redirected to a place that must not be asked: {error}")


def _network_error(error: Exception, *, what: str) -> Transient:
    """Words for what went wrong below HTTP; the library's own may quote what was sent."""
    told = str(error)
    if isinstance(error, (httpcore.ConnectTimeout, httpx.ConnectTimeout)):
        return Transient(f"{what} did not accept a connection in time")
    if isinstance(error, (httpcore.TimeoutException, httpx.TimeoutException)):
        return Transient(f"{what} did not answer in time")
    if "CERTIFICATE" in told.upper() or "certificate" in told:
        return Transient(f"the TLS certificate of {what} could not be verified")
    if "cannot be resolved" in told or "has no address" in told:
        return Transient(f"the host {urlsplit(what).hostname or what} was not found")
    if isinstance(error, (httpcore.ConnectError, httpx.ConnectError)):
        return Transient(f"{what} could not be connected to")
    if isinstance(error, (httpcore.ProtocolError, httpcore.NetworkError, httpx.TransportError)):
        return Transient(f"the answer of {what} was cut short or is not HTTP")
    return Transient(f"{what} could not be fetched ({type(error).__name__})")
