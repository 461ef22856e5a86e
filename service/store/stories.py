"""The stories of each brand, as they are told: one answer, however many processes store mentions.

What is remembered is in the store, written with the mentions in one transaction. A process keeps
it between transactions and reads it again where another one has written since.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import delete, event, func, select
from sqlalchemy.orm import Session

from rules.story import Pace, Placed, Stories, Story, Told
from service.store.dialect import insert_or
from service.store.kept import kept_by
from service.store.tables import BrandRow, StoryRow

CHUNK: Final = 500

MOST_KEPT: Final = 50_000
"""Stories that one process keeps of all brands together; the others are read when asked for."""


def tell(session: Session, told: Iterable[tuple[int, Told]]) -> dict[str, dict[int, Placed]]:
    """Put mentions that are stored for the first time into their stories, in the order of time.

    ``told``: (brand, what the mention tells). Returns identity -> brand -> place, to be stored with
    the matches in the same transaction. Whoever tells the same brand's stories waits until it has
    ended.
    """
    by_brand: dict[int, list[Told]] = {}
    for brand_id, one in told:
        by_brand.setdefault(brand_id, []).append(one)
    places: dict[str, dict[int, Placed]] = {}
    for brand_id in sorted(by_brand):
        ordered = sorted(by_brand[brand_id], key=lambda each: (each.at, each.mention))
        for one, place in zip(ordered, _tell(session, brand_id, ordered), strict=True):
            places.setdefault(one.mention, {})[brand_id] = place
    return places


def _tell(session: Session, brand_id: int, told: Sequence[Told]) -> list[Placed]:
    # Nothing but the brand's row is locked, and only against others who tell its stories: matches
    # may still refer to it. On SQLite the transaction is the only writer anyway.
    session.execute(
        select(BrandRow.id).where(BrandRow.id == brand_id).with_for_update(key_share=True)
    )
    turn, stories = _known(session, brand_id)
    before = stories.names()
    placed = [stories.place(one) for one in told]
    touched = {place.story for place in placed}
    turn += _write(session, brand_id, stories, touched, turn=turn + 1)
    _forget(session, brand_id, sorted((before | touched) - stories.names()))
    _keep_once_committed(session, brand_id, turn, stories)
    return placed


def _known(session: Session, brand_id: int) -> tuple[int, Stories]:
    """What is remembered as it stands in the store. It is taken out of what the process keeps: if
    the transaction fails, what it did to it must not stay."""
    turn = session.scalar(select(func.max(StoryRow.turn)).where(StoryRow.brand_id == brand_id)) or 0
    kept: tuple[int, Stories] | None = kept_by(session, "stories").pop(brand_id, None)
    if kept is not None and kept[0] == turn:
        return kept
    stories = Stories()
    columns = StoryRow.__table__.c
    for row in session.execute(select(*columns).where(columns.brand_id == brand_id)):
        stories.put_back(
            Story(
                name=row.story,
                words=frozenset(row.words),
                text=row.text,
                first_at=row.first_at,
                last_at=row.last_at,
                links=set(row.links),
                pace=Pace.from_json(row.pace),
            )
        )
    return turn, stories


def _write(
    session: Session, brand_id: int, stories: Stories, touched: Iterable[str], *, turn: int
) -> bool:
    """Whether there was anything to write."""
    rows = [
        {
            "brand_id": brand_id,
            "story": name,
            "turn": turn,
            "text": story.text,
            "words": sorted(story.words),
            "links": sorted(story.links),
            "pace": story.pace.to_json(),
            "first_at": story.first_at,
            "last_at": story.last_at,
        }
        for name in sorted(touched)
        if (story := stories.remembered(name)) is not None
    ]
    if rows:
        made = insert_or(session, StoryRow)
        changing = ("turn", "links", "pace", "first_at", "last_at")
        session.execute(
            made.on_conflict_do_update(
                index_elements=["brand_id", "story"],
                set_={name: getattr(made.excluded, name) for name in changing},
            ),
            rows,
        )
    return bool(rows)


def _forget(session: Session, brand_id: int, names: Sequence[str]) -> None:
    for start in range(0, len(names), CHUNK):
        session.execute(
            delete(StoryRow).where(
                StoryRow.brand_id == brand_id, StoryRow.story.in_(names[start : start + CHUNK])
            )
        )


def _keep_once_committed(session: Session, brand_id: int, turn: int, stories: Stories) -> None:
    kept = kept_by(session, "stories")

    def keep(committed: Session) -> None:
        # A savepoint that is released is no commit: all of it may still be undone.
        if not committed.in_nested_transaction():
            kept[brand_id] = (turn, stories)
            while len(kept) > 1 and sum(len(each) for _, each in list(kept.values())) > MOST_KEPT:
                kept.pop(next(iter(kept)), None)

    event.listen(session, "after_commit", keep)
