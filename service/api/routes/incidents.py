"""/incidents and /deliveries: what people work on, and what they were told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.conditional import tagged
from service.api.doors import needs
from service.api.limits import Limit, LimitDep
from service.api.once import OnceDep
from service.api.schemas.fields import CursorQuery, IdPath, IdQuery, LimitQuery, PageOut
from service.api.schemas.incidents import (
    ActionIn,
    DeliveryOut,
    IncidentLineOut,
    IncidentOut,
    NoteIn,
    VerdictIn,
)
from service.deps import CallerDep, NowDep, ReadDep, WriteDep
from service.errors import NotFound
from service.escalation import incidents
from service.ingest.verdicts import follow_incident
from service.store.engine import Session
from service.store.incidents import get_incident as find_incident
from service.store.reads.deliveries import delivery_page
from service.store.reads.incident import incident_view
from service.store.reads.incidents import incident_page

router = APIRouter(tags=["incidents"])

RESPOND = needs("respond", may_fail=(404, 409))


@router.get("/incidents", response_model=PageOut[IncidentLineOut], **needs("read"))
def list_incidents(
    session: ReadDep,
    brands: LimitDep,
    status: Literal["open", "acknowledged", "resolved", "unresolved"] | None = None,
    brand_id: IdQuery = None,
    cursor: CursorQuery = None,
    limit: LimitQuery = 50,
) -> PageOut[IncidentLineOut]:
    """Incidents, the last opened first. `unresolved` are the open and the acknowledged."""
    page = incident_page(
        session, status=status, brand_id=brand_id, cursor=cursor, limit=limit, brands=brands
    )
    items = [IncidentLineOut.model_validate(line) for line in page.items]
    return PageOut[IncidentLineOut](items=items, next_cursor=page.next_cursor)


@router.get(
    "/incidents/{incident_id}", response_model=IncidentOut, **needs("read", may_fail=(404,))
)
def get_incident(
    incident_id: IdPath, request: Request, session: ReadDep, limit: LimitDep, now: NowDep
) -> Response:
    """One incident with everything that a person who answers it needs."""
    _check_brand(session, incident_id, limit=limit)
    return tagged(request, _out(session, incident_id, now=now))


@router.post("/incidents/{incident_id}/acknowledge", response_model=IncidentOut, **RESPOND)
def acknowledge_incident(
    incident_id: IdPath,
    session: WriteDep,
    once: OnceDep,
    limit: LimitDep,
    caller: CallerDep,
    now: NowDep,
) -> Response:
    """Somebody answers: nobody else is paged."""
    return once.answer(
        _then_show(
            session,
            incident_id,
            lambda: incidents.acknowledge(session, incident_id, actor=caller.name, now=now),
            limit=limit,
            now=now,
        )
    )


@router.post("/incidents/{incident_id}/resolve", response_model=IncidentOut, **RESPOND)
def resolve_incident(
    incident_id: IdPath,
    session: WriteDep,
    once: OnceDep,
    limit: LimitDep,
    caller: CallerDep,
    now: NowDep,
    given: ActionIn | None = None,
) -> Response:
    """It is over."""
    note = given.note if given else ""
    return once.answer(
        _then_show(
            session,
            incident_id,
            lambda: incidents.resolve(session, incident_id, actor=caller.name, note=note, now=now),
            limit=limit,
            now=now,
        )
    )


@router.post("/incidents/{incident_id}/reopen", response_model=IncidentOut, **RESPOND)
def reopen_incident(
    incident_id: IdPath,
    session: WriteDep,
    once: OnceDep,
    limit: LimitDep,
    caller: CallerDep,
    now: NowDep,
    given: ActionIn | None = None,
) -> Response:
    """It is not over; whoever is on call is paged again if it is that severe."""
    note = given.note if given else ""
    return once.answer(
        _then_show(
            session,
            incident_id,
            lambda: incidents.reopen(session, incident_id, actor=caller.name, note=note, now=now),
            limit=limit,
            now=now,
        )
    )


@router.post("/incidents/{incident_id}/notes", response_model=IncidentOut, **RESPOND)
def add_incident_note(
    incident_id: IdPath,
    given: NoteIn,
    session: WriteDep,
    once: OnceDep,
    limit: LimitDep,
    caller: CallerDep,
    now: NowDep,
) -> Response:
    """A line in the timeline, and in the thread of the incident's message."""
    return once.answer(
        _then_show(
            session,
            incident_id,
            lambda: incidents.add_note(
                session, incident_id, actor=caller.name, text=given.text, now=now
            ),
            limit=limit,
            now=now,
        )
    )


@router.post("/incidents/{incident_id}/verdicts", response_model=IncidentOut, **RESPOND)
def give_incident_verdict(
    incident_id: IdPath,
    given: VerdictIn,
    session: WriteDep,
    once: OnceDep,
    limit: LimitDep,
    caller: CallerDep,
    now: NowDep,
) -> Response:
    """Say whether the alerts were right. An incident still open is acknowledged by it.

    `not-us` says so of each of its loudest posts as well.
    """

    def give() -> None:
        incidents.give_verdict(
            session,
            incident_id,
            actor=caller.name,
            verdict=given.verdict,
            note=given.note,
            now=now,
        )
        follow_incident(session, incident_id, verdict=given.verdict, by=caller.name, now=now)

    return once.answer(_then_show(session, incident_id, give, limit=limit, now=now))


@router.get("/deliveries", response_model=PageOut[DeliveryOut], **needs("read"))
def list_deliveries(
    session: ReadDep,
    brands: LimitDep,
    state: Literal["due", "sent", "failed", "superseded"] | None = None,
    kind: Literal["card", "page", "note", "system"] | None = None,
    incident_id: IdQuery = None,
    cursor: CursorQuery = None,
    limit: LimitQuery = 50,
) -> PageOut[DeliveryOut]:
    """Every message to every place, the last written first, with what was sent."""
    page = delivery_page(
        session,
        state=state,
        kind=kind,
        incident_id=incident_id,
        cursor=cursor,
        limit=limit,
        brands=brands,
    )
    items = [DeliveryOut.model_validate(delivery) for delivery in page.items]
    return PageOut[DeliveryOut](items=items, next_cursor=page.next_cursor)


def _check_brand(session: Session, incident_id: int, *, limit: Limit) -> None:
    """Raises NotFound for an incident of a brand that the caller does not see."""
    if limit is not None and find_incident(session, incident_id).brand_id not in limit:
        raise NotFound(f"there is no incident {incident_id}")


def _out(session: Session, incident_id: int, *, now: datetime) -> IncidentOut:
    return IncidentOut.model_validate(incident_view(session, incident_id, now=now))


def _then_show(
    session: Session, incident_id: int, do: Callable[[], None], *, limit: Limit, now: datetime
) -> Callable[[], IncidentOut]:
    """What an action does and answers: the incident as it is then."""

    def act() -> IncidentOut:
        _check_brand(session, incident_id, limit=limit)
        do()
        return _out(session, incident_id, now=now)

    return act
