"""Search over history: the index of words, how far it reaches, and facts that queries ask for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from service.store.base import Json

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mentions", sa.Column("kind", sa.String(length=20), nullable=True))
    op.add_column("mentions", sa.Column("country", sa.String(length=2), nullable=True))
    op.add_column("rejects", sa.Column("facts", Json, nullable=True))
    op.create_table(
        "search_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column(
            "behind", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_progress")),
    )
    # Form 0 is nobody's: whoever writes first says which form it is, and what is stored by now is
    # indexed by and by, so that an upgrade takes no longer with a million mentions than with none.
    op.execute("INSERT INTO search_progress (id, form, behind) VALUES (1, 0, 0)")
    if op.get_bind().dialect.name == "sqlite":
        # Words come encoded as runs of letters and digits, so that this tokeniser leaves them
        # whole. Neither the words themselves nor their places are kept: only who holds them.
        op.execute(
            "CREATE VIRTUAL TABLE mention_words USING fts5("
            "words, content='', detail=none, columnsize=0, tokenize='ascii')"
        )
    else:
        op.execute(
            "CREATE TABLE mention_words ("
            "mention_id BIGINT NOT NULL CONSTRAINT pk_mention_words PRIMARY KEY, "
            "words TSVECTOR NOT NULL)"
        )
        op.execute("CREATE INDEX ix_mention_words_words ON mention_words USING gin (words)")


def downgrade() -> None:
    op.execute("DROP TABLE mention_words")
    op.drop_table("search_progress")
    # Not by a batch: that would make the table anew, and others refer to its rows.
    op.execute("ALTER TABLE rejects DROP COLUMN facts")
    op.execute("ALTER TABLE mentions DROP COLUMN country")
    op.execute("ALTER TABLE mentions DROP COLUMN kind")
