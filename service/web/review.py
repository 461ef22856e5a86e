"""The review page: everything about one incident for whoever was just woken by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from fastapi import APIRouter, Request, Response

from rules.incident import Action, Status, Verdict
from rules.incident.state import TRANSITIONS
from rules.trend import DetectorSettings, expected_band
from service.deps import NowDep, ReadDep, UserDep
from service.store.engine import Session
from service.store.reads.incident import IncidentView, incident_view
from service.store.reads.live import incident_mark
from service.store.reads.stories import spike_stories
from service.store.series import read_series
from service.web.charts import Band, hourly_chart
from service.web.incidents import IncidentId
from service.web.page import render

router = APIRouter()

VERDICTS: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.REAL: ("Real", "It is what it looks like."),
    Verdict.DUPLICATE: ("Duplicate", "Another incident is about the same."),
    Verdict.NOT_US: ("Not us", "The posts mean somebody else."),
    Verdict.ALREADY_KNOWN: ("Already known", "We were working on it before this came."),
    Verdict.TOO_LATE: ("Too late", "We should have been told earlier."),
    Verdict.TOO_LOW: ("Too low", "It is worse than its severity says."),
}
CLOCK: Final = (
    ("posted", "First post"),
    ("collected", "Collected"),
    ("alerted", "Raised"),
    ("delivered", "Delivered"),
    ("acknowledged", "Acknowledged"),
    ("resolved", "Resolved"),
)


@router.get("/incidents/{incident_id}")
def show_review(
    request: Request, incident_id: IncidentId, user: UserDep, session: ReadDep, now: NowDep
) -> Response:
    mark = incident_mark(session, incident_id, now=now)
    view = incident_view(session, incident_id, now=now)
    raised = [finding for finding in view.findings if finding.kind != "ended"]
    return render(
        request,
        "review.html",
        user=user,
        now=now,
        incident=view,
        finding=raised[-1] if raised else None,
        chart=hourly_chart(
            [(hour, mentions, negative) for hour, negative, mentions in view.chart],
            label=f"Mentions of {view.brand.name} per hour, the negative ones stronger",
            band=_band(request, session, view=view),
        ),
        clock=_clock(view),
        actions=[action for action in Action if (view.status, action) in TRANSITIONS],
        verdicts=VERDICTS,
        given=view.verdicts[-1] if view.verdicts else None,
        mark=mark,
        told=spike_stories(
            session,
            view.query_id,
            start=min((each.window_start for each in view.findings), default=view.opened_at),
            end=min(now, view.resolved_at or now),
        ),
        is_open=view.status is not Status.RESOLVED,
    )


@dataclass(frozen=True, slots=True)
class ClockStep:
    """``after``: how long after the step before it. ``passed``: a later one has come about, so
    that a missing time is not known rather than still to come."""

    name: str
    at: datetime | None
    after: timedelta | None
    passed: bool


def _clock(view: IncidentView) -> list[ClockStep]:
    steps: list[ClockStep] = []
    last: datetime | None = None
    for place, (key, name) in enumerate(CLOCK):
        at = view.clock.get(key)
        after = at - last if at is not None and last is not None else None
        passed = any(view.clock.get(later) for later, _ in CLOCK[place + 1 :])
        steps.append(ClockStep(name=name, at=at, after=after, passed=passed))
        last = at or last
    return steps


def _band(request: Request, session: Session, *, view: IncidentView) -> Band:
    """What is usual in each hour shown. It is reckoned from four weeks of minutes and depends on
    the past only, so it is kept for the hour."""
    if not view.chart:
        return {}
    start, end = view.chart[0][0], view.chart[-1][0] + timedelta(hours=1)
    kept: dict[tuple[int, datetime], Band] = request.app.state.bands
    key = (view.query_id, end)
    if key not in kept:
        series = read_series(session, view.query_id, now=end)
        band = expected_band(series, start=start, end=end, settings=DetectorSettings())
        while len(kept) >= 64:
            kept.pop(next(iter(kept)), None)
        kept[key] = {hour: (low, expected, high) for hour, low, expected, high in band}
    return kept[key]
