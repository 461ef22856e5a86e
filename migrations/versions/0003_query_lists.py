"""Named lists that queries share, and the texts that queries are tested on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.store.base import Json, Utc

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "query_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("updated_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_query_lists_brand_id_brands")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_query_lists")),
        sa.UniqueConstraint("brand_id", "name", name=op.f("uq_query_lists_brand_id_name")),
    )
    # For a unique constraint no two NULLs are the same.
    op.create_index(
        "uq_query_lists_shared_name",
        "query_lists",
        ["name"],
        unique=True,
        sqlite_where=sa.text("brand_id IS NULL"),
        postgresql_where=sa.text("brand_id IS NULL"),
    )
    op.add_column(
        "queries", sa.Column("examples", Json, nullable=False, server_default=sa.text("'{}'"))
    )


def downgrade() -> None:
    # Not by a batch: that would make the table anew, and others refer to its rows.
    op.execute("ALTER TABLE queries DROP COLUMN examples")
    op.drop_table("query_lists")
