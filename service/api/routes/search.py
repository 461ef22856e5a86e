"""/search, previews of a query and looking back for one: the language over what is stored."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import AfterValidator

from rules.query import Query as ReadQuery
from rules.query import QuerySyntaxError, parse
from service.api.doors import needs
from service.api.limits import AllBrands, Limit, LimitDep, brand_within
from service.api.schemas.fields import (
    CursorQuery,
    IdPath,
    IdQuery,
    LimitQuery,
    Moment,
    Words,
    without_nul,
)
from service.api.schemas.search import (
    DayCountsOut,
    FindingsPage,
    FoundOut,
    LookBackIn,
    LookedBackOut,
    PreviewIn,
    PreviewOut,
)
from service.deps import NowDep, ReadDep, RuntimeDep, WriteDep
from service.ingest.look_back import look_back
from service.queries.save import refuse
from service.store.engine import Session
from service.store.named_lists import named_lists
from service.store.reads.queries import query_view
from service.store.search.find import count_days, scope_of, search
from service.store.search.preview import preview

router = APIRouter()

Asked = Annotated[
    str,
    Query(max_length=20_000, description="The query language: docs/queries.md explains it."),
    AfterValidator(without_nul),
]
Platform = Annotated[Words | None, Query(max_length=40)]
Label = Literal["negative", "neutral", "positive", "unknown"] | None
Since = Annotated[Moment | None, Query(description="Not before this time.")]
Until = Annotated[Moment | None, Query(description="Before this time.")]


@router.get(
    "/search",
    response_model=FindingsPage,
    tags=["mentions"],
    **needs("read", may_fail=(404,)),
)
def search_mentions(
    session: ReadDep,
    brands: LimitDep,
    query: Asked,
    brand_id: IdQuery = None,
    platform: Platform = None,
    label: Label = None,
    since: Since = None,
    until: Until = None,
    cursor: CursorQuery = None,
    limit: LimitQuery = 50,
) -> FindingsPage:
    """Stored mentions that a query holds of, the newest first: what it would have matched had it
    run when they came in, decided by the same matcher.

    Brand and label are asked of what the mention matched when it came in. `query` may name the
    lists of the brand, or without one the shared lists.
    """
    read = _read(session, query, brand_id=brand_id, limit=brands, field="query")
    found = search(
        session,
        read,
        scope=scope_of(
            since=since,
            until=until,
            cursor=cursor,
            brands=brands,
            brand_id=brand_id,
            platform=platform,
            label=label,
        ),
        limit=limit,
        brands=brands,
    )
    return FindingsPage(
        items=[FoundOut.model_validate(one) for one in found.items],
        next_cursor=found.next_cursor,
        looked_back_to=found.looked_back_to,
    )


@router.get(
    "/search/days",
    response_model=DayCountsOut,
    tags=["mentions"],
    **needs("read", may_fail=(404,)),
)
def count_mentions_per_day(
    session: ReadDep,
    brands: LimitDep,
    query: Asked,
    brand_id: IdQuery = None,
    platform: Platform = None,
    label: Label = None,
    since: Since = None,
    until: Until = None,
    cursor: CursorQuery = None,
) -> DayCountsOut:
    """How many mentions a day a query holds of, as in `/search`."""
    read = _read(session, query, brand_id=brand_id, limit=brands, field="query")
    scope = scope_of(
        since=since,
        until=until,
        cursor=cursor,
        brands=brands,
        brand_id=brand_id,
        platform=platform,
        label=label,
    )
    return DayCountsOut.model_validate(count_days(session, read, scope=scope))


@router.post(
    "/queries/preview",
    response_model=PreviewOut,
    tags=["queries"],
    **needs("read", may_fail=(404,)),
)
def preview_query(given: PreviewIn, session: ReadDep, brands: LimitDep, now: NowDep) -> PreviewOut:
    """What would this query have caught? Counts per day, examples, the difference to a saved
    query, and what was fetched and missed. Changes nothing."""
    current = None
    brand_id = given.brand_id
    if given.query_id is not None:
        saved = query_view(session, given.query_id, brands=brands)
        brand_id = brand_id or saved.brand_id
        current = _read(
            session, saved.text, brand_id=saved.brand_id, limit=brands, field="query_id"
        )
    read = _read(session, given.text, brand_id=brand_id, limit=brands, field="text")
    told = preview(
        session,
        read,
        now=now,
        days=given.days,
        current=current,
        brands=brands,
        examples=given.examples,
    )
    return PreviewOut.model_validate(told)


@router.post(
    "/queries/{query_id}/look-back",
    response_model=LookedBackOut,
    tags=["queries"],
    **needs("write", may_fail=(404,), all_brands=AllBrands),
)
def look_back_for_query(
    query_id: IdPath, given: LookBackIn, runtime: RuntimeDep, session: WriteDep, now: NowDep
) -> LookedBackOut:
    """One step of looking back for a saved query: stored mentions that it holds of become its
    matches, and what was fetched and matched nothing becomes a mention, scored, without an alarm.

    Send it again with `next_cursor` as `cursor` until that is null. Doing it twice changes nothing
    more.
    """
    told = look_back(
        session,
        query_id,
        since=now - timedelta(days=given.days),
        now=now,
        complete_since=now - timedelta(days=runtime.settings.reject_days),
        cursor=given.cursor,
        depth=runtime.depth,
    )
    return LookedBackOut.model_validate(told)


def _read(
    session: Session, text: str, *, brand_id: int | None, limit: Limit, field: str
) -> ReadQuery:
    """Raises Invalid with the place of the mistake, NotFound for a brand out of the limit."""
    if brand_id is not None:
        brand_within(session, brand_id, limit=limit)
    try:
        return parse(text, lists=named_lists(session).of(brand_id))
    except QuerySyntaxError as error:
        refuse(error, field=field)
