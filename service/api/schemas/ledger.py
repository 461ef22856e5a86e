"""The ledger of alert rules."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from service.api.schemas.fields import LARGEST_ID, Given, Moment, Out, SeverityOut, Words
from service.ledger.enter import LONGEST_NOTE, LONGEST_TITLE


class AccountOut(Out):
    """What one rule was worth, or all of them together."""

    rule: str = Field(description="`default` is no rule at all.")
    incidents: int
    pages: int
    judged: int
    real: int
    precision: float | None
    low: float | None = Field(description="Of the 95 % interval of the precision (Wilson).")
    high: float | None
    minutes: float = Field(description="From acknowledged to resolved, summed.")
    delay: float | None = Field(
        description="Minutes from the first negative post to the incident, the median."
    )
    below: bool = Field(description="Even `high` is below the target.")
    unjudged: list[int] = Field(description="Incidents without a verdict.")


class LedgerIncidentOut(Out):
    """One incident, with the rule that opened it and the newest verdict."""

    id: int
    opened_at: datetime
    title: str
    severity: SeverityOut
    rule: str
    pages: int
    verdict: str | None
    real: bool | None
    delay: float | None
    minutes: float | None


class MissedIncidentOut(Out):
    """What happened and no alert told of."""

    id: int
    began_at: datetime
    ended_at: datetime
    title: str
    note: str
    entered_by: str


class LedgerOut(Out):
    """What the alert rules of a brand were worth in a span."""

    brand: str
    since: datetime
    until: datetime
    target: float
    total: AccountOut
    rules: list[AccountOut]
    incidents: list[LedgerIncidentOut]
    missed: list[MissedIncidentOut]


class MonthBeforeOut(Out):
    """The month before."""

    month: str
    total: AccountOut
    missed: int


class MonthOut(LedgerOut):
    """The ledger of a month (UTC), beside the month before."""

    month: str = Field(examples=["2026-10"])
    brand_name: str
    so_far: datetime | None = Field(description="Until when, where the month is not over.")
    before: MonthBeforeOut


class MissedIncidentIn(Given):
    """What happened, and when: `began_at`, or the stored post with which it began."""

    brand_id: int = Field(ge=1, le=LARGEST_ID)
    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    began_at: Moment | None = None
    ended_at: Moment | None = Field(None, description="Default: now.")
    post: Words = Field("", description="Address of a stored post.")
    note: str = Field("", max_length=LONGEST_NOTE)
