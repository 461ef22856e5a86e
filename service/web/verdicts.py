"""Is this mention about us? What the answer would change is shown before it is given."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from service.deps import CsrfDep, NowDep, ReadDep, UserDep, WriteDep, need_role
from service.ingest import relevance_preview, verdicts
from service.store.brands import brand_named
from service.store.reads.mentions import mention_view
from service.store.relevance_examples import About
from service.web.page import render

router = APIRouter(prefix="/mentions/{mention_id}/verdict")

MentionId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Answer = Literal["about-us", "not-us", "undo"]
SHOWN: Final = 20
"""Mentions named on the page; the rest are counted."""


@router.get("")
def show_preview(
    request: Request,
    mention_id: MentionId,
    brand: Annotated[str, Query(max_length=80)],
    answer: Answer,
    user: UserDep,
    session: ReadDep,
    now: NowDep,
) -> Response:
    """What would change; nothing has yet."""
    about = brand_named(session, brand)
    view = mention_view(session, mention_id)
    if answer == "undo":
        told = relevance_preview.if_taken_back(session, mention_id, brand=about, now=now)
    else:
        told = relevance_preview.if_given(
            session, mention_id, brand=about, verdict=About(answer), now=now
        )
    return render(
        request,
        "verdict.html",
        user=user,
        now=now,
        mention=view,
        brand=about,
        answer=answer,
        told=told,
        shown=told.changed[:SHOWN],
    )


@router.post("", dependencies=[CsrfDep, Depends(need_role("responder"))])
def give(
    mention_id: MentionId,
    brand: Annotated[str, Form(max_length=80)],
    answer: Annotated[Answer, Form()],
    user: UserDep,
    session: WriteDep,
    now: NowDep,
) -> Response:
    about = brand_named(session, brand)
    if answer == "undo":
        verdicts.take_back(session, mention_id, brand=about, by=user.name, now=now)
    else:
        verdicts.give(
            session, mention_id, brand=about, verdict=About(answer), by=user.name, now=now
        )
    return RedirectResponse(f"/mentions/{mention_id}", status_code=303)
