"""What a backtest of one brand reads, once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rules.backtest import Known, Staff, is_real
from rules.incident import Policy
from rules.trend import NEGATIVE_VOLUME, SIGNALS, DetectorSettings, Series
from rules.trend.signal import SILENCE
from service.store import oncall
from service.store.brands import BrandFacts
from service.store.engine import Session
from service.store.history import Remembered, Shaky, read_whole, remembered, shaky
from service.store.queries import QueryFacts, list_active

SETTINGS = DetectorSettings()


@dataclass(frozen=True, slots=True)
class QueryHistory:
    """One query's counts; ``created_at`` and gaps stand in the series. ``others``: as signals see
    them that read something else, by signal."""

    query: QueryFacts
    series: Series
    shaky: Shaky
    others: Mapping[str, Series] = field(default_factory=dict)

    def seen_by(self, signal: str) -> Series:
        """What a signal looks at."""
        return self.others.get(signal, self.series)


@dataclass(frozen=True, slots=True)
class History:
    """One brand's past from ``since`` to ``until``. ``policies`` by name, the brand's own under
    None."""

    brand: BrandFacts
    since: datetime
    until: datetime
    queries: Sequence[QueryHistory]
    policies: Mapping[str | None, Policy]
    staff: Staff
    known: Sequence[Known]


def read_history(
    session: Session,
    brand: BrandFacts,
    *,
    since: datetime,
    until: datetime,
    policies: Sequence[str] = (),
    signals: Callable[[str], Collection[str]] = lambda query: (),
) -> History:
    """Of the queries that detection looks at now. ``policies``: those that the rules name;
    ``signals``: what is listened to in the query of that name."""
    active = [one for one in list_active(session, role="brand") if one.brand_id == brand.id]
    return History(
        brand=brand,
        since=since,
        until=until,
        queries=[
            _query(session, query, since=since, until=until, signals=signals(query.name))
            for query in active
        ],
        policies={name: oncall.policy_for(session, brand, name=name) for name in (None, *policies)},
        staff=Staff(
            rotas={rota.name: rota for rota in oncall.list_rotas(session)},
            people=[person.name for person in oncall.list_people(session)],
        ),
        known=[
            _known(one, brand) for one in remembered(session, brand.id, since=since, until=until)
        ],
    )


def _query(
    session: Session,
    query: QueryFacts,
    *,
    since: datetime,
    until: datetime,
    signals: Collection[str],
) -> QueryHistory:
    def read(signal: str) -> Series:
        return read_whole(
            session,
            query.id,
            since=since,
            until=until,
            days=SETTINGS.history_days,
            signal=SIGNALS[signal],
        )

    return QueryHistory(
        query,
        read(NEGATIVE_VOLUME),
        shaky(session, query.id, since=since, until=until),
        {name: read(name) for name in signals if name == SILENCE or SIGNALS[name].reads},
    )


def _known(one: Remembered, brand: BrandFacts) -> Known:
    return Known(
        brand_id=brand.id,
        title=one.title,
        began_at=one.began_at,
        ended_at=max(one.began_at, one.ended_at),
        alerted_at=one.paged_at,
        real=None if one.verdict is None else is_real(one.verdict),
    )
