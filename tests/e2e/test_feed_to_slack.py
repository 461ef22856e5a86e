"""From a post in a feed to a page in Slack, with the real process, killed in the middle of it."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from service.store.engine import Store
from service.store.tables import (
    AlertRow,
    DeliveryRow,
    IncidentRow,
    MentionRow,
    RollupRow,
    TimelineRow,
)
from tests.feed_server import FeedServer
from tests.process import ServiceProcess, a_service
from tests.slack_server import TOKEN, SlackServer

pytestmark = [pytest.mark.process, pytest.mark.timeout(240)]

WORKSPACE = """
[[brand]]
name = "Acme"
channel = "#crisis"
policy = "night"

[[query]]
name = "Acme"
role = "brand"
text = 'acme'

[[person]]
name = "ines"
slack_user_id = "U0INES001"

[[rota]]
name = "first"
timezone = "UTC"
people = ["ines"]
starts = 2026-01-05T09:00:00Z
turn = "7d"

[[policy]]
name = "night"
rota = "first"
repeat = 1
[[policy.steps]]
notify = "on-call"

[[source]]
name = "history"
connector = "file"
every = "5s"
settings = {{ path = {history} }}

[[source]]
name = "news"
connector = "rss"
every = "5s"
settings = {{ url = {feed} }}
"""


def write_history(path: Path, *, days: int = 4) -> int:
    """A quiet brand: two posts an hour, one in ten of them cross."""
    now = datetime.now(UTC)
    lines = []
    for number in range(days * 48):
        at = now - timedelta(hours=2) - timedelta(minutes=30 * number)
        text = "Acme is terrible, I hate it" if number % 10 == 0 else "My acme kettle boils water"
        told = {"id": f"h{number}", "platform": "web", "text": text, "published_at": at.isoformat()}
        lines.append(json.dumps(told))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return len(lines)


def publish_storm(feed: FeedServer, count: int) -> None:
    """Cross posts of the last ten minutes."""
    now = datetime.now(UTC)
    for number in range(count):
        text = f"Acme recall: awful, dangerous, I am furious and hurt, complaint {number}"
        feed.publish(text, at=now - timedelta(seconds=600 - number))


class Stage:
    """The feed, Slack, the service and its store, set up for Acme."""

    def __init__(self, folder: Path, feed: FeedServer, slack: SlackServer) -> None:
        self.feed, self.slack = feed, slack
        self.history = write_history(folder / "history.jsonl")
        self.service: ServiceProcess
        self.file = folder / "acme.toml"
        self.file.write_text(
            WORKSPACE.format(
                history=json.dumps(str(folder / "history.jsonl")), feed=json.dumps(feed.url)
            ),
            "utf-8",
        )

    def rows(self, table: Any) -> list[Any]:
        store = Store(f"sqlite:///{self.service.data / 'groundswell.sqlite3'}")
        try:
            with store.read() as session:
                return list(session.scalars(select(table).order_by(table.id)))
        finally:
            store.close()

    def until(self, true: Callable[[], object], what: str, *, seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end, f"{what}: not in time\n{self.service.log()[-6000:]}"
            time.sleep(0.1)

    def heard_all(self) -> bool:
        return len(self.rows(MentionRow)) == self.history + len(self.feed._items)

    def all_told(self) -> bool:
        deliveries = [row for row in self.rows(DeliveryRow) if row.kind != "system"]
        return bool(deliveries) and all(row.state in ("sent", "superseded") for row in deliveries)

    def cards(self) -> list[Any]:
        return [message for message in self.slack.in_channel() if message.thread_ts is None]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with FeedServer() as feed, SlackServer() as slack:
        slack.now = time.time()
        made = Stage(tmp_path, feed, slack)
        with a_set_up_service(tmp_path, made) as service:
            made.service = service
            yield made


@contextmanager
def a_set_up_service(folder: Path, stage: Stage) -> Iterator[ServiceProcess]:
    settings = {
        "GROUNDSWELL_SLACK_BOT_TOKEN": TOKEN,
        "GROUNDSWELL_SLACK_API_URL": stage.slack.url,
    }
    first = ServiceProcess(folder / "data", settings=settings)
    first.data.mkdir()
    first.run("apply", str(stage.file))
    with a_service(folder / "data", settings=settings) as service:
        yield service


def test_a_storm_in_a_feed_becomes_one_message_and_a_page(stage: Stage) -> None:
    publish_storm(stage.feed, 60)
    stage.until(lambda: stage.rows(IncidentRow), "an incident")
    stage.until(lambda: any(post.thread_ts for post in stage.slack.messages), "a page")
    (card,) = stage.cards()
    shown = json.dumps(card.blocks)
    (incident,) = stage.rows(IncidentRow)
    assert "Acme" in card.text
    assert f"{stage.service.address}/incidents/{incident.id}" in shown
    assert "negative" in shown
    pages = [
        post
        for post in stage.slack.in_thread(card.ts)
        if "<@U0INES001>" in json.dumps([post.text, post.blocks])
    ]
    assert len(pages) == 1
    assert TOKEN not in stage.service.log()
    assert stage.service.stop() == 0
    assert "Traceback" not in stage.service.log()


def test_killed_again_and_again_nothing_is_lost_and_nothing_told_twice(stage: Stage) -> None:
    dice = random.Random(7)
    for turn in range(4):
        publish_storm(stage.feed, 15)
        stage.until(lambda: "listens on" in stage.service.log(), "a start")
        time.sleep(dice.uniform(0.2, 4.0))
        stage.service.kill()
        stage.service._log.write_text("", "utf-8")
        if turn < 3:
            stage.service.start()
    stage.service.start()
    stage.until(stage.heard_all, "every mention", seconds=120)
    stage.until(stage.all_told, "every delivery")
    mentions = stage.rows(MentionRow)
    assert len({row.identity for row in mentions}) == len(mentions)
    counted = sum(row.mentions for row in rollups(stage) if row.grain == "minute")
    assert counted == len(mentions)
    assert len(stage.rows(IncidentRow)) == 1
    assert len(stage.cards()) == 1
    started = [row for row in stage.rows(AlertRow) if row.kind == "started"]
    assert len(started) == 1
    entries = stage.rows(TimelineRow)
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))


def rollups(stage: Stage) -> list[Any]:
    store = Store(f"sqlite:///{stage.service.data / 'groundswell.sqlite3'}")
    try:
        with store.read() as session:
            return list(session.scalars(select(RollupRow)))
    finally:
        store.close()


def test_killed_while_slack_answers_the_same_message_is_edited(stage: Stage) -> None:
    stage.slack.is_slow(8)
    publish_storm(stage.feed, 60)
    stage.until(lambda: stage.slack.messages, "the message at Slack")
    stage.service.kill()
    assert next(row.state for row in stage.rows(DeliveryRow) if row.kind == "card") == "due"
    stage.service.start()
    stage.until(stage.all_told, "every delivery")
    (card,) = stage.cards()
    assert card.edits >= 1
    assert any(post.thread_ts == card.ts for post in stage.slack.messages)


def test_killed_in_the_middle_of_a_poll_the_next_poll_brings_everything_once(
    stage: Stage,
) -> None:
    stage.feed.hangs_next()
    publish_storm(stage.feed, 12)
    assert stage.feed.hanging.wait(60)
    stage.service.kill()
    stage.service.start()
    # A minute passes after the poll that was cut off: a crash loop must not hammer a site.
    stage.until(stage.heard_all, "every mention", seconds=120)
    answers = len(stage.feed.full_answers)
    stage.feed.publish("Acme kettles are on offer today")
    stage.until(lambda: len(stage.feed.full_answers) > answers, "one more poll")
    stage.until(stage.heard_all, "the newest mention")
