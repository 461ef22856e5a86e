"""A brand's own words with their tone, and corrections of polarity."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.store.base import Big, Json, Utc

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("brands", sa.Column("words", Json, nullable=False, server_default="{}"))
    op.create_table(
        "corrections",
        sa.Column("id", Big, nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("mention_id", Big, nullable=True),
        sa.Column("features", Json, nullable=False),
        sa.Column("label", sa.String(length=10), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("given_at", Utc(), nullable=False),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("undone_at", Utc(), nullable=True),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_corrections_brand_id_brands")
        ),
        sa.ForeignKeyConstraint(
            ["mention_id"], ["mentions.id"], name=op.f("fk_corrections_mention_id_mentions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    # One correction holds at a time; the one before is undone.
    op.create_index(
        "uq_corrections_holding",
        "corrections",
        ["brand_id", "mention_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_index(op.f("ix_corrections_mention_id"), "corrections", ["mention_id"])


def downgrade() -> None:
    op.drop_table("corrections")
    # Not by a batch: that would make the table anew, and others refer to its rows.
    op.execute("ALTER TABLE brands DROP COLUMN words")
