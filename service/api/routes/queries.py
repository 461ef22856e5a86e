"""/queries"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.changing import ChangeDep
from service.api.conditional import tagged
from service.api.doors import needs
from service.api.limits import LimitDep, brand_within
from service.api.once import OnceDep
from service.api.schemas.examples import kept, kept_example
from service.api.schemas.fields import IdPath, IdQuery, PageOut, given_fields
from service.api.schemas.queries import QueryIn, QueryOut, QueryPatch
from service.deps import NowDep, ReadDep, WriteDep
from service.queries import save
from service.store import edits
from service.store.reads.queries import QueryView, query_list, query_view

router = APIRouter(prefix="/queries", tags=["queries"])

KINDS = ("must_match", "must_not_match")


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
        brand_within(session, given.brand_id, limit=limit)
        query_id = save.create_query(
            session,
            brand_id=given.brand_id,
            name=given.name,
            fields={
                "role": given.role,
                "text": given.text,
                "examples": kept(given.must_match, given.must_not_match),
                "enabled": True,
            },
            now=now,
            force=given.force,
        )
        return _out(query_view(session, query_id))

    return once.answer(act, status=201, at="/api/v1/queries")


@router.patch("/{query_id}", response_model=QueryOut, **needs("write", may_fail=(404, 409, 412)))
def change_query(query_id: IdPath, given: QueryPatch, change: ChangeDep) -> Response:
    """Change what is given. A new text is a new version, asked of what is fetched from now on."""
    stored = query_view(change.session, query_id, brands=change.limit)
    change.seen.check(_out(stored))
    fields = given_fields(given)
    force = fields.pop("force", False)
    examples = dict(stored.examples)
    for kind in KINDS:
        if fields.pop(kind, None) is not None:
            examples[kind] = [kept_example(one) for one in getattr(given, kind)]
    if examples != stored.examples:
        fields["examples"] = {kind: told for kind, told in examples.items() if told}
    save.change_query(change.session, query_id, fields, now=change.now, force=force)
    return change.answer(_out(query_view(change.session, query_id)))


@router.delete("/{query_id}", status_code=204, **needs("write", may_fail=(404, 412)))
def disable_query(query_id: IdPath, change: ChangeDep) -> None:
    """Ask it no more. What it found stays; `enabled` brings it back."""
    change.seen.check(_out(query_view(change.session, query_id, brands=change.limit)))
    edits.change_query(change.session, query_id, {"enabled": False}, now=change.now)


def _out(query: QueryView) -> QueryOut:
    told = {name: getattr(query, name) for name in QueryOut.model_fields if name not in KINDS}
    return QueryOut.model_validate(told | {kind: query.examples.get(kind, []) for kind in KINDS})
