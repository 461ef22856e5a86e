"""Topics of brands and of their mentions, weights of priority, and how fast stories are told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.store.base import Big, Json, Utc

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COLUMNS = (
    ("brands", "topics"),
    ("brands", "aspects"),
    ("brands", "priority"),
    ("stories", "pace"),
    ("mentions", "author_customer_value"),
)


def upgrade() -> None:
    op.add_column("brands", sa.Column("topics", Json, nullable=False, server_default="[]"))
    op.add_column(
        "brands", sa.Column("aspects", sa.Boolean(), nullable=False, server_default=sa.true())
    )
    op.add_column("brands", sa.Column("priority", Json, nullable=False, server_default="{}"))
    op.add_column("stories", sa.Column("pace", Json, nullable=False, server_default="{}"))
    op.add_column("mentions", sa.Column("author_customer_value", sa.Double(), nullable=True))
    op.create_table(
        "match_topics",
        sa.Column("mention_id", Big, nullable=False),
        sa.Column("query_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=80), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("effective_at", Utc(), nullable=False),
        sa.Column("polarity", sa.Double(), nullable=False),
        sa.Column("label", sa.String(length=10), nullable=False),
        sa.Column("places", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["mention_id", "query_id"],
            ["matches.mention_id", "matches.query_id"],
            name=op.f("fk_match_topics_mention_id_query_id_matches"),
        ),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_match_topics_brand_id_brands")
        ),
        sa.PrimaryKeyConstraint("mention_id", "query_id", "topic", name=op.f("pk_match_topics")),
    )
    op.create_index(
        op.f("ix_match_topics_brand_id_effective_at_topic_label_mention_id"),
        "match_topics",
        ["brand_id", "effective_at", "topic", "label", "mention_id"],
    )


def downgrade() -> None:
    op.drop_table("match_topics")
    for table, column in COLUMNS:
        # Not by a batch: that would make the table anew, and others refer to its rows.
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
