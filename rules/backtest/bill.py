"""What the pages of a backtest cost, and what they would have bought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from rules.backtest.happened import Happened, Paged
from rules.incident import Verdict
from rules.oncall import Hours

WEEK = timedelta(days=7)
REACH = timedelta(hours=12)
"""An incident that opens within this of a known one's span is taken for the same."""


@dataclass(frozen=True, slots=True)
class Known:
    """Something that really happened: an incident of the store, or one entered by hand.

    ``real``: people judged it worth being woken for; None: nobody judged. ``began_at``: when the
    first post of it was written.
    """

    brand_id: int
    title: str
    began_at: datetime
    ended_at: datetime
    alerted_at: datetime | None = None
    real: bool | None = None


@dataclass(frozen=True, slots=True)
class Caught:
    """A known incident and what the rules made of it. ``minutes``: how much earlier (positive) or
    later than it was alerted then; None: it was missed, or not alerted then."""

    title: str
    began_at: datetime
    opened_at: datetime | None
    paged_at: datetime | None
    minutes: float | None


@dataclass(frozen=True, slots=True)
class Bill:
    """Over ``weeks`` of history. ``precision``: (real, judged) of the incidents that paged and
    that people had judged. ``per_person`` counts pages; "" is the whole channel."""

    weeks: float
    incidents: int
    paging: int
    pages: int
    off_hours: int
    per_person: Mapping[str, int]
    judged: int
    real: int
    caught: tuple[Caught, ...]
    missed: tuple[Caught, ...]

    @property
    def pages_per_week(self) -> float:
        return self.pages / self.weeks if self.weeks else 0.0

    @property
    def precision(self) -> float | None:
        return self.real / self.judged if self.judged else None

    def to_json(self) -> dict[str, Any]:
        facts = asdict(self)
        for name in ("caught", "missed"):
            for one in facts[name]:
                for key in ("began_at", "opened_at", "paged_at"):
                    one[key] = one[key].isoformat() if one[key] else None
        facts["per_person"] = dict(self.per_person)
        facts["pages_per_week"] = self.pages_per_week
        facts["precision"] = self.precision
        return facts


def bill(
    incidents: Sequence[Happened],
    *,
    known: Sequence[Known],
    hours: Hours,
    since: datetime,
    until: datetime,
) -> Bill:
    """``known`` that began outside the span are left out: these rules could not see them."""
    pages = sorted(
        (page for incident in incidents for page in incident.pages), key=lambda page: page.at
    )
    paging = [incident for incident in incidents if incident.pages]
    of_span = [one for one in known if since <= one.began_at < until]
    verdicts = [_verdict(incident, of_span) for incident in paging]
    seen = [_seen(one, incidents) for one in of_span if one.real is not False]
    return Bill(
        weeks=max(0.0, (until - since) / WEEK),
        incidents=len(incidents),
        paging=len(paging),
        pages=len(pages),
        off_hours=sum(not hours.cover(page.at) for page in pages),
        per_person=_by_person(pages),
        judged=sum(verdict is not None for verdict in verdicts),
        real=sum(verdict is True for verdict in verdicts),
        caught=tuple(one for one in seen if one.paged_at is not None),
        missed=tuple(one for one in seen if one.paged_at is None),
    )


def is_real(verdict: Verdict) -> bool | None:
    """What a verdict says of an incident: too late and too low were real all the same."""
    if verdict in (Verdict.REAL, Verdict.TOO_LATE, Verdict.TOO_LOW):
        return True
    return False if verdict.dismisses else None


def _by_person(pages: Sequence[Paged]) -> dict[str, int]:
    counts = Counter(page.person or "" for page in pages)
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _verdict(incident: Happened, known: Sequence[Known]) -> bool | None:
    """Of the known incident that it is: a real one wins where several lie near."""
    told = [one.real for one in known if _same(incident, one)]
    if True in told:
        return True
    return False if False in told else None


def _seen(one: Known, incidents: Sequence[Happened]) -> Caught:
    ours = [incident for incident in incidents if _same(incident, one)]
    opened = min((incident.opened_at for incident in ours), default=None)
    paged = min((page.at for incident in ours for page in incident.pages), default=None)
    minutes = None
    if paged is not None and one.alerted_at is not None:
        minutes = (one.alerted_at - paged) / timedelta(minutes=1)
    return Caught(one.title, one.began_at, opened, paged, minutes)


def _same(incident: Happened, one: Known) -> bool:
    if incident.brand_id != one.brand_id:
        return False
    return incident.opened_at <= one.ended_at + REACH and incident.until >= one.began_at - REACH
