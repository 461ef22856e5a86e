"""What was said in a spike: when it began, and the texts that weigh most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from rules.trend import MainStory
from service.store.engine import Session
from service.store.tables import MatchRow, MentionRow

EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class SpikeFacts:
    """``first_at``: when its first negative mention was posted. ``examples``: title and text of
    the negative ones with the highest priority, highest first."""

    first_at: datetime | None
    examples: tuple[str, ...]


def main_story(session: Session, query_id: int, *, start: datetime, end: datetime) -> MainStory:
    """Of the negative mentions from ``start`` up to ``end``."""
    sizes = session.execute(
        select(MatchRow.story, func.count())
        .where(
            MatchRow.query_id == query_id,
            MatchRow.label == "negative",
            MatchRow.effective_at >= start,
            MatchRow.effective_at < end,
        )
        .group_by(MatchRow.story)
    ).all()
    most = max((count for story, count in sizes if story is not None), default=0)
    return MainStory(mentions=most, of=sum(count for _, count in sizes))


def read_spike(session: Session, query_id: int, *, start: datetime, end: datetime) -> SpikeFacts:
    """Of the span from ``start`` up to ``end``."""
    negative = (
        MatchRow.query_id == query_id,
        MatchRow.label == "negative",
        MatchRow.effective_at >= start,
        MatchRow.effective_at < end,
    )
    rows = session.execute(
        select(MentionRow.title, MentionRow.text)
        .join(MatchRow, MatchRow.mention_id == MentionRow.id)
        .where(*negative)
        .order_by(MatchRow.priority.desc(), MatchRow.effective_at, MatchRow.mention_id)
        .limit(EXAMPLES)
    )
    return SpikeFacts(
        first_at=session.scalar(select(func.min(MatchRow.effective_at)).where(*negative)),
        examples=tuple(f"{title}\n{text}" if title else text for title, text in rows),
    )
