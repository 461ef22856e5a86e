"""Corrections of polarity: what a mention really sounds like, said by who read it. Nothing is
deleted; what is undone says when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from rules.score import Label
from service.store.tables import CorrectionRow

MOST: Final = 5_000
"""Corrections of one brand that are learned from: the last ones."""


@dataclass(frozen=True, slots=True)
class GivenCorrection:
    """One correction of one mention for a brand. ``undone_at`` None: it holds."""

    id: int
    brand_id: int
    mention_id: int | None
    label: Label
    given_by: str
    given_at: datetime
    undone_by: str | None
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Learned:
    """What one correction that holds teaches."""

    correction_id: int
    mention_id: int | None
    features: frozenset[str]
    label: Label


def give(
    session: Session,
    *,
    brand_id: int,
    mention_id: int | None,
    features: Collection[str],
    label: Label,
    by: str,
    now: datetime,
) -> GivenCorrection:
    """The correction that holds from now on; a different one before it is undone, the same is kept.

    ``mention_id`` None: of a mention that is not in this store.
    """
    if mention_id is not None:
        before = holding(session, mention_id).get(brand_id)
        if before is not None and before.label is label:
            return before
        take_back(session, brand_id=brand_id, mention_id=mention_id, by=by, now=now)
    row = CorrectionRow(
        brand_id=brand_id,
        mention_id=mention_id,
        features=sorted(features),
        label=label.value,
        given_by=by,
        given_at=now,
    )
    session.add(row)
    session.flush()
    return _given(row)


def take_back(session: Session, *, brand_id: int, mention_id: int, by: str, now: datetime) -> int:
    """Undo the correction of one mention; returns how many there were: one or none."""
    its = (CorrectionRow.brand_id == brand_id, CorrectionRow.mention_id == mention_id)
    return _undo(session, *its, by=by, now=now)


def reset(session: Session, *, brand_id: int, by: str, now: datetime) -> int:
    """Undo every correction of a brand; returns how many there were."""
    return _undo(session, CorrectionRow.brand_id == brand_id, by=by, now=now)


def holding(session: Session, mention_id: int) -> dict[int, GivenCorrection]:
    """The corrections of one mention that hold, by brand."""
    rows = session.scalars(
        select(CorrectionRow).where(
            CorrectionRow.mention_id == mention_id, CorrectionRow.undone_at.is_(None)
        )
    )
    return {row.brand_id: _given(row) for row in rows}


def given_corrections(session: Session, brand_id: int, *, limit: int) -> list[GivenCorrection]:
    """The last corrections of a brand, the newest first, with those that were undone."""
    rows = session.scalars(
        select(CorrectionRow)
        .where(CorrectionRow.brand_id == brand_id)
        .order_by(CorrectionRow.id.desc())
        .limit(limit)
    )
    return [_given(row) for row in rows]


def states(session: Session) -> dict[int, tuple[int, int]]:
    """Brand -> (last correction, how many hold), of brands with one that holds.

    They are added and undone, never done again or deleted: equal states are the same corrections.
    """
    holds = func.count().filter(CorrectionRow.undone_at.is_(None))
    rows = session.execute(
        select(CorrectionRow.brand_id, func.max(CorrectionRow.id), holds).group_by(
            CorrectionRow.brand_id
        )
    )
    return {brand_id: (last, count) for brand_id, last, count in rows if count}


def learned_from(session: Session, brand_id: int) -> list[Learned]:
    """What the corrections of a brand that hold teach, the last MOST of them, oldest first."""
    rows = session.scalars(
        select(CorrectionRow)
        .where(CorrectionRow.brand_id == brand_id, CorrectionRow.undone_at.is_(None))
        .order_by(CorrectionRow.id.desc())
        .limit(MOST)
    ).all()
    return [
        Learned(row.id, row.mention_id, frozenset(row.features), Label(row.label))
        for row in reversed(rows)
    ]


def _undo(session: Session, *which: ColumnElement[bool], by: str, now: datetime) -> int:
    done: Any = session.execute(
        update(CorrectionRow)
        .where(*which, CorrectionRow.undone_at.is_(None))
        .values(undone_by=by, undone_at=now)
    )
    return int(done.rowcount)


def _given(row: CorrectionRow) -> GivenCorrection:
    return GivenCorrection(
        id=row.id,
        brand_id=row.brand_id,
        mention_id=row.mention_id,
        label=Label(row.label),
        given_by=row.given_by,
        given_at=row.given_at,
        undone_by=row.undone_by,
        undone_at=row.undone_at,
    )
