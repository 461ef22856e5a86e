"""What signals besides the number of negative mentions count, and the page budget."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from service.store.base import Big, Utc

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

COUNTERS = ("negative_engagement", "organic", "priority")

RELEVANT = 0.4
"""From this relevance on a mention's tone counted when the rollups were made."""

CHUNK = 5_000

_rollups = sa.table(
    "rollups",
    sa.column("query_id", sa.Integer),
    sa.column("grain", sa.String),
    sa.column("bucket", Utc),
    sa.column("platform", sa.String),
    *(sa.column(name, Big) for name in COUNTERS),
)
_matches = sa.table(
    "matches",
    sa.column("mention_id", Big),
    sa.column("query_id", sa.Integer),
    sa.column("platform", sa.String),
    sa.column("effective_at", Utc),
    sa.column("relevance", sa.Double),
    sa.column("label", sa.String),
    sa.column("priority", sa.Double),
)
_mentions = sa.table(
    "mentions",
    sa.column("id", Big),
    *(sa.column(name, Big) for name in ("likes", "shares", "comments")),
)

Key = tuple[str, datetime, str]
"""Grain, bucket and platform."""


def upgrade() -> None:
    for name in COUNTERS:
        op.add_column("rollups", sa.Column(name, Big, nullable=False, server_default="0"))
    op.create_table(
        "alerting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_budget", sa.Double(), nullable=False),
        sa.Column("updated_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerting")),
    )
    # Copies of the past are not looked for: then every negative mention weighs one.
    op.execute("UPDATE rollups SET organic = 100 * negative WHERE negative > 0")
    connection = op.get_bind()
    for query_id in list(connection.scalars(sa.text("SELECT id FROM queries ORDER BY id"))):
        _count(connection, query_id)


def _count(connection: sa.Connection, query_id: int) -> None:
    """Priorities and engagement of what is stored, so that there is a baseline from the start. What
    was deleted since is not in it."""
    rows = connection.execute(
        sa.select(
            _matches.c.effective_at,
            _matches.c.platform,
            _matches.c.relevance,
            _matches.c.label,
            _matches.c.priority,
            _mentions.c.likes,
            _mentions.c.shares,
            _mentions.c.comments,
        )
        .join_from(_matches, _mentions, _mentions.c.id == _matches.c.mention_id)
        .where(_matches.c.query_id == query_id)
    )
    sums: dict[Key, list[int]] = defaultdict(lambda: [0, 0])
    for at, platform, relevance, label, priority, *reactions in rows:
        negative = relevance >= RELEVANT and label == "negative"
        engaged = sum(one or 0 for one in reactions) if negative else 0
        for grain, bucket in _buckets(at):
            told = sums[grain, bucket, platform]
            told[0] += engaged
            told[1] += round(100 * priority)
    values: list[dict[str, Any]] = [
        {"query": query_id, "of": grain, "at": bucket, "on": platform, "engaged": a, "weighs": b}
        for (grain, bucket, platform), (a, b) in sums.items()
    ]
    change = (
        sa.update(_rollups)
        .where(
            _rollups.c.query_id == sa.bindparam("query"),
            _rollups.c.grain == sa.bindparam("of"),
            _rollups.c.bucket == sa.bindparam("at"),
            _rollups.c.platform == sa.bindparam("on"),
        )
        .values(negative_engagement=sa.bindparam("engaged"), priority=sa.bindparam("weighs"))
    )
    for start in range(0, len(values), CHUNK):
        connection.execute(change, values[start : start + CHUNK])


def _buckets(at: datetime) -> list[tuple[str, datetime]]:
    minute = at.replace(second=0, microsecond=0)
    hour = minute.replace(minute=0)
    return [("minute", minute), ("hour", hour), ("day", hour.replace(hour=0))]


def downgrade() -> None:
    op.drop_table("alerting")
    for name in COUNTERS:
        op.execute(f"ALTER TABLE rollups DROP COLUMN {name}")
