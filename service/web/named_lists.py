"""One list: what it stands for, and the queries that change with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import TypeAdapter, ValidationError

from rules.query import QuerySyntaxError, parse
from service.deps import (
    CsrfDep,
    NowDep,
    ReadDep,
    RuntimeDep,
    User,
    UserDep,
    WriteDep,
    need_role,
)
from service.errors import Conflict, Invalid
from service.history_diff.proposal import new_texts
from service.queries import save
from service.store.brands import find_brand, list_brands
from service.store.engine import Session
from service.store.named_lists import USES_A_LIST, named_lists
from service.store.reads.named_lists import NamedListView, list_view
from service.store.reads.queries import QueryView, query_list
from service.web.history_diffs import Asked, start_diff
from service.web.page import render
from service.web.query_form import FormDep, QueryForm
from service.web.query_view import DraftView, view_list
from service.web.said import NOTHING_SAID, Said
from service.workspace.values import ListName

router = APIRouter(prefix="/queries/lists")

ListId = Annotated[int, Path(ge=1, le=2**31 - 1)]
EDITOR = [CsrfDep, Depends(need_role("editor"))]
_NAME: TypeAdapter[str] = TypeAdapter(ListName)


@router.get("/new")
def show_new(
    request: Request, user: UserDep, session: ReadDep, now: NowDep, brand: str = ""
) -> Response:
    return _page(request, session, user, now=now, form=QueryForm(brand=brand))


@router.post("/new", dependencies=[CsrfDep])
def look_at_new(
    request: Request, form: FormDep, user: UserDep, session: ReadDep, now: NowDep
) -> Response:
    return _page(request, session, user, now=now, form=form)


@router.post("/draft", dependencies=[CsrfDep])
def look_at_draft(
    request: Request, form: FormDep, user: UserDep, session: ReadDep, now: NowDep
) -> Response:
    """The parts of the page that change while somebody types, and nothing else."""
    draft = _draft(session, form, stored=_stored(session, form))
    return render(request, "list_fragment.html", user=user, now=now, draft=draft)


@router.post("/new/save", dependencies=EDITOR)
def save_new(
    request: Request, form: FormDep, user: UserDep, session: WriteDep, now: NowDep
) -> Response:
    def refused(said: Said) -> Response:
        return _page(request, session, user, now=now, form=form, said=said)

    brand = find_brand(session, form.brand)
    try:
        name = _NAME.validate_python(form.name)
    except ValidationError as error:
        return refused(Said(problem=f"The name {error.errors()[0]['msg']}.", status=422))
    if form.brand and brand is None:
        return refused(Said(problem="There is no such brand.", status=422))
    try:
        # What is refused is taken back, and the page is still shown.
        with session.begin_nested():
            list_id = save.create_list(
                session,
                brand_id=brand.id if brand else None,
                name=name,
                fields={"text": form.text, "enabled": True},
                now=now,
                force=form.do == "force",
            )
    except (Invalid, Conflict) as error:
        return refused(_refusal(error))
    return RedirectResponse(f"/queries/lists/{list_id}?saved=1", status_code=303)


@router.get("/{list_id}")
def show_list(
    request: Request,
    list_id: ListId,
    user: UserDep,
    session: ReadDep,
    now: NowDep,
    saved: str = "",
) -> Response:
    stored = list_view(session, list_id)
    said = Said(saved=bool(saved))
    form = _form_of(stored)
    return _page(request, session, user, now=now, form=form, stored=stored, said=said)


@router.post("/{list_id}", dependencies=[CsrfDep])
def look_at_list(
    request: Request, list_id: ListId, form: FormDep, user: UserDep, session: ReadDep, now: NowDep
) -> Response:
    stored = list_view(session, list_id)
    return _page(request, session, user, now=now, form=form, stored=stored)


@router.post("/{list_id}/save", dependencies=EDITOR)
def save_list(
    request: Request, list_id: ListId, form: FormDep, user: UserDep, session: WriteDep, now: NowDep
) -> Response:
    stored = list_view(session, list_id)

    def refused(said: Said) -> Response:
        seen = replace(form, seen=_state_of(stored))
        return _page(request, session, user, now=now, form=seen, stored=stored, said=said)

    if form.seen != _state_of(stored):
        return refused(Said(conflict=True, status=409))
    fields = {"enabled": form.do == "on"} if form.do in ("on", "off") else {"text": form.text}
    try:
        with session.begin_nested():
            save.change_list(session, list_id, fields, now=now, force=form.do == "force")
    except (Invalid, Conflict) as error:
        return refused(_refusal(error))
    return RedirectResponse(f"/queries/lists/{list_id}?saved=1", status_code=303)


@router.post("/{list_id}/history", dependencies=[CsrfDep])
def look_at_history(
    request: Request,
    list_id: ListId,
    form: FormDep,
    user: UserDep,
    session: ReadDep,
    runtime: RuntimeDep,
    now: NowDep,
) -> Response:
    """What the text would have made of the past: judged in the background."""
    stored = list_view(session, list_id)
    try:
        change = new_texts(session, queries={}, lists={list_id: form.text})
    except Invalid as error:
        said = _refusal(error)
        return _page(request, session, user, now=now, form=form, stored=stored, said=said)
    asked = Asked(f"the list {stored.name}", f"/queries/lists/{list_id}", form.text)
    return start_diff(request, runtime, change, asked=asked, now=now)


def _page(
    request: Request,
    session: Session,
    user: User,
    *,
    now: datetime,
    form: QueryForm,
    stored: NamedListView | None = None,
    said: Said = NOTHING_SAID,
) -> Response:
    return render(
        request,
        "named_list.html",
        user=user,
        now=now,
        status=said.status,
        form=form,
        action=f"/queries/lists/{stored.id if stored else 'new'}",
        stored=stored,
        brands=list_brands(session),
        draft=_draft(session, form, stored=stored),
        untouched=not (stored or form.text.strip()),
        used=_used(session, stored) if stored else [],
        said=said,
    )


def _draft(session: Session, form: QueryForm, *, stored: NamedListView | None) -> DraftView:
    brand = find_brand(session, form.brand)
    brand_id = stored.brand_id if stored else brand.id if brand else None
    lists = dict(named_lists(session).of(brand_id))
    name = stored.name if stored else form.name
    return view_list(form.text, lists=lists | ({name: form.text} if name else {}))


def _stored(session: Session, form: QueryForm) -> NamedListView | None:
    return list_view(session, int(form.which)) if form.which.isdigit() else None


def _used(session: Session, view: NamedListView) -> list[QueryView]:
    """The queries that name it, directly or through another list."""
    lists = named_lists(session)
    found = []
    for query in query_list(session, brand_id=view.brand_id):
        if USES_A_LIST not in query.text:
            continue
        if view.brand_id is None and view.name in lists.own.get(query.brand_id, {}):
            continue
        try:
            if view.name in parse(query.text, lists=lists.of(query.brand_id)).lists:
                found.append(query)
        except QuerySyntaxError:
            continue
    return found


def _form_of(view: NamedListView) -> QueryForm:
    return QueryForm(
        name=view.name,
        text=view.text,
        brand=view.brand_slug or "",
        which=str(view.id),
        seen=_state_of(view),
    )


def _state_of(view: NamedListView) -> str:
    return str(view.updated_at.timestamp())


def _refusal(error: Invalid | Conflict) -> Said:
    problem = f"{error.message[:1].upper()}{error.message[1:]}."
    if error.code == "query-syntax":
        problem = "The list cannot be read; the mistake is marked below."
    return Said(problem=problem, may_force=error.code == "query-tests", status=error.status)
