"""The client against a real server on the loopback."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpcore
import pytest

from connectors.errors import (
    AuthFailed,
    ConnectorError,
    Gone,
    Misconfigured,
    PayloadChanged,
    RateLimited,
    Refused,
    Transient,
)
from connectors.http import HttpClient, Limits, shown_url, user_agent
from tests.connectors.conftest import LIMITS, NOW
from tests.connectors.origin import Origin


@contextmanager
def a_client(**changes: Any) -> Iterator[HttpClient]:
    client = HttpClient(**{"now": lambda: NOW, "limits": LIMITS, **changes})
    try:
        yield client
    finally:
        client.close()


class SocketsToOrigin(httpcore.NetworkBackend):
    """Notes which address was to be connected to, and connects to the origin."""

    def __init__(self, origin: Origin) -> None:
        self.connected: list[str] = []
        self._origin = origin

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self.connected.append(host)
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self._origin.port, timeout)


def public_unless_literal(host: str, _port: int) -> list[str]:
    return ["8.8.8.8"] if host == "public.example" else [host]


def test_a_page_is_fetched_with_our_name_and_without_cookies(
    origin: Origin, client: HttpClient
) -> None:
    url = origin.answers("/feed", "hello", headers={"set-cookie": "a=b", "etag": '"x"'})
    client.get(url)
    answer = client.get(url)
    sent = origin.headers_of(1)
    assert answer.body == b"hello"
    assert answer.headers["etag"] == '"x"'
    assert answer.permanent_url is None
    assert sent["user-agent"] == "Groundswell/0.1 (+x)"
    assert "application/atom+xml" in sent["accept"]
    assert "cookie" not in sent
    assert "referer" not in sent


def test_proxies_of_the_environment_are_not_used(
    origin: Origin, client: HttpClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert client.get(origin.answers("/", "direct")).body == b"direct"


def test_loopback_is_refused_unless_allowed(origin: Origin) -> None:
    with a_client() as client, pytest.raises(Misconfigured, match="not a public address"):
        client.get(origin.answers("/", "secret"))
    assert origin.asked == []


def test_the_address_that_was_checked_is_the_one_connected_to(origin: Origin) -> None:
    """A name that changes its address between check and connect has no chance to."""
    answers = iter([["8.8.4.4"], ["127.0.0.1"]])
    sockets = SocketsToOrigin(origin)
    origin.answers("/", "checked")
    with a_client(resolver=lambda _host, _port: next(answers), sockets=sockets) as client:
        assert client.get("http://rebind.example/").body == b"checked"
    assert sockets.connected == ["8.8.4.4"]


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://x.example/", "gopher://x/", "/feed", "http://", "http://[::1"],
)
def test_only_http_addresses_are_asked(url: str, client: HttpClient) -> None:
    with pytest.raises(Misconfigured):
        client.get(url)


@pytest.mark.parametrize(
    "target", ["http://10.0.0.1/", "http://[::ffff:7f00:1]/", "http://169.254.169.254/latest/"]
)
def test_redirects_to_private_addresses_are_refused(target: str, origin: Origin) -> None:
    sockets = SocketsToOrigin(origin)
    origin.redirects("/", target)
    with (
        a_client(resolver=public_unless_literal, sockets=sockets) as client,
        pytest.raises(Transient, match="must not be asked"),
    ):
        client.get("http://public.example/")
    assert sockets.connected == ["8.8.8.8"]


def test_redirects_are_followed_and_told_when_all_are_permanent(
    origin: Origin, client: HttpClient
) -> None:
    new = origin.answers("/new", "moved")
    origin.redirects("/middle", "/new", status=308)
    answer = client.get(origin.redirects("/old", "/middle", status=301))
    assert (answer.body, answer.url, answer.permanent_url) == (b"moved", new, new)


def test_one_temporary_hop_makes_the_move_temporary(origin: Origin, client: HttpClient) -> None:
    origin.answers("/new", "moved")
    origin.redirects("/middle", "/new", status=302)
    answer = client.get(origin.redirects("/old", "/middle", status=301))
    assert answer.permanent_url is None


def test_a_redirect_to_itself_is_an_error(origin: Origin, client: HttpClient) -> None:
    with pytest.raises(Transient, match="circle"):
        client.get(origin.redirects("/a", "/a"))


def test_more_than_five_redirects_are_an_error(origin: Origin, client: HttpClient) -> None:
    for number in range(6):
        origin.redirects(f"/{number}", f"/{number + 1}")
    origin.answers("/6", "too far")
    with pytest.raises(Transient, match="more than 5"):
        client.get(origin.address + "/0")
    assert client.get(origin.address + "/1").body == b"too far"


def test_redirects_out_of_http_are_errors(origin: Origin, client: HttpClient) -> None:
    with pytest.raises(Transient, match="only http"):
        client.get(origin.redirects("/", "file:///etc/passwd"))


def test_credentials_do_not_follow_to_another_host(origin: Origin) -> None:
    origin.answers("/there", "x")
    origin.redirects("/here", f"http://other.example:{origin.port}/there")
    origin.redirects("/same", "/here")
    with a_client(private_networks=True, resolver=lambda _host, _port: ["127.0.0.1"]) as client:
        client.get(
            f"http://first.example:{origin.port}/same",
            auth=("ada", "hunter2"),
            headers={"X-Api-Key": "k", "If-None-Match": '"e"'},
        )
    sent = [headers for _path, headers in origin.asked]
    assert [("authorization" in headers) for headers in sent] == [True, True, False]
    assert [("x-api-key" in headers) for headers in sent] == [True, True, False]
    assert sent[2]["if-none-match"] == '"e"'


def test_credentials_in_the_address_are_sent_as_a_header_and_shown_nowhere(
    origin: Origin, client: HttpClient
) -> None:
    url = origin.answers("/", "x").replace("http://", "http://ada:p%40ss@")
    answer = client.get(url)
    assert origin.headers_of(0)["authorization"] == "Basic YWRhOnBAc3M="
    assert "ada" not in answer.url
    origin.answers("/", status=500)
    with pytest.raises(Transient) as error:
        client.get(url + "?api_key=abc123&page=2")
    assert "p%40ss" not in str(error.value)
    assert "abc123" not in str(error.value)
    assert "page=2" in str(error.value)


@pytest.mark.parametrize(
    ("status", "headers", "wanted", "wait"),
    [
        (401, {}, AuthFailed, None),
        (403, {}, Refused, None),
        (403, {"retry-after": "5"}, RateLimited, 5),
        (403, {"x-ratelimit-reset": "90"}, RateLimited, 90),
        (403, {"x-ratelimit-remaining": "0"}, RateLimited, None),
        (404, {}, Transient, None),
        (410, {}, Gone, None),
        (429, {}, RateLimited, None),
        (429, {"retry-after": "120"}, RateLimited, 120),
        (429, {"retry-after": "Wed, 04 Mar 2026 12:01:30 GMT"}, RateLimited, 90),
        (429, {"retry-after": "Wed, 04 Mar 2026 11:00:00 GMT"}, RateLimited, 0),
        (429, {"retry-after": "soon"}, RateLimited, None),
        (429, {"retry-after": "99999999999"}, RateLimited, 7 * 86400),
        (429, {"x-ratelimit-reset": str(int(NOW.timestamp()) + 30)}, RateLimited, 30),
        (500, {}, Transient, None),
        (503, {}, Transient, None),
        (503, {"retry-after": "60"}, RateLimited, 60),
        (301, {}, Transient, None),
    ],
)
def test_statuses_become_the_errors_they_call_for(
    status: int,
    headers: Mapping[str, str],
    wanted: type[ConnectorError],
    wait: int | None,
    origin: Origin,
    client: HttpClient,
) -> None:
    with pytest.raises(wanted) as error:
        client.get(origin.answers("/", "no", status=status, headers=headers))
    assert type(error.value) is wanted
    told = getattr(error.value, "retry_after", None)
    assert told == (None if wait is None else timedelta(seconds=wait))


def test_not_modified_is_an_answer(origin: Origin, client: HttpClient) -> None:
    answer = client.get(origin.answers("/", status=304, headers={"etag": '"new"'}))
    assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", '"new"')


def packed(body: bytes) -> bytes:
    """As gzip does it, without the time of day: each worker must collect the same tests."""
    return gzip.compress(body, mtime=0)


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (packed(b"<rss/>"), "gzip"),
        (packed(b"<rss/>"), ""),
        (packed(b"<rss/>"), "identity"),
        (b"<rss/>", "gzip"),
        (b"<rss/>", "br"),
        (zlib.compress(b"<rss/>"), "deflate"),
        (zlib.compress(b"<rss/>")[2:-4], "deflate"),
        (b"<rss/>", "deflate"),
        (packed(packed(b"<rss/>")), "gzip"),
        (packed(b"<r") + packed(b"ss/>"), "gzip"),
        (packed(b"<rss/>") + b"junk", "gzip"),
    ],
)
def test_bodies_are_unpacked_by_what_they_are(
    body: bytes, encoding: str, origin: Origin, client: HttpClient
) -> None:
    headers = {"content-encoding": encoding} if encoding else {}
    assert client.get(origin.answers("/", body, headers=headers)).body == b"<rss/>"


def test_an_encoding_that_was_not_asked_for_is_refused(origin: Origin, client: HttpClient) -> None:
    with pytest.raises(PayloadChanged, match="br"):
        client.get(origin.answers("/", b"\x8b\x00\x80abc", headers={"content-encoding": "br"}))


def test_a_gzip_bomb_is_not_unpacked(origin: Origin, client: HttpClient) -> None:
    bomb = gzip.compress(bytes(200_000_000), compresslevel=9)
    started = time.monotonic()
    with pytest.raises(PayloadChanged, match="unpacked"):
        client.get(origin.answers("/", bomb, headers={"content-encoding": "gzip"}))
    assert time.monotonic() - started < 2


def test_a_bomb_within_a_bomb_is_not_unpacked(origin: Origin, client: HttpClient) -> None:
    bomb = gzip.compress(gzip.compress(bytes(100_000_000)))
    with pytest.raises(PayloadChanged):
        client.get(origin.answers("/", bomb, headers={"content-encoding": "gzip"}))


def test_a_body_beyond_15_megabytes_is_refused(origin: Origin, client: HttpClient) -> None:
    with pytest.raises(PayloadChanged, match="larger"):
        client.get(origin.answers("/", b"x" * 15_000_001))
    assert len(client.get(origin.answers("/", b"x" * 15_000_000)).body) == 15_000_000


def test_a_packed_body_that_was_cut_short_may_be_tried_again(
    origin: Origin, client: HttpClient
) -> None:
    whole = gzip.compress(b"<rss>" + b"text " * 1000)
    with pytest.raises(Transient, match="cut short"):
        client.get(origin.answers("/", whole[:-20], headers={"content-encoding": "gzip"}))


def test_a_body_shorter_than_announced_may_be_tried_again(
    origin: Origin, client: HttpClient
) -> None:
    def cut(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("content-length", "100")
        request.end_headers()
        request.wfile.write(b"short")

    with pytest.raises(Transient, match="cut short"):
        client.get(origin.does("/", cut))


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_drip_of_single_bytes_ends_at_the_total_deadline(where: str, origin: Origin) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\n")
        if where == "body":
            request.wfile.write(b"\r\n")
        while not origin.stopping.wait(0.05):
            request.wfile.write(b"x")
            request.wfile.flush()

    limits = Limits(connect=1, read=1, total=0.6)
    started = time.monotonic()
    with (
        a_client(private_networks=True, limits=limits) as client,
        pytest.raises(Transient, match=r"in time|longer"),
    ):
        client.get(origin.does("/", drip))
    assert time.monotonic() - started < 2


def test_a_server_that_says_nothing_is_given_up(origin: Origin) -> None:
    def silent(_request: BaseHTTPRequestHandler) -> None:
        origin.stopping.wait(5)

    with (
        a_client(private_networks=True, limits=Limits(read=0.2, total=2)) as client,
        pytest.raises(Transient, match="in time"),
    ):
        client.get(origin.does("/", silent))


def test_a_server_that_is_not_there_may_come_back(client: HttpClient) -> None:
    with pytest.raises(Transient, match="connected"):
        client.get("http://127.0.0.1:1/")


def test_a_host_that_does_not_exist_may_come_to_exist() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such host")

    with a_client(resolver=unknown) as client, pytest.raises(Transient, match="not found"):
        client.get("https://nowhere.example/")


def test_what_is_not_http_is_transient(origin: Origin, client: HttpClient) -> None:
    def garbage(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")

    with pytest.raises(Transient, match="not HTTP"):
        client.get(origin.does("/", garbage))


def test_a_caller_may_ask_for_less(origin: Origin, client: HttpClient) -> None:
    with pytest.raises(PayloadChanged):
        client.get(origin.answers("/", b"x" * 11), max_bytes=10)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://u:p@x.example/a?token=1&q=2#f", "https://x.example/a?token=***&q=2"),
        (
            "https://x.example:8443/?X-Amz-Signature=abc",
            "https://x.example:8443/?X-Amz-Signature=***",
        ),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("http://[broken", "an unreadable address"),
        ("http://x.example/\x1b[31m", "http://x.example/?[31m"),
    ],
)
def test_shown_addresses_hold_no_secrets(url: str, shown: str) -> None:
    assert shown_url(url) == shown


def test_the_user_agent_tells_whom_to_ask() -> None:
    assert (
        user_agent("https://x.example/\r\nEvil: 1") == "Groundswell/0.1 (+https://x.example/Evil:1)"
    )
