"""Counts over time."""

from __future__ import annotations

from datetime import datetime

from service.api.schemas.fields import Out


class SeriesPointOut(Out):
    """What one query counted in the bucket that begins at `bucket`, over all platforms."""

    query_id: int
    bucket: datetime
    mentions: int
    negative: int
    neutral: int
    positive: int
    reach: int
    negative_reach: int
    engagement: int


class SeriesOut(Out):
    """Every bucket of every query asked for; one without mentions has zeros."""

    grain: str
    since: datetime
    until: datetime
    points: list[SeriesPointOut]
