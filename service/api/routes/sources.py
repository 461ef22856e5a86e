"""/sources. They listen for all brands, so a token limited to some does not see them."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from connectors.contract import Kind
from connectors.errors import Misconfigured
from connectors.registry import find_kind
from service.api.conditional import PreconditionDep, tagged
from service.api.doors import needs
from service.api.limits import AllBrands
from service.api.once import OnceDep
from service.api.schemas.fields import IdPath, Moment, PageOut, given_fields
from service.api.schemas.sources import BlindSpotOut, SourceIn, SourceOut, SourcePatch
from service.deps import Caller, CallerDep, NowDep, ReadDep, WriteDep
from service.errors import Forbidden, Invalid
from service.store import edits
from service.store.reads.sources import SourceView, blind_spots, source_list, source_view
from service.workspace.model import SourceModel
from service.workspace.sources import check_source, is_reference

LOCAL: Final = frozenset({"file"})
"""Connectors that read what is on this machine."""

router = APIRouter(prefix="/sources", tags=["sources"])


@router.get("", response_model=PageOut[SourceOut], **needs("read", all_brands=AllBrands))
def list_sources(
    session: ReadDep, state: Annotated[str | None, Query(max_length=20)] = None
) -> PageOut[SourceOut]:
    """All sources by name, on one page."""
    found = source_list(session, state=state)
    return PageOut[SourceOut](items=[_out(source) for source in found], next_cursor=None)


@router.get(
    "/{source_id}",
    response_model=SourceOut,
    **needs("read", may_fail=(404,), all_brands=AllBrands),
)
def get_source(source_id: IdPath, request: Request, session: ReadDep) -> Response:
    """One source."""
    return tagged(request, _out(source_view(session, source_id)))


@router.get(
    "/{source_id}/blind-spots",
    response_model=PageOut[BlindSpotOut],
    **needs("read", may_fail=(404,), all_brands=AllBrands),
)
def list_blind_spots(
    source_id: IdPath, session: ReadDep, since: Moment | None = None
) -> PageOut[BlindSpotOut]:
    """The spans in which it could not be heard, the last begun first; at most a thousand."""
    source_view(session, source_id)
    found = blind_spots(session, source_id=source_id, since=since, limit=1000)
    items = [BlindSpotOut.model_validate(spot) for spot in found]
    return PageOut[BlindSpotOut](items=items, next_cursor=None)


@router.post(
    "",
    response_model=SourceOut,
    status_code=201,
    **needs("write", may_fail=(409,), all_brands=AllBrands),
)
def create_source(
    given: SourceIn, session: WriteDep, once: OnceDep, caller: CallerDep, now: NowDep
) -> Response:
    """A new source, polled at once. Settings are checked by its connector.

    One that reads files or secrets of the machine needs the scope `admin` as well.
    """

    def act() -> SourceOut:
        _check_reach(given, caller=caller)
        kind = _checked_kind(given)
        every = given.every_seconds or int(kind.every.total_seconds())
        fields: dict[str, Any] = {
            "connector": given.connector,
            "settings": given.settings,
            "every_seconds": every,
            "tier": given.tier,
            "enabled": given.enabled,
        }
        source_id = edits.create_source(session, given.name, fields, now=now)
        return _out(source_view(session, source_id))

    return once.answer(act, status=201, at="/api/v1/sources")


@router.patch(
    "/{source_id}",
    response_model=SourceOut,
    **needs("write", may_fail=(404, 412), all_brands=AllBrands),
)
def change_source(
    source_id: IdPath,
    given: SourcePatch,
    request: Request,
    session: WriteDep,
    seen: PreconditionDep,
    now: NowDep,
) -> Response:
    """Enable or disable it, or change how often it is polled and what it weighs."""
    seen.check(_out(source_view(session, source_id)))
    edits.change_source(session, source_id, given_fields(given), now=now)
    return tagged(request, _out(source_view(session, source_id)))


@router.post(
    "/{source_id}/poll",
    response_model=SourceOut,
    **needs("write", may_fail=(404, 409), all_brands=AllBrands),
)
def poll_source(source_id: IdPath, session: WriteDep, once: OnceDep, now: NowDep) -> Response:
    """Make it due now; a stopped one is tried again. It is polled within seconds."""

    def act() -> SourceOut:
        edits.poll_now(session, source_id, now=now)
        return _out(source_view(session, source_id))

    return once.answer(act)


def _out(source: SourceView) -> SourceOut:
    return SourceOut.model_validate(source)


def _check_reach(given: SourceIn, *, caller: Caller) -> None:
    """Whoever may name a file or a variable of the machine can have it read, and sent elsewhere."""
    refers = any(is_reference(value) for value in given.settings.values())
    if (refers or given.connector in LOCAL) and "admin" not in caller.scopes:
        raise Forbidden(
            "a source that reads files or secrets of the machine needs the scope admin too",
            code="scope-missing",
        )


def _checked_kind(given: SourceIn) -> Kind:
    """The connector, if it takes these settings. No secret is looked up and none is echoed."""
    model = SourceModel(
        name=given.name, connector=given.connector, tier=given.tier, settings=given.settings
    )
    errors = [
        {
            "in": "body",
            "field": ".".join(str(part) for part in wrong.path[2:]),
            "message": "; ".join(told for told in (wrong.what, wrong.hint) if told),
        }
        for wrong in check_source(model, number=0)
    ]
    if errors:
        raise Invalid("the source cannot work like this; see errors", errors=errors)
    try:
        return find_kind(given.connector)
    except Misconfigured as error:
        raise Invalid(str(error)) from None
