"""The whole program in this process: a real feed on a port, polls, rooms, pages, API and Slack.

Only the names of hosts are made up: ``http://feeds.example/…`` is resolved to a public address, and
the socket then goes to the feed on loopback, so that the guard against private addresses is on.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import httpcore
from fastapi import FastAPI
from fastapi.testclient import TestClient

from connectors.http import HttpClient, Limits
from service.auth.roles import Role
from service.auth.sessions import open_session
from service.auth.users import create_user
from service.deps import cookie_name
from service.ingest.poll import Polled, poll, take_due
from service.metrics import Metrics
from service.notify import deliver_due
from service.notify.console import ConsoleNotifier
from service.notify.slack import SlackNotifier
from service.runtime import Runtime
from service.settings import Settings
from service.store.engine import Store
from service.store.tables import MentionRow, RejectRow
from tests.builders import NOON, a_brand, a_query, a_source
from tests.connectors.origin import Origin
from tests.fakes import FakeClock
from tests.slack_server import TOKEN, SlackServer

ADDRESS = "http://testserver"
LARGEST = 2_000_000
LIMITS = Limits(connect=2, read=1, total=2, max_bytes=LARGEST)


def names(host: str, _port: int) -> list[str]:
    """What names resolve to: made-up ones to a public address, literal ones to themselves."""
    return ["8.8.8.8"] if host.endswith(".example") else [host]


class Sockets(httpcore.NetworkBackend):
    """Whatever public address is asked, the feed answers."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        return httpcore.SyncBackend().connect_tcp("127.0.0.1", self._origin.port, timeout)


class Whole:
    """One brand, one query, one feed; Slack; and somebody signed in."""

    def __init__(self, app: FastAPI, store: Store, origin: Origin, slack: SlackServer) -> None:
        self.store, self.origin, self.slack = store, origin, slack
        self.clock = FakeClock()
        slack.now = self.clock.now().timestamp()
        self.http = HttpClient(
            now=self.clock.now, limits=LIMITS, resolver=names, sockets=Sockets(origin)
        )
        self.runtime = Runtime(
            settings=Settings(public_url=ADDRESS),
            store=store,
            clock=self.clock,
            notifiers={
                "console": ConsoleNotifier(lambda _line: None),
                "slack": SlackNotifier(token=TOKEN, base_url=slack.url, timeout=1),
            },
            http=self.http,
            metrics=Metrics(),
        )
        app.state.runtime, app.state.bands = self.runtime, {}
        with store.write() as session:
            self.brand = a_brand(session, "Acme", channel="#crisis")
            self.query = a_query(session, brand=self.brand, name="Acme", text="acme")
            settings = {"url": "http://feeds.example/feed"}
            a_source(session, name="news", connector="rss", settings=settings)
            user = create_user(
                session, name="ines", role=Role.ADMIN, password=None, now=self.clock.now()
            )
            token = open_session(session, user_id=user.id, now=self.clock.now())
        self.browser = TestClient(app, follow_redirects=False)
        self.browser.cookies.set(cookie_name("session", self.runtime.settings), token)

    def close(self) -> None:
        self.browser.close()
        self.http.close()

    def polls(self) -> Polled:
        """The feed, once it is due; the clock goes on until then."""
        poller = self.runtime.poller()
        for _ in range(200):
            due = take_due(poller, slots=1)
            if due:
                return poll(poller, due[0])
            self.clock.advance(timedelta(minutes=10))
        raise AssertionError("the source never becomes due again")

    def delivers(self) -> int:
        return deliver_due(self.store, self.runtime.notifiers, clock=self.clock, address=ADDRESS)

    def page(self, path: str) -> str:
        """A page as it is sent."""
        answer = self.browser.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def reads(self, path: str) -> str:
        """What a person reads on a page."""
        return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", self.page(path))).split())

    def api(self, path: str) -> Any:
        answer = self.browser.get(f"/api/v1{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def source(self) -> dict[str, Any]:
        (found,) = self.api("/sources")["items"]
        told: dict[str, Any] = found
        return told

    def mentions(self) -> list[MentionRow]:
        with self.store.read() as session:
            return list(session.query(MentionRow).order_by(MentionRow.id))

    def rejects(self) -> list[RejectRow]:
        with self.store.read() as session:
            return list(session.query(RejectRow).order_by(RejectRow.id))


def item(number: int, text: str = "Acme is fine") -> str:
    """One entry of an RSS feed, an hour before NOON; ``text`` is markup already."""
    return (
        f"<item><guid>g{number}</guid><title>Post {number}</title>"
        f"<link>https://news.example/{number}</link><description>{text}</description>"
        f"<pubDate>{NOON - timedelta(hours=1):%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
    )


def feed(*items: str) -> str:
    entries = "".join(items)
    return f'<rss version="2.0"><channel><title>News</title>{entries}</channel></rss>'
