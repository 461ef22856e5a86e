"""Verdicts on mentions: about us or not us. Nothing is deleted; what is undone says when."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from service.store.tables import RelevanceExampleRow

MOST: Final = 5_000
"""Verdicts of one brand that are learned from: the last ones."""


class About(StrEnum):
    """Whether a mention is about the brand."""

    US = "about-us"
    NOT_US = "not-us"


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """One verdict on one mention of a brand. ``undone_at`` None: it holds."""

    id: int
    brand_id: int
    mention_id: int | None
    incident_id: int | None
    verdict: About
    given_by: str
    given_at: datetime
    undone_by: str | None
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class Learned:
    """What one verdict that holds teaches."""

    example_id: int
    mention_id: int | None
    features: frozenset[str]
    us: bool


def give(
    session: Session,
    *,
    brand_id: int,
    mention_id: int,
    features: Collection[str],
    verdict: About,
    by: str,
    now: datetime,
    incident_id: int | None = None,
) -> GivenVerdict:
    """The verdict that holds from now on; a different one before it is undone, the same is kept."""
    before = holding(session, mention_id).get(brand_id)
    if before is not None and before.verdict is verdict:
        return before
    take_back(session, brand_id=brand_id, mention_id=mention_id, by=by, now=now)
    row = RelevanceExampleRow(
        brand_id=brand_id,
        mention_id=mention_id,
        incident_id=incident_id,
        features=sorted(features),
        verdict=verdict.value,
        given_by=by,
        given_at=now,
    )
    session.add(row)
    session.flush()
    return _given(row)


def learn(
    session: Session, *, brand_id: int, features: Collection[str], us: bool, by: str, now: datetime
) -> None:
    """An example of a mention that is not in this store."""
    row = RelevanceExampleRow(
        brand_id=brand_id,
        features=sorted(features),
        verdict=(About.US if us else About.NOT_US).value,
        given_by=by,
        given_at=now,
    )
    session.add(row)
    session.flush()


def take_back(session: Session, *, brand_id: int, mention_id: int, by: str, now: datetime) -> int:
    """Undo the verdict on one mention; returns how many there were: one or none."""
    its = (RelevanceExampleRow.brand_id == brand_id, RelevanceExampleRow.mention_id == mention_id)
    return _undo(session, *its, by=by, now=now)


def reset(session: Session, *, brand_id: int, by: str, now: datetime) -> int:
    """Undo every verdict of a brand; returns how many there were."""
    return _undo(session, RelevanceExampleRow.brand_id == brand_id, by=by, now=now)


def take_back_of_incident(session: Session, incident_id: int, *, by: str, now: datetime) -> int:
    """Undo what an incident's verdict said of its mentions."""
    return _undo(session, RelevanceExampleRow.incident_id == incident_id, by=by, now=now)


def holding(session: Session, mention_id: int) -> dict[int, GivenVerdict]:
    """The verdicts on one mention that hold, by brand."""
    rows = session.scalars(
        select(RelevanceExampleRow).where(
            RelevanceExampleRow.mention_id == mention_id, RelevanceExampleRow.undone_at.is_(None)
        )
    )
    return {row.brand_id: _given(row) for row in rows}


def given_verdicts(session: Session, brand_id: int, *, limit: int) -> list[GivenVerdict]:
    """The last verdicts of a brand, the newest first, with those that were undone."""
    rows = session.scalars(
        select(RelevanceExampleRow)
        .where(RelevanceExampleRow.brand_id == brand_id)
        .order_by(RelevanceExampleRow.id.desc())
        .limit(limit)
    )
    return [_given(row) for row in rows]


def states(session: Session) -> dict[int, tuple[int, int]]:
    """Brand -> (last verdict, how many hold), of brands with a verdict that holds.

    Verdicts are added and undone, never done again or deleted: equal states are the same verdicts.
    """
    holds = func.count().filter(RelevanceExampleRow.undone_at.is_(None))
    rows = session.execute(
        select(RelevanceExampleRow.brand_id, func.max(RelevanceExampleRow.id), holds).group_by(
            RelevanceExampleRow.brand_id
        )
    )
    return {brand_id: (last, count) for brand_id, last, count in rows if count}


def learned_from(session: Session, brand_id: int) -> list[Learned]:
    """What the verdicts of a brand that hold teach, the last MOST of them, oldest first."""
    rows = session.scalars(
        select(RelevanceExampleRow)
        .where(RelevanceExampleRow.brand_id == brand_id, RelevanceExampleRow.undone_at.is_(None))
        .order_by(RelevanceExampleRow.id.desc())
        .limit(MOST)
    ).all()
    return [
        Learned(row.id, row.mention_id, frozenset(row.features), row.verdict == About.US.value)
        for row in reversed(rows)
    ]


def _undo(session: Session, *which: ColumnElement[bool], by: str, now: datetime) -> int:
    done: Any = session.execute(
        update(RelevanceExampleRow)
        .where(*which, RelevanceExampleRow.undone_at.is_(None))
        .values(undone_by=by, undone_at=now)
    )
    return int(done.rowcount)


def _given(row: RelevanceExampleRow) -> GivenVerdict:
    return GivenVerdict(
        id=row.id,
        brand_id=row.brand_id,
        mention_id=row.mention_id,
        incident_id=row.incident_id,
        verdict=About(row.verdict),
        given_by=row.given_by,
        given_at=row.given_at,
        undone_by=row.undone_by,
        undone_at=row.undone_at,
    )
