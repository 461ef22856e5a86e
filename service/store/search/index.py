"""Writing the index of words, and how far it reaches.

New mentions are indexed in the transaction that stores them. What was stored before there was an
index is behind it, and so is everything once our form of words changes: until ``catch_up`` has come
to them, mentions up to ``behind`` are read one by one, so that answers are right at any moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, cast

from sqlalchemy import CursorResult, column, func, select, table, text, union, update
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session
from sqlalchemy.sql.expression import cast as sql_cast

from service.store.dialect import dialect_of
from service.store.search.needed import All, Needed, Word, size
from service.store.search.needed import Any as Either
from service.store.search.words import ANYTHING, EVERY, FORM
from service.store.tables import MentionRow, SearchProgressRow

EVERYTHING: Final = 2**63 - 1
"""Higher than any id: the index is of another form, and none of it counts."""

AT_ONCE: Final = 300
"""Words in one look-up of FTS5, which steps through all alternatives for every row."""

_progress = SearchProgressRow.__table__.c
_PROGRESS: Final = select(_progress.form, _progress.behind).where(_progress.id == 1)
_HELD: Final = table("mention_words", column("rowid"), column("mention_words"))
_LEXEMES: Final = table("mention_words", column("mention_id"), column("words", TSVECTOR))
_ADD_SQLITE: Final = text("INSERT INTO mention_words (rowid, words) VALUES (:id, :words)")
# One statement for a batch: with a server far away, round trips are what takes time.
_ADD_POSTGRESQL: Final = text(
    "INSERT INTO mention_words (mention_id, words) "
    "SELECT id, array_to_tsvector(string_to_array(words, ' ')) "
    "FROM unnest(CAST(:ids AS bigint[]), CAST(:words AS text[])) AS told (id, words) "
    "ON CONFLICT (mention_id) DO UPDATE SET words = excluded.words"
)


def behind(session: Session) -> int:
    """Mentions with an id up to this one may be missing in the index; 0 when none is."""
    form, reached = session.execute(_PROGRESS).one()
    return int(reached) if form == FORM else EVERYTHING


def take_over(session: Session) -> None:
    """Make the index one of our form, before anything is written to it: one of another form is
    emptied, and everything stored so far is behind. Does nothing nearly always."""
    form, _ = session.execute(_PROGRESS).one()
    if form == FORM:
        return
    mine = session.execute(
        update(SearchProgressRow)
        .where(SearchProgressRow.id == 1, SearchProgressRow.form != FORM)
        .values(form=FORM)
        .execution_options(synchronize_session=False)
    )
    if cast(CursorResult[Any], mine).rowcount != 1:
        return  # somebody else was first, and we waited for them
    if dialect_of(session) == "sqlite":
        session.execute(text("INSERT INTO mention_words (mention_words) VALUES ('delete-all')"))
    else:
        session.execute(text("TRUNCATE mention_words"))
    newest = session.scalar(select(func.max(MentionRow.id))) or 0
    session.execute(
        update(SearchProgressRow).values(behind=newest).execution_options(synchronize_session=False)
    )


def write(session: Session, documents: Sequence[tuple[int, str]]) -> None:
    """Index mentions: their ids, and their words as ``words_of`` gives them. ``take_over`` first;
    on SQLite a mention must not be written twice."""
    if not documents:
        return
    if dialect_of(session) == "sqlite":
        rows = [{"id": mention_id, "words": words} for mention_id, words in documents]
        session.execute(_ADD_SQLITE, rows)
        return
    ids, words = zip(*documents, strict=True)
    session.execute(_ADD_POSTGRESQL, {"ids": list(ids), "words": list(words)})


def holders(session: Session, needed: Needed) -> Any:
    """A SELECT of the ids of indexed mentions that hold what is needed."""
    if dialect_of(session) == "sqlite":
        asked = [
            select(_HELD.c.rowid).where(_HELD.c.mention_words.op("MATCH")(told))
            for told in fts5_questions(needed)
        ]
        return asked[0] if len(asked) == 1 else union(*asked)
    question = sql_cast(tsquery(_or_anything(needed)), TSQUERY)
    return select(_LEXEMES.c.mention_id).where(_LEXEMES.c.words.op("@@")(question))


def few_holders(session: Session, needed: Needed, *, most: int) -> list[int] | None:
    """The ids of the indexed mentions that hold what is needed; None if there are more."""
    if dialect_of(session) != "sqlite":
        # PostgreSQL takes looking into a tsvector for cheap, and would rather look into all.
        session.execute(text("SET LOCAL enable_seqscan = off"))
    found = list(session.scalars(holders(session, needed).limit(most + 1)))
    if dialect_of(session) != "sqlite":
        session.execute(text("SET LOCAL enable_seqscan TO DEFAULT"))
    return found if len(found) <= most else None


def unindexed(session: Session, *, limit: int) -> list[int]:
    """Mentions that should be in the index and are not: a program from before there was one may
    have stored them while ours had begun already."""
    mention = MentionRow.__table__.c
    known = (
        select(_HELD.c.rowid).where(_HELD.c.mention_words.op("MATCH")(f'"{EVERY}"'))
        if dialect_of(session) == "sqlite"
        else select(_LEXEMES.c.mention_id)
    )
    statement = (
        select(mention.id)
        .where(mention.id > behind(session), mention.id.not_in(known))
        .order_by(mention.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def fts5_questions(needed: Needed) -> list[str]:
    """Full-text questions for FTS5 whose answers together are the answer. Every word is quoted;
    encoded words hold no quotation mark."""
    if not isinstance(needed, Either):
        return [_fts5(_or_anything(needed))]
    asked: list[list[Needed]] = [[Word(ANYTHING)]]
    room = AT_ONCE
    for part in needed.parts:
        room -= size(part)
        if room < 0 and len(asked[-1]) > 1:
            asked.append([])
            room = AT_ONCE - size(part)
        asked[-1].append(part)
    return [_fts5(Either(tuple(parts))) for parts in asked]


def _or_anything(needed: Needed) -> Needed:
    return Either((needed, Word(ANYTHING)))


def _fts5(needed: Needed) -> str:
    if isinstance(needed, Word):
        return f'"{needed.text}"*' if needed.prefix else f'"{needed.text}"'
    joint = " AND " if isinstance(needed, All) else " OR "
    return f"({joint.join(_fts5(part) for part in needed.parts)})"


def tsquery(needed: Needed) -> str:
    """A question as PostgreSQL reads one. Every word is quoted; encoded words hold neither
    quotation mark nor backslash."""
    if isinstance(needed, Word):
        return f"'{needed.text}':*" if needed.prefix else f"'{needed.text}'"
    joint = " & " if isinstance(needed, All) else " | "
    return f"({joint.join(tsquery(part) for part in needed.parts)})"
