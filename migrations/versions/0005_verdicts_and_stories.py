"""Verdicts on mentions that teach relevance, intents, and the stories that mentions tell."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.store.base import Big, Json, Utc

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "relevance_examples",
        sa.Column("id", Big, nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("mention_id", Big, nullable=True),
        sa.Column("incident_id", sa.Integer(), nullable=True),
        sa.Column("features", Json, nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", Utc(), nullable=False),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("undone_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_relevance_examples_brand_id_brands")
        ),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["mentions.id"], name=op.f("fk_relevance_examples_mention_id_mentions")
        ),
        sa.ForeignKeyConstraint(
            ["incident_id"],
            ["incidents.id"],
            name=op.f("fk_relevance_examples_incident_id_incidents"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relevance_examples")),
    )
    # One verdict holds at a time; the one before is undone.
    op.create_index(
        "uq_relevance_examples_holding",
        "relevance_examples",
        ["brand_id", "mention_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_index(
        op.f("ix_relevance_examples_mention_id"), "relevance_examples", ["mention_id"]
    )
    op.create_table(
        "stories",
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("story", sa.String(length=600), nullable=False),
        sa.Column("turn", Big, nullable=False),
        sa.Column("text", sa.String(length=16), nullable=False),
        sa.Column("words", Json, nullable=False),
        sa.Column("links", Json, nullable=False),
        sa.Column("first_at", Utc(), nullable=False),
        sa.Column("last_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_stories_brand_id_brands")
        ),
        sa.PrimaryKeyConstraint("brand_id", "story", name=op.f("pk_stories")),
    )
    op.create_index(op.f("ix_stories_brand_id_turn"), "stories", ["brand_id", "turn"])
    op.add_column("matches", sa.Column("intent", sa.String(length=20), nullable=True))
    op.add_column("matches", sa.Column("story", sa.String(length=600), nullable=True))
    op.create_index(op.f("ix_matches_brand_id_story"), "matches", ["brand_id", "story"])


def downgrade() -> None:
    op.drop_index(op.f("ix_matches_brand_id_story"), "matches")
    # Not by a batch: that would make the table anew, and others refer to its rows.
    op.execute("ALTER TABLE matches DROP COLUMN story")
    op.execute("ALTER TABLE matches DROP COLUMN intent")
    op.drop_table("stories")
    op.drop_table("relevance_examples")
