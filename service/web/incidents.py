"""The list of incidents, and what people do with one: forms that change it and come back."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Path, Request, Response
from fastapi.responses import RedirectResponse

from rules.incident import Verdict
from service.deps import CsrfDep, NowDep, ReadDep, UserDep, WriteDep, need_role
from service.escalation import incidents
from service.ingest.verdicts import follow_incident
from service.store.reads.incidents import incident_page
from service.web.page import render

router = APIRouter()
actions = APIRouter(
    prefix="/incidents/{incident_id}", dependencies=[CsrfDep, Depends(need_role("responder"))]
)

IncidentId = Annotated[int, Path(ge=1, le=2**31 - 1)]
Show = Literal["open", "all"]


@router.get("/incidents")
def list_incidents(
    request: Request,
    user: UserDep,
    session: ReadDep,
    now: NowDep,
    show: Show = "open",
    cursor: str | None = None,
) -> Response:
    status = "unresolved" if show == "open" else None
    return render(
        request,
        "incidents.html",
        user=user,
        now=now,
        page=incident_page(session, status=status, cursor=cursor or None, limit=30),
        show=show,
    )


@actions.post("/acknowledge")
def acknowledge(incident_id: IncidentId, session: WriteDep, user: UserDep, now: NowDep) -> Response:
    incidents.acknowledge(session, incident_id, actor=user.name, now=now)
    return _back(incident_id)


@actions.post("/resolve")
def resolve(
    incident_id: IncidentId,
    session: WriteDep,
    user: UserDep,
    now: NowDep,
    note: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    incidents.resolve(session, incident_id, actor=user.name, now=now, note=note.strip())
    return _back(incident_id)


@actions.post("/reopen")
def reopen(
    incident_id: IncidentId,
    session: WriteDep,
    user: UserDep,
    now: NowDep,
    note: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    incidents.reopen(session, incident_id, actor=user.name, now=now, note=note.strip())
    return _back(incident_id)


@actions.post("/notes")
def add_note(
    incident_id: IncidentId,
    session: WriteDep,
    user: UserDep,
    now: NowDep,
    text: Annotated[str, Form(max_length=4000)] = "",
) -> Response:
    incidents.add_note(session, incident_id, actor=user.name, text=text.strip(), now=now)
    return _back(incident_id, place="timeline")


@actions.post("/verdicts")
def give_verdict(
    incident_id: IncidentId,
    session: WriteDep,
    user: UserDep,
    now: NowDep,
    verdict: Annotated[Verdict, Form()],
) -> Response:
    incidents.give_verdict(session, incident_id, actor=user.name, verdict=verdict, now=now)
    follow_incident(session, incident_id, verdict=verdict, by=user.name, now=now)
    return _back(incident_id, place="verdict")


def _back(incident_id: int, *, place: str = "") -> Response:
    """See Other: loading the page again must not act again."""
    anchor = f"#{place}" if place else ""
    return RedirectResponse(f"/incidents/{incident_id}{anchor}", status_code=303)
