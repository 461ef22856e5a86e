"""/series: counts over time."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from service.api.doors import needs
from service.api.limits import LimitDep
from service.api.schemas.fields import LARGEST_ID, Moment, Words
from service.api.schemas.series import SeriesOut, SeriesPointOut
from service.deps import NowDep, ReadDep
from service.store.reads.queries import query_view
from service.store.reads.series import query_series

router = APIRouter(tags=["series"])


@router.get("/series", response_model=SeriesOut, **needs("read", may_fail=(404,)))
def get_series(
    session: ReadDep,
    limit: LimitDep,
    query_id: Annotated[
        list[Annotated[int, Query(ge=1, le=LARGEST_ID)]], Query(min_length=1, max_length=20)
    ],
    since: Moment,
    now: NowDep,
    until: Annotated[Moment | None, Query(description="Before this time; default now.")] = None,
    grain: Literal["minute", "hour", "day"] = "hour",
    platform: Annotated[Words | None, Query(max_length=40)] = None,
) -> SeriesOut:
    """Counts of up to twenty queries, per minute, hour or day (UTC)."""
    for wanted in query_id:
        query_view(session, wanted, brands=limit)
    end = until or now
    points = query_series(
        session, query_ids=query_id, since=since, until=end, grain=grain, platform=platform
    )
    return SeriesOut(
        grain=grain,
        since=since,
        until=end,
        points=[SeriesPointOut.model_validate(point) for point in points],
    )
