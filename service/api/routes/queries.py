"""/queries"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from rules.errors import QuerySyntaxError
from rules.query import parse
from service.api.conditional import PreconditionDep, tagged
from service.api.doors import needs
from service.api.limits import LimitDep, brand_within
from service.api.once import OnceDep
from service.api.schemas.fields import IdPath, IdQuery, PageOut, given_fields
from service.api.schemas.queries import QueryIn, QueryOut, QueryPatch
from service.deps import NowDep, ReadDep, WriteDep
from service.errors import Invalid
from service.store import edits
from service.store.reads.queries import QueryView, query_list, query_view

router = APIRouter(prefix="/queries", tags=["queries"])


@router.get("", response_model=PageOut[QueryOut], **needs("read"))
def list_queries(session: ReadDep, limit: LimitDep, brand_id: IdQuery = None) -> PageOut[QueryOut]:
    """All queries by brand and name, on one page, the disabled ones too."""
    found = query_list(session, brand_id=brand_id, brands=limit)
    return PageOut[QueryOut](items=[_out(query) for query in found], next_cursor=None)


@router.get("/{query_id}", response_model=QueryOut, **needs("read", may_fail=(404,)))
def get_query(query_id: IdPath, request: Request, session: ReadDep, limit: LimitDep) -> Response:
    """One query."""
    return tagged(request, _out(query_view(session, query_id, brands=limit)))


@router.post("", response_model=QueryOut, status_code=201, **needs("write", may_fail=(404, 409)))
def create_query(
    given: QueryIn, session: WriteDep, once: OnceDep, limit: LimitDep, now: NowDep
) -> Response:
    """A new query; it is asked of everything fetched from now on."""

    def act() -> QueryOut:
        _check_text(given.text)
        brand_within(session, given.brand_id, limit=limit)
        query_id = edits.create_query(
            session,
            brand_id=given.brand_id,
            name=given.name,
            fields={"role": given.role, "text": given.text, "enabled": True},
            now=now,
        )
        return _out(query_view(session, query_id))

    return once.answer(act, status=201, at="/api/v1/queries")


@router.patch("/{query_id}", response_model=QueryOut, **needs("write", may_fail=(404, 409, 412)))
def change_query(
    query_id: IdPath,
    given: QueryPatch,
    request: Request,
    session: WriteDep,
    limit: LimitDep,
    seen: PreconditionDep,
    now: NowDep,
) -> Response:
    """Change what is given. A new text is a new version, asked of what is fetched from now on."""
    seen.check(_out(query_view(session, query_id, brands=limit)))
    fields = given_fields(given)
    if "text" in fields:
        _check_text(fields["text"])
    edits.change_query(session, query_id, fields, now=now)
    return tagged(request, _out(query_view(session, query_id)))


@router.delete("/{query_id}", status_code=204, **needs("write", may_fail=(404, 412)))
def disable_query(
    query_id: IdPath, session: WriteDep, limit: LimitDep, seen: PreconditionDep, now: NowDep
) -> None:
    """Ask it no more. What it found stays; `enabled` brings it back."""
    seen.check(_out(query_view(session, query_id, brands=limit)))
    edits.change_query(session, query_id, {"enabled": False}, now=now)


def _out(query: QueryView) -> QueryOut:
    return QueryOut.model_validate(query)


def _check_text(text: str) -> None:
    """Raises Invalid with the position of the mistake."""
    try:
        parse(text)
    except QuerySyntaxError as error:
        told = {
            "field": "text",
            "message": error.message,
            "start": error.start,
            "end": error.end,
            "hint": error.hint,
        }
        raise Invalid(str(error), code="query-syntax", errors=[told]) from None
