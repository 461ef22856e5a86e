"""/search and /queries/preview: the query language over what is stored."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import AfterValidator

from rules.query import Query as ReadQuery
from rules.query import QuerySyntaxError, parse
from service.api.doors import needs
from service.api.limits import Limit, LimitDep, brand_within
from service.api.schemas.fields import CursorQuery, IdQuery, LimitQuery, Moment, Words, without_nul
from service.api.schemas.search import (
    DayCountsOut,
    FindingsPage,
    FoundOut,
    PreviewIn,
    PreviewOut,
)
from service.deps import NowDep, ReadDep
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
