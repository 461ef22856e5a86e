"""A brand in trouble, as the pages meet it: counts, posts with their scores, an incident."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from rules.incident import DEFAULT_POLICY
from rules.mention import Author, Engagement
from rules.severity import Severity
from rules.trend import Finding
from service.store import timeline
from service.store.engine import Session
from service.store.tables import AlertRow, DeliveryRow
from tests.builders import (
    NOON,
    a_brand,
    a_match,
    a_query,
    a_rollup,
    a_source,
    a_stored_mention,
    an_incident,
)

POSTS = (
    (
        "kettlefan",
        48_200,
        "My Acme kettle caught fire this morning. Kitchen full of smoke, support "
        "hung up on me twice. Do not buy this. #acme",
    ),
    (
        "Consumer Desk",
        1_310_000,
        "Acme says nothing as reports of burning kettles spread: five "
        "buyers told us of the same melted plug.",
    ),
    ("dad_of_three", 310, "acme kettle on fire here as well, same model. Refund refused!!"),
)


def a_crisis(
    session: Session, *, now: datetime = NOON, post: str | None = None, **changes: Any
) -> int:
    """An open SEV1 about burning kettles, opened twelve minutes before ``now``; its id."""
    brand = a_brand(session, "Acme", demo=changes.pop("demo", False))
    query = a_query(session, brand=brand, name="Acme", text="acme")
    rival = a_query(session, brand=brand, name="Rival", role="competitor", text="rival")
    a_source(session, name="Hacker News", connector="hackernews", state="ok")
    _counts(session, query=query, rival=rival, now=now)
    for number, (author, followers, text) in enumerate(POSTS):
        _post(
            session,
            query=query,
            author=author,
            followers=followers,
            now=now,
            text=post if post is not None and number == 0 else text,
            number=number,
        )
    opened = now - timedelta(minutes=12)
    incident = an_incident(
        session,
        query=query,
        **{
            "title": "Negative mentions of Acme: 46 in 30 minutes, 2 to 7 are usual",
            "severity": 1,
            "policy": DEFAULT_POLICY.to_json(),
            "opened_at": opened,
            "paged_at": opened,
            "escalate_at": now + timedelta(minutes=3),
            "first_mention_at": opened - timedelta(minutes=9),
            "suggestion": {
                "strategy": "rebuild",
                "text": "We have seen your reports about our kettle, and we take them seriously. "
                "Please unplug it and do not use it again. We are examining what happened and "
                "will tell you here what we know by 18:00.",
                "reasons": ["People report harm from a product we made."],
                "guards": ["Have legal read it first.", "Do not promise a refund yet."],
            },
            **changes,
        },
    )
    _alert(session, incident=incident, brand=brand, query=query, opened=opened)
    timeline.append(
        session,
        incident,
        kind="opened",
        actor="groundswell",
        text="Opened as SEV1: 46 negative mentions where 2 to 7 are usual.",
        now=opened,
    )
    session.add(
        DeliveryRow(
            incident_id=incident,
            kind="page",
            notifier="console",
            destination="console",
            person="ines",
            payload={},
            state="sent",
            due_at=opened,
            created_at=opened,
            attempts=1,
            first_attempt_at=opened,
            sent_at=opened + timedelta(seconds=4),
            rendered={"text": "SEV1 Acme: 46 negative mentions in 30 minutes"},
        )
    )
    session.flush()
    return incident


def _counts(session: Session, *, query: int, rival: int, now: datetime) -> None:
    hour = now.replace(minute=0, second=0, microsecond=0)
    for back in range(48):
        at = hour - timedelta(hours=back)
        usual = 5 + (at.hour * 7 + back) % 9
        bad = {0: 31, 1: 12}.get(back, back % 3)
        for grain in ("hour", "minute"):
            a_rollup(
                session,
                query=query,
                bucket=at,
                grain=grain,
                mentions=usual + 2 * bad,
                negative=bad,
                positive=usual // 3,
            )
            a_rollup(session, query=rival, bucket=at, grain=grain, mentions=7, negative=1)


def _post(
    session: Session,
    *,
    query: int,
    author: str,
    followers: int,
    text: str,
    now: datetime,
    number: int,
) -> None:
    at = now - timedelta(minutes=14 + number)
    mention = a_stored_mention(
        session,
        text=text,
        published_at=at,
        collected_at=at + timedelta(minutes=1),
        author=Author(handle=author, name=author, followers=followers),
        engagement=Engagement(likes=412 - number, shares=96, comments=51),
    )
    start = text.lower().find("fire")
    span = ["text", start, start + 4] if start >= 0 else None
    a_match(
        session,
        query=query,
        mention=mention,
        polarity=-0.71,
        priority=0.91 - number / 10,
        spans=[["text", at_name, at_name + 4, "acme"]]
        if (at_name := text.lower().find("acme")) >= 0
        else [],
        explanation={
            "relevance": [
                {"rule": "name", "what": "names the brand", "contribution": 0.9, "span": None}
            ],
            "polarity": [
                {"rule": "lexicon", "what": "“fire”", "contribution": -0.71, "span": span}
            ],
            "priority": [
                {
                    "rule": "reach",
                    "what": f"{followers} followers",
                    "contribution": 0.5,
                    "span": None,
                },
                {
                    "rule": "topic",
                    "what": "fire, a danger to people",
                    "contribution": 0.41 - number / 10,
                    "span": span,
                },
            ],
        },
    )


def _alert(session: Session, *, incident: int, brand: int, query: int, opened: datetime) -> None:
    finding = Finding(
        signal="negative_volume",
        kind="started",
        severity=Severity.SEV1,
        window_start=opened - timedelta(minutes=30),
        window_end=opened,
        observed=46,
        expected=4.1,
        low=2.0,
        high=7.0,
        surprise=12.4,
        negative_share=0.78,
        mentions=59,
        platforms=("hackernews", "mastodon", "news"),
        reach=1_358_510,
        reasons=(
            "46 negative mentions in 30 minutes; 2 to 7 are usual at this hour on a Wednesday.",
            "78 % of all mentions are negative; 21 % are usual.",
            "It is on three platforms at once: Hacker News, Mastodon and News.",
        ),
    )
    session.add(
        AlertRow(
            brand_id=brand,
            query_id=query,
            incident_id=incident,
            signal=finding.signal,
            kind=finding.kind,
            severity=1,
            window_start=finding.window_start,
            window_end=finding.window_end,
            found_at=opened,
            finding=finding.to_json(),
            decision="open",
            decision_reason="No incident of this query is open.",
            versions={},
        )
    )
