"""What searches are tried on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import text

from service.store.engine import Session
from service.store.tables import SightingRow


def seen(session: Session, mention: int, *, source: int, at: datetime) -> None:
    session.add(SightingRow(mention_id=mention, source_id=source, seen_at=at))
    session.flush()


def indexed(session: Session) -> set[int]:
    """The ids of the mentions that the index knows."""
    asked = (
        "SELECT rowid FROM mention_words WHERE mention_words MATCH 'z'"
        if session.get_bind().dialect.name == "sqlite"
        else "SELECT mention_id FROM mention_words"
    )
    return set(session.scalars(text(asked)))


def before_the_index(session: Session, **columns: Any) -> None:
    """Rows of mentions as a program wrote them that knew no index; each has an identity, a text
    and a time."""
    names = ", ".join(columns)
    session.execute(
        text(
            f"INSERT INTO mentions ({names}, platform, title, raw, collected_at) "
            f"VALUES ({', '.join(':' + name for name in columns)}, 'news', '', '{{}}', "
            ":effective_at)"
        ),
        columns,
    )
