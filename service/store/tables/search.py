"""How far the index of words reaches. The index itself is made and read in ``store/search``: it is
SQLite's FTS5 on the one database and a column of lexemes on the other."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from service.store.base import Base, Big


class SearchProgressRow(Base):
    """One row. Mentions with an id up to ``behind`` may be missing in the index, all others are in
    it. ``form``: the form of the words in it; another one than ours is no index to us."""

    __tablename__ = "search_progress"

    id: Mapped[int] = mapped_column(primary_key=True)
    form: Mapped[int]
    behind: Mapped[int] = mapped_column(Big)
