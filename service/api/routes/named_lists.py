"""/lists"""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.changing import ChangeDep
from service.api.conditional import tagged
from service.api.doors import needs
from service.api.limits import LimitDep, brand_within, may_change
from service.api.once import OnceDep
from service.api.schemas.fields import IdPath, IdQuery, PageOut, given_fields
from service.api.schemas.named_lists import ListIn, ListOut, ListPatch
from service.deps import NowDep, ReadDep, WriteDep
from service.queries import save
from service.store.reads.named_lists import NamedListView, list_view, list_views

router = APIRouter(prefix="/lists", tags=["lists"])


@router.get("", response_model=PageOut[ListOut], **needs("read"))
def list_lists(session: ReadDep, limit: LimitDep, brand_id: IdQuery = None) -> PageOut[ListOut]:
    """All lists by brand and name, the shared ones first, on one page, the disabled ones too.
    `brand_id`: what queries of that brand may name."""
    found = list_views(session, brand_id=brand_id, brands=limit)
    return PageOut[ListOut](items=[_out(one) for one in found], next_cursor=None)


@router.get("/{list_id}", response_model=ListOut, **needs("read", may_fail=(404,)))
def get_list(list_id: IdPath, request: Request, session: ReadDep, limit: LimitDep) -> Response:
    """One list."""
    return tagged(request, _out(list_view(session, list_id, brands=limit)))


@router.post("", response_model=ListOut, status_code=201, **needs("write", may_fail=(404, 409)))
def create_list(
    given: ListIn, session: WriteDep, once: OnceDep, limit: LimitDep, now: NowDep
) -> Response:
    """A new list. Queries that ask something else because of it get a new version."""

    def act() -> ListOut:
        if given.brand_id is not None:
            brand_within(session, given.brand_id, limit=limit)
        may_change(given.brand_id, limit=limit)
        list_id = save.create_list(
            session,
            brand_id=given.brand_id,
            name=given.name,
            fields={"text": given.text, "enabled": True},
            now=now,
            force=given.force,
        )
        return _out(list_view(session, list_id))

    return once.answer(act, status=201, at="/api/v1/lists")


@router.patch("/{list_id}", response_model=ListOut, **needs("write", may_fail=(404, 409, 412)))
def change_list(list_id: IdPath, given: ListPatch, change: ChangeDep) -> Response:
    """Change what is given. The queries that name it are read and tested again, and get a new
    version; where one could not be read any more, or fails, nothing is changed."""
    stored = list_view(change.session, list_id, brands=change.limit)
    change.seen.check(_out(stored))
    may_change(stored.brand_id, limit=change.limit)
    fields = given_fields(given)
    force = fields.pop("force", False)
    save.change_list(change.session, list_id, fields, now=change.now, force=force)
    return change.answer(_out(list_view(change.session, list_id)))


@router.delete("/{list_id}", status_code=204, **needs("write", may_fail=(404, 412)))
def disable_list(list_id: IdPath, change: ChangeDep) -> None:
    """Take it out of use; refused while a query names it. `enabled` brings it back."""
    stored = list_view(change.session, list_id, brands=change.limit)
    change.seen.check(_out(stored))
    may_change(stored.brand_id, limit=change.limit)
    save.change_list(change.session, list_id, {"enabled": False}, now=change.now)


def _out(view: NamedListView) -> ListOut:
    return ListOut.model_validate(view)
