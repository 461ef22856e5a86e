"""What each detector remembers; two that look at once take turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, bindparam, select, update

from service.store.dialect import insert_or
from service.store.engine import Session
from service.store.tables import DetectorStateRow

# Made once: asked at every tick.
_rows = DetectorStateRow.__table__.c
_STATES = select(
    _rows.query_id,
    _rows.state,
    _rows.revision,
    _rows.observed_at,
).where(_rows.signal == bindparam("signal"))


@dataclass(frozen=True, slots=True)
class Remembered:
    """A detector's state (JSON of rules.trend) and the revision it was read at."""

    state: Mapping[str, Any]
    revision: int
    observed_at: datetime


def list_states(session: Session, *, signal: str) -> dict[int, Remembered]:
    """What every detector of a signal remembers, by query; of most there is nothing."""
    rows = session.execute(_STATES, {"signal": signal})
    return {query_id: Remembered(dict(state), *seen) for query_id, state, *seen in rows}


def save_state(
    session: Session,
    query_id: int,
    *,
    signal: str,
    state: Mapping[str, Any],
    seen: int | None,
    now: datetime,
) -> bool:
    """Replace the state of revision ``seen`` (None: there was none).

    False when another detector was first: what was found from the old state is then void.
    """
    if seen is None:
        # Not the row count: for an INSERT, psycopg does not tell one.
        added = session.execute(
            insert_or(session, DetectorStateRow)
            .values(
                query_id=query_id, signal=signal, state=dict(state), revision=1, observed_at=now
            )
            .on_conflict_do_nothing()
            .returning(DetectorStateRow.query_id)
        )
        return added.first() is not None
    changed = session.execute(
        update(DetectorStateRow)
        .where(
            DetectorStateRow.query_id == query_id,
            DetectorStateRow.signal == signal,
            DetectorStateRow.revision == seen,
        )
        .values(state=dict(state), revision=seen + 1, observed_at=now)
        .execution_options(synchronize_session=False)
    )
    return cast(CursorResult[Any], changed).rowcount == 1
