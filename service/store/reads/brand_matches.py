"""The last matches of a brand with their mentions, to judge them again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.mention import Mention
from service.store.mentions import mention_without_raw
from service.store.tables import MatchRow, MentionRow, QueryRow


@dataclass(frozen=True, slots=True)
class BrandMatch:
    """One match; ``spans`` as they are stored."""

    mention_id: int
    mention: Mention
    spans: list[Any]


def last_matches(
    session: Session,
    brand_id: int,
    *,
    roles: Collection[str],
    since: datetime,
    until: datetime,
    limit: int,
) -> list[BrandMatch]:
    """Matches of a brand's queries in these roles, the newest first; both ends are included."""
    rows = session.execute(
        select(MentionRow, MatchRow.spans)
        .join(MatchRow, MatchRow.mention_id == MentionRow.id)
        .join(QueryRow, QueryRow.id == MatchRow.query_id)
        .where(
            MatchRow.brand_id == brand_id,
            MatchRow.effective_at >= since,
            MatchRow.effective_at <= until,
            QueryRow.role.in_(sorted(roles)),
        )
        .order_by(MatchRow.effective_at.desc(), MatchRow.mention_id.desc(), MatchRow.query_id)
        .limit(limit)
    )
    return [BrandMatch(row.id, mention_without_raw(row), spans) for row, spans in rows]
