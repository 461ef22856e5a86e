"""Alert rules as data, and incidents that were missed, entered by hand."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.store.base import Json, Utc

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", Utc(), nullable=False),
        sa.Column("updated_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_alert_rules_brand_id_brands")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_rules")),
        sa.UniqueConstraint("brand_id", "name", name=op.f("uq_alert_rules_brand_id_name")),
    )
    # For a unique constraint no two NULLs are the same.
    op.create_index(
        "uq_alert_rules_shared_name",
        "alert_rules",
        ["name"],
        unique=True,
        sqlite_where=sa.text("brand_id IS NULL"),
        postgresql_where=sa.text("brand_id IS NULL"),
    )
    op.create_table(
        "missed_incidents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("brand_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("began_at", Utc(), nullable=False),
        sa.Column("ended_at", Utc(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", Utc(), nullable=False),
        sa.ForeignKeyConstraint(
            ["brand_id"], ["brands.id"], name=op.f("fk_missed_incidents_brand_id_brands")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_incidents")),
    )
    op.create_index(op.f("ix_missed_incidents_brand_id"), "missed_incidents", ["brand_id"])


def downgrade() -> None:
    op.drop_table("missed_incidents")
    op.drop_table("alert_rules")
