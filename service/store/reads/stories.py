"""Stories as the doors show them: how many tell one, and which ones make up a spike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rules.story import Copy, Lens, Told, lens
from service.store.mentions import mention_without_raw
from service.store.tables import MatchRow, MentionRow

LOOKS: Final = 500
"""Mentions of a spike that are looked through, the newest first."""

SHOWN: Final = 5
EXCERPT: Final = 160


@dataclass(frozen=True, slots=True)
class SpikeStory:
    """One story of a spike: its first mention in it, how many told it, and their ``share`` of the
    spike, 0 to 1."""

    story: str
    mention_id: int
    excerpt: str
    mentions: int
    share: float
    first_at: datetime
    platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpikeStories:
    """``stories``: the largest first. ``count``: how many there are. ``mentions``: those looked
    through; ``all_seen``: there are no more. ``lens``: what they weigh if copies weigh less."""

    stories: tuple[SpikeStory, ...]
    count: int
    mentions: int
    all_seen: bool
    lens: Lens


def story_sizes(
    session: Session, wanted: Collection[tuple[int, str | None]]
) -> dict[tuple[int, str], int]:
    """How many mentions of a brand tell a story, by (brand, story)."""
    names = sorted({story for _, story in wanted if story is not None})
    if not names:
        return {}
    rows = session.execute(
        select(MatchRow.brand_id, MatchRow.story, func.count(MatchRow.mention_id.distinct()))
        .where(
            MatchRow.brand_id.in_(sorted({brand_id for brand_id, _ in wanted})),
            MatchRow.story.in_(names),
        )
        .group_by(MatchRow.brand_id, MatchRow.story)
    )
    return {(brand_id, story): count for brand_id, story, count in rows if story is not None}


def spike_stories(
    session: Session, query_id: int, *, start: datetime, end: datetime
) -> SpikeStories:
    """What the negative mentions of a query tell in a span, its ends included."""
    rows = session.execute(
        select(MentionRow, MatchRow.story)
        .join(MatchRow, MatchRow.mention_id == MentionRow.id)
        .where(
            MatchRow.query_id == query_id,
            MatchRow.label == "negative",
            MatchRow.effective_at >= start,
            MatchRow.effective_at <= end,
        )
        .order_by(MatchRow.effective_at.desc(), MatchRow.mention_id.desc())
        .limit(LOOKS + 1)
    ).all()
    seen = [(row, story or row.identity) for row, story in rows[:LOOKS]]
    sizes = Counter(story for _, story in seen)
    # The last of a list that goes back in time is the first that told it.
    first: dict[str, Any] = {story: row for row, story in seen}
    largest = sorted(sizes, key=lambda name: (-sizes[name], first[name].effective_at, name))
    return SpikeStories(
        stories=tuple(
            SpikeStory(
                story=name,
                mention_id=first[name].id,
                excerpt=_excerpt(first[name]),
                mentions=sizes[name],
                share=sizes[name] / len(seen),
                first_at=first[name].effective_at,
                platforms=tuple(sorted({row.platform for row, its in seen if its == name})),
            )
            for name in largest[:SHOWN]
        ),
        count=len(sizes),
        mentions=len(seen),
        all_seen=len(rows) <= LOOKS,
        lens=lens(_copy(row) for row, _ in seen),
    )


def _copy(row: MentionRow) -> Copy:
    told = Told.of(mention_without_raw(row))
    return Copy(at=told.at, text=told.text, author=told.author, joined_at=told.joined_at)


def _excerpt(row: MentionRow) -> str:
    told = " ".join((row.title or row.text).split())
    return told if len(told) <= EXCERPT else told[: EXCERPT - 1].rstrip() + "…"
