"""What a search found, counts per day, and what a query would have caught."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from service.api.schemas.fields import LARGEST_ID, Given, Out, PageOut
from service.api.schemas.mentions import MentionOut, RejectOut, SpanOut

LONGEST_PREVIEW = 90
LONGEST_LOOK_BACK = 3650


def _by_day(value: Any) -> Any:
    if isinstance(value, Mapping):
        return [{"day": day, "mentions": value[day]} for day in sorted(value, reverse=True)]
    return value


class DayOut(Out):
    """How many mentions of one day, in UTC."""

    day: date
    mentions: int


Days = Annotated[list[DayOut], BeforeValidator(_by_day)]
"""The newest day first, days without any left out."""

LookedBack = Annotated[
    datetime | None,
    Field(
        description="How far back was looked; null: as far as was asked. There may be more further "
        "back."
    ),
]


class FoundOut(Out):
    """A mention that the query holds of, and where its words stand."""

    mention: MentionOut
    spans: list[SpanOut]


class FindingsPage(PageOut[FoundOut]):
    """One page of what was found, the newest first. A page may hold fewer than asked for, or none,
    while there is a `next_cursor`: a request looks at so many mentions and no more."""

    looked_back_to: LookedBack


class DayCountsOut(Out):
    """Counts per day. With a `next_cursor` there is more to count further back; the last day of
    one answer may go on in the next."""

    total: int
    days: Days
    next_cursor: str | None
    looked_back_to: LookedBack


class PreviewIn(Given):
    """A query that need not be saved, and how far to look back."""

    text: str = Field(max_length=20_000, description="The search; docs/queries.md explains it.")
    brand_id: int | None = Field(
        None, ge=1, le=LARGEST_ID, description="Whose lists the text may name."
    )
    query_id: int | None = Field(
        None,
        ge=1,
        le=LARGEST_ID,
        description="The saved query that this text would replace: what would enter, what leave?",
    )
    days: int = Field(7, ge=1, le=LONGEST_PREVIEW)
    examples: int = Field(5, ge=0, le=50, description="Of each kind, the newest.")


class DifferenceOut(Out):
    """Mentions of which only one of the two queries holds."""

    count: int
    examples: list[FoundOut]


class FoundRejectOut(Out):
    """A fetched post that matched no query when it came in, and that this one holds of."""

    reject: RejectOut
    spans: list[SpanOut]


class MissedOut(Out):
    """What the query holds of among what was fetched and matched nothing; kept for a while only."""

    total: int
    days: Days
    examples: list[FoundRejectOut]
    unknown: int = Field(
        description="Of so many it cannot be said: what the query asks for was not kept."
    )
    kept_since: datetime | None = Field(description="Of what came earlier nothing is kept.")
    looked_back_to: LookedBack


class PreviewOut(Out):
    """What a query would have caught. Nothing is stored or scored."""

    since: datetime
    until: datetime
    total: int
    days: Days
    examples: list[FoundOut]
    entering: DifferenceOut | None = Field(description="Against the saved query; else null.")
    leaving: DifferenceOut | None = Field(description="Against the saved query; else null.")
    missed: MissedOut | None = Field(description="Null for tokens limited to brands.")
    looked_back_to: LookedBack


class LookBackIn(Given):
    """How far a saved query shall look back, and where the step before ended."""

    days: int = Field(14, ge=1, le=LONGEST_LOOK_BACK)
    cursor: str | None = Field(None, max_length=200)


class LookedBackOut(Out):
    """What one step did."""

    matched: int = Field(description="Stored mentions that are new matches.")
    taken: int = Field(description="Rejects that became mentions.")
    undecided: int = Field(description="Rejects of which too little was kept to say.")
    next_cursor: str | None = Field(description="Give it as `cursor` to go on; null at the end.")
    looked_back_to: datetime | None
