"""How does this mention really sound? What the answer would change is shown before it is given."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Form, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from rules.score import Label
from service.deps import CsrfDep, NowDep, ReadDep, RuntimeDep, UserDep, WriteDep, need_role
from service.ingest import corrections, polarity_preview
from service.store.brands import brand_named
from service.store.reads.mentions import mention_view
from service.web.page import render

router = APIRouter(prefix="/mentions/{mention_id}/correction")

MentionId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Answer = Literal["negative", "neutral", "positive", "undo"]
SHOWN: Final = 20
"""Mentions named on the page; the rest are counted."""


@router.get("")
def show_correction(
    request: Request,
    mention_id: MentionId,
    brand: Annotated[str, Query(max_length=80)],
    answer: Answer,
    user: UserDep,
    session: ReadDep,
    runtime: RuntimeDep,
    now: NowDep,
) -> Response:
    """What would change; nothing has yet."""
    about = brand_named(session, brand)
    view = mention_view(session, mention_id)
    if answer == "undo":
        told = polarity_preview.if_taken_back(
            session, mention_id, brand=about, now=now, depth=runtime.depth
        )
    else:
        told = polarity_preview.if_given(
            session, mention_id, brand=about, label=Label(answer), now=now, depth=runtime.depth
        )
    return render(
        request,
        "correction.html",
        user=user,
        now=now,
        mention=view,
        brand=about,
        answer=answer,
        told=told,
        shown=told.changed[:SHOWN],
    )


@router.post("", dependencies=[CsrfDep, Depends(need_role("responder"))])
def correct(
    mention_id: MentionId,
    brand: Annotated[str, Form(max_length=80)],
    answer: Annotated[Answer, Form()],
    user: UserDep,
    session: WriteDep,
    now: NowDep,
) -> Response:
    about = brand_named(session, brand)
    if answer == "undo":
        corrections.take_back(session, mention_id, brand=about, by=user.name, now=now)
    else:
        corrections.give(
            session, mention_id, brand=about, label=Label(answer), by=user.name, now=now
        )
    return RedirectResponse(f"/mentions/{mention_id}", status_code=303)
