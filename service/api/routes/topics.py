"""/topics and /brands/{id}/topics: what people speak of when they speak of a brand."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query

from rules.topic import built_in
from service.api.doors import needs
from service.api.limits import LimitDep, brand_within
from service.api.schemas.fields import IdPath, Moment, PageOut
from service.api.schemas.topics import (
    BuiltInTopicOut,
    EmergingPhrasesOut,
    TopicCountOut,
    TopicCountsOut,
)
from service.deps import NowDep, ReadDep
from service.errors import Invalid
from service.ingest.contexts import words_of_name
from service.ingest.evidence import ASKS_FOR_THE_BRAND
from service.store.reads.topics import emerging_phrases, topic_counts

LONGEST = timedelta(days=366)

router = APIRouter(tags=["topics"])


@router.get("/topics", response_model=PageOut[BuiltInTopicOut], **needs("read"))
def list_built_in_topics() -> PageOut[BuiltInTopicOut]:
    """The topics that are built in, with their phrases: dangers first, then aspects."""
    items = [
        BuiltInTopicOut(name=one.name, risk=one.risk or 0.0, phrases=list(one.phrases))
        for one in built_in()
    ]
    return PageOut[BuiltInTopicOut](items=items, next_cursor=None)


@router.get(
    "/brands/{brand_id}/topics", response_model=TopicCountsOut, **needs("read", may_fail=(404,))
)
def count_topics(
    brand_id: IdPath,
    session: ReadDep,
    limit: LimitDep,
    now: NowDep,
    since: Annotated[Moment | None, Query(description="Default: a week before the end.")] = None,
    until: Annotated[Moment | None, Query(description="Before this time; default now.")] = None,
) -> TopicCountsOut:
    """How many relevant mentions speak of each topic, and in which tone. A year at most."""
    brand = brand_within(session, brand_id, limit=limit)
    end = until or now
    start = since or end - timedelta(days=7)
    if not timedelta() < end - start <= LONGEST:
        raise Invalid("since must be before until, by a year at most")
    found = topic_counts(session, brand.id, roles=ASKS_FOR_THE_BRAND, since=start, until=end)
    return TopicCountsOut(
        since=start,
        until=end,
        topics=[TopicCountOut.model_validate(one) for one in found],
    )


@router.get(
    "/brands/{brand_id}/emerging-phrases",
    response_model=EmergingPhrasesOut,
    **needs("read", may_fail=(404,)),
)
def list_emerging_phrases(
    brand_id: IdPath, session: ReadDep, limit: LimitDep, now: NowDep
) -> EmergingPhrasesOut:
    """What is said of the brand in the last day and was not in the four weeks before."""
    brand = brand_within(session, brand_id, limit=limit)
    found = emerging_phrases(
        session, brand.id, roles=ASKS_FOR_THE_BRAND, ignore=words_of_name(brand), now=now
    )
    return EmergingPhrasesOut.model_validate(found)
