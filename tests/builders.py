"""Facts for tests. Every value has a plain default; a test says only what it is about.

``a_…`` of a rules word returns a value. ``a_…(session, …)`` writes a row and returns its id.
"""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from rules.mention import Author, Engagement, Mention
from rules.query import Document
from service.store.engine import Session
from service.store.search import index
from service.store.search.words import words_of
from service.store.tables import (
    AlertRuleRow,
    BrandRow,
    IncidentRow,
    MatchRow,
    MentionRow,
    NamedListRow,
    PersonRow,
    QueryRow,
    RollupRow,
    SourceRow,
    UserRow,
)

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
"""A Wednesday; the moment at which tests happen unless they say otherwise."""

_numbers = itertools.count(1)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def an_author(**changes: Any) -> Author:
    return Author(
        **{"handle": "ada", "name": "Ada", "followers": 120, "verified": False, **changes}
    )


def a_mention(**changes: Any) -> Mention:
    """A post published a minute before NOON. Each call has a native id of its own."""
    number = next(_numbers)
    facts: dict[str, Any] = {
        "platform": "mastodon",
        "text": "My Acme kettle boils water.",
        "collected_at": NOON,
        "published_at": NOON - timedelta(minutes=1),
        "native_id": f"n{number}",
        "url": f"https://example.org/posts/{number}",
        "lang": "en",
        "author": an_author(),
        "engagement": Engagement(likes=3, shares=1, comments=0),
    }
    return Mention(**(facts | changes))


def a_brand(session: Session, name: str = "Acme", **changes: Any) -> int:
    """A brand without queries; its slug comes from its name."""
    facts: dict[str, Any] = {
        "slug": name.lower().replace(" ", "-"),
        "name": name,
        "description": "",
        "handles": [],
        "competitors": [],
        "red_lines": [],
        "voice": {},
        "policy": None,
        "channel": None,
        "demo": False,
        "created_at": NOON,
        "archived_at": None,
    }
    return _add(session, BrandRow(**(facts | changes)))


def a_query(session: Session, *, brand: int, text: str = "acme", **changes: Any) -> int:
    facts: dict[str, Any] = {
        "brand_id": brand,
        "name": f"query {next(_numbers)}",
        "role": "brand",
        "text": text,
        "created_at": NOON,
        "updated_at": NOON,
    }
    return _add(session, QueryRow(**(facts | changes)))


def a_named_list(session: Session, name: str, text: str, **changes: Any) -> int:
    """A list shared by all brands, unless given ``brand_id``."""
    facts: dict[str, Any] = {"created_at": NOON, "updated_at": NOON}
    return _add(session, NamedListRow(name=name, text=text, **(facts | changes)))


def an_alert_rule(session: Session, name: str, **changes: Any) -> int:
    """A rule shared by all brands, unless given ``brand_id``; ``body``: what it says."""
    facts: dict[str, Any] = {"body": {}, "created_at": NOON, "updated_at": NOON}
    return _add(session, AlertRuleRow(name=name, **(facts | changes)))


def a_source(session: Session, **changes: Any) -> int:
    """A source due at NOON."""
    facts: dict[str, Any] = {
        "name": f"source {next(_numbers)}",
        "connector": "file",
        "settings": {},
        "every_seconds": 900,
        "tier": 2,
        "next_poll_at": NOON,
        "created_at": NOON,
    }
    return _add(session, SourceRow(**(facts | changes)))


def a_stored_mention(session: Session, mention: Mention | None = None, **changes: Any) -> int:
    """The row of a mention, as ingestion writes it; changes are those of ``a_mention``."""
    told = mention or a_mention(**changes)
    row = MentionRow(
        identity=told.id,
        platform=told.platform,
        native_id=told.native_id,
        url=told.url,
        title=told.title,
        text=told.text,
        lang=told.lang,
        kind=told.kind,
        country=told.country,
        author_handle=told.author.handle,
        author_name=told.author.name,
        author_followers=told.author.followers,
        author_verified=told.author.verified,
        author_created_at=told.author.created_at,
        author_customer_value=told.author.customer_value,
        likes=told.engagement.likes,
        shares=told.engagement.shares,
        comments=told.engagement.comments,
        views=told.engagement.views,
        rating=told.engagement.rating,
        parent_id=told.parent_id,
        raw=dict(told.raw),
        published_at=told.published_at,
        collected_at=told.collected_at,
        effective_at=told.effective_at,
    )
    index.take_over(session)
    stored = _add(session, row)
    index.write(session, [(stored, words_of(Document.of(told)))])
    return stored


def a_match(session: Session, *, query: int, mention: int, **changes: Any) -> None:
    """That a stored mention answers a query: negative and relevant unless said otherwise."""
    about = session.get_one(MentionRow, mention)
    facts: dict[str, Any] = {
        "mention_id": mention,
        "query_id": query,
        "brand_id": session.get_one(QueryRow, query).brand_id,
        "platform": about.platform,
        "effective_at": about.effective_at,
        "query_version": 1,
        "score_version": "test",
        "spans": [],
        "relevance": 0.9,
        "polarity": -0.6,
        "label": "negative",
        "priority": 0.5,
        "explanation": {},
    }
    session.add(MatchRow(**(facts | changes)))
    session.flush()


def a_rollup(session: Session, *, query: int, bucket: datetime, **changes: Any) -> None:
    """One minute's counts on mastodon; give ``mentions=…, negative=…``."""
    facts: dict[str, Any] = {
        "query_id": query,
        "grain": "minute",
        "bucket": bucket,
        "platform": "mastodon",
    }
    session.add(RollupRow(**(facts | changes)))
    session.flush()


def an_incident(session: Session, *, query: int, **changes: Any) -> int:
    """An open SEV2, opened at NOON, without timeline or policy steps."""
    facts: dict[str, Any] = {
        "brand_id": session.get_one(QueryRow, query).brand_id,
        "query_id": query,
        "title": "Negative mentions of Acme rise",
        "status": "open",
        "severity": 2,
        "policy": {},
        "opened_at": NOON,
    }
    return _add(session, IncidentRow(**(facts | changes)))


def a_person(session: Session, name: str = "ines", **changes: Any) -> int:
    return _add(session, PersonRow(**({"name": name, "full_name": name.title()} | changes)))


def a_user(session: Session, name: str = "ines", role: str = "responder", **changes: Any) -> int:
    """A user whose password nobody knows: the hash is not one."""
    facts = {"name": name, "role": role, "password_hash": "!", "created_at": NOON}
    return _add(session, UserRow(**(facts | changes)))


def _add(session: Session, row: Any) -> int:
    session.add(row)
    session.flush()
    made: int = row.id
    return made
