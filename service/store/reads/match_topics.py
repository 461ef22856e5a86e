"""The topics that each match of a mention touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from service.store.tables import MatchRow, MatchTopicRow


@dataclass(frozen=True, slots=True)
class TopicView:
    """That a mention speaks of a topic, in which tone, and where: (field, start, end)."""

    topic: str
    polarity: float
    label: str
    places: tuple[tuple[str, int, int], ...]


def asks_for_topic(topic: str) -> ColumnElement[bool]:
    """That a match speaks of the topic."""
    return (
        select(MatchTopicRow.topic)
        .where(
            MatchTopicRow.mention_id == MatchRow.mention_id,
            MatchTopicRow.query_id == MatchRow.query_id,
            MatchTopicRow.topic == topic,
        )
        .exists()
    )


def topics_of(
    session: Session, mention_ids: Sequence[int]
) -> dict[tuple[int, int], list[TopicView]]:
    """By mention and query, in the order of their names."""
    found: dict[tuple[int, int], list[TopicView]] = {}
    rows = session.scalars(
        select(MatchTopicRow)
        .where(MatchTopicRow.mention_id.in_(mention_ids))
        .order_by(MatchTopicRow.topic)
    )
    for row in rows:
        places = tuple((name, start, end) for name, start, end in row.places)
        view = TopicView(row.topic, row.polarity, row.label, places)
        found.setdefault((row.mention_id, row.query_id), []).append(view)
    return found
