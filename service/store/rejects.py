"""Fetched posts that no query matched, kept for a while: why, and what is needed to ask anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from rules.mention import Author, Engagement, Mention
from service.store.dialect import insert_or
from service.store.tables import RejectRow

REJECT_TEXT: Final = 20_000
"""Characters of a reject's title and text that are kept: nearly every post and article is whole."""

UNREADABLE: Final = "unreadable"
"""The platform of an entry that could not be read: there is nothing that a query could ask."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A fetched post that no query matched, or an entry that could not be read, and why.

    ``facts``: what ``facts_of`` tells of the post; None for what could not be read.
    """

    identity: str
    platform: str
    url: str | None
    title: str
    text: str
    reasons: list[dict[str, str]]
    facts: dict[str, Any] | None = None


def save_rejects(
    session: Session, rejects: Sequence[Reject], *, source_id: int | None, now: datetime
) -> None:
    """Keep why these were not matched; the newest reason of each counts, and the newest words."""
    rows = {
        reject.identity: {
            "identity": reject.identity,
            "source_id": source_id,
            "platform": reject.platform[:40],
            "url": reject.url,
            "title": reject.title[:REJECT_TEXT],
            "text": reject.text[:REJECT_TEXT],
            "reasons": reject.reasons,
            "facts": reject.facts,
            "collected_at": now,
        }
        for reject in rejects
    }
    if not rows:
        return
    newest = insert_or(session, RejectRow)
    told = ("title", "text", "reasons", "facts", "collected_at")
    session.execute(
        newest.on_conflict_do_update(
            index_elements=["identity"],
            set_={name: newest.excluded[name] for name in told},
        ),
        [rows[key] for key in sorted(rows)],
    )


def expire_rejects(session: Session, *, now: datetime, keep: timedelta) -> None:
    session.execute(delete(RejectRow).where(RejectRow.collected_at < now - keep))


def facts_of(mention: Mention) -> dict[str, Any]:
    """What of a mention has no column among the rejects, as JSON; ``raw`` is not kept."""
    author, engagement = mention.author, mention.engagement
    told = {
        "native_id": mention.native_id,
        "lang": mention.lang,
        "kind": mention.kind,
        "country": mention.country,
        "parent_id": mention.parent_id,
        "published_at": _written(mention.published_at),
        "collected_at": _written(mention.collected_at),
        "author": {
            "handle": author.handle,
            "name": author.name,
            "followers": author.followers,
            "verified": author.verified,
            "created_at": _written(author.created_at),
            "customer_value": author.customer_value,
        },
        "engagement": {
            "likes": engagement.likes,
            "shares": engagement.shares,
            "comments": engagement.comments,
            "views": engagement.views,
            "rating": engagement.rating,
        },
    }
    return _known(told)


def mention_of_reject(row: Any) -> Mention:
    """The mention that a reject would have been. Where its facts were not kept, they are not
    known: no author, no language, and its time is that of its collection."""
    facts: Mapping[str, Any] = row.facts or {}
    author = dict(facts.get("author", {}))
    author["created_at"] = _read(author.get("created_at"))
    return Mention(
        platform=row.platform,
        text=row.text,
        collected_at=_read(facts.get("collected_at")) or row.collected_at,
        native_id=facts.get("native_id"),
        url=row.url,
        title=row.title,
        lang=facts.get("lang"),
        kind=facts.get("kind"),
        country=facts.get("country"),
        published_at=_read(facts.get("published_at")),
        author=Author(**author),
        engagement=Engagement(**facts.get("engagement", {})),
        parent_id=facts.get("parent_id"),
    )


def is_cut(row: Any) -> bool:
    """Whether there was more text than was kept."""
    return REJECT_TEXT in (len(row.text), len(row.title))


def _known(told: Mapping[str, Any]) -> dict[str, Any]:
    out = {key: _known(value) if isinstance(value, dict) else value for key, value in told.items()}
    return {key: value for key, value in out.items() if value not in (None, {})}


def _written(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _read(moment: str | None) -> datetime | None:
    return None if moment is None else datetime.fromisoformat(moment)
