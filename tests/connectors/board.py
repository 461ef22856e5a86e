"""A small connector that keeps the contract, in pieces that a test can break one by one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from pydantic import SecretStr

from connectors.conformance import Example
from connectors.contract import Batch, ConnectorSettings, Cursor, Kind, LeftOut, Surroundings
from connectors.errors import PayloadChanged
from rules.mention import Mention

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
POSTS = [{"id": str(number), "at": f"2026-03-0{number}T10:00:00+00:00"} for number in (1, 2, 3)]


class BoardSettings(ConnectorSettings):
    url: str
    key: SecretStr


class Board:
    """Reads ``{"posts": [{"id", "at"}]}``, oldest first, two posts a page."""

    def __init__(self, settings: BoardSettings, surroundings: Surroundings) -> None:
        self.settings = settings
        self.surroundings = surroundings

    def poll(self, cursor: Cursor | None) -> Batch:
        posts = self.posts(self.fetch())
        start = self.start(cursor)
        mentions: list[Mention] = []
        left_out: list[LeftOut] = []
        for post in posts[start : start + 2]:
            try:
                mentions.append(self.mention(post))
            except (KeyError, TypeError):
                left_out.append(self.left_out(post))
        end = min(start + 2, len(posts))
        return Batch(
            tuple(mentions),
            self.cursor(end),
            more=end < len(posts),
            left_out=tuple(entry for entry in left_out if entry.reason),
        )

    def fetch(self) -> bytes:
        key = self.settings.key.get_secret_value()
        return self.surroundings.http.get(self.settings.url, headers={"x-key": key}).body

    def posts(self, body: bytes) -> list[Any]:
        try:
            posts: list[Any] = json.loads(body)["posts"]
        except ValueError:
            raise PayloadChanged("no JSON", sample=repr(body[:100])) from None
        return posts

    def mention(self, post: Any) -> Mention:
        return Mention(
            platform="board",
            native_id=post["id"],
            url=f"https://board.example/{post['id']}",
            text=f"Post {post['id']}",
            published_at=datetime.fromisoformat(post["at"]),
            collected_at=self.surroundings.now(),
        )

    def left_out(self, post: Any) -> LeftOut:
        return LeftOut("it has no id", str(post))

    def start(self, cursor: Cursor | None) -> int:
        return int((cursor or {}).get("read", 0))

    def cursor(self, end: int) -> Cursor:
        return {"read": end}


def a_kind(connector: type[Board], settings: type[ConnectorSettings] = BoardSettings) -> Kind:
    return Kind(settings=settings, build=connector, summary="A board")


def a_payload(*posts: Any) -> bytes:
    return json.dumps({"posts": list(posts)}).encode()


EXAMPLE = Example(
    name="board",
    now=NOW,
    settings={"url": "{origin}/posts"},
    secrets={"key": "hunter2-key"},
    content_type="application/json",
    payload=a_payload(*POSTS),
    empty=a_payload(),
    one_bad=a_payload(POSTS[0], {"title": "no id"}, POSTS[2]),
    expected=tuple(
        {
            "platform": "board",
            "native_id": post["id"],
            "url": f"https://board.example/{post['id']}",
            "text": f"Post {post['id']}",
            "published_at": post["at"].replace("+00:00", "Z"),
            "collected_at": "2026-03-04T12:00:00Z",
        }
        for post in POSTS
    ),
)
