"""One query: written, tried, tested and saved. Works without JavaScript; with it the same server
answers are fetched while somebody types."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import RedirectResponse

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
from service.store.brands import find_brand, get_brand, list_brands
from service.store.engine import Session
from service.store.named_lists import named_lists
from service.store.reads.named_lists import list_views
from service.store.reads.queries import QueryView, count_matches, query_view
from service.web.history_diffs import Asked, start_diff
from service.web.page import render
from service.web.queries import WEEK
from service.web.query_form import (
    ROLES,
    ExampleRow,
    FormDep,
    QueryForm,
    form_of,
    read_rows,
    state_of,
)
from service.web.query_import import NAMES, carry_over
from service.web.query_view import (
    PREVIEW_DAYS,
    DraftView,
    PreviewView,
    try_sample,
    view_draft,
    view_preview,
)
from service.web.said import NOTHING_SAID, Said

router = APIRouter()

QueryId = Annotated[int, Path(ge=1, le=2**31 - 1)]


@router.get("/queries/new")
def show_new(
    request: Request, user: UserDep, session: ReadDep, now: NowDep, brand: str = ""
) -> Response:
    form = QueryForm(brand=brand, role="topic" if brand else "brand")
    return _page(request, session, user, now=now, form=form)


@router.post("/queries/new", dependencies=[CsrfDep])
def look_at_new(
    request: Request, form: FormDep, user: UserDep, session: ReadDep, now: NowDep
) -> Response:
    return _page(request, session, user, now=now, form=_changed(form))


@router.post("/queries/new/save", dependencies=[CsrfDep, Depends(need_role("editor"))])
def save_new(
    request: Request, form: FormDep, user: UserDep, session: WriteDep, now: NowDep
) -> Response:
    brand = find_brand(session, form.brand)
    rows = read_rows(form.examples)
    problem = rows.problem or _missing(form) or ("" if brand else "Choose a brand.")
    if problem or brand is None:
        said = Said(problem=problem, status=422)
        return _page(request, session, user, now=now, form=form, said=said)
    fields = {"role": form.role, "text": form.text, "examples": rows.kept, "enabled": True}
    try:
        query_id = save.create_query(
            session,
            brand_id=brand.id,
            name=form.name,
            fields=fields,
            now=now,
            force=form.do == "force",
        )
    except (Invalid, Conflict) as error:
        return _page(request, session, user, now=now, form=form, said=_refusal(error))
    return RedirectResponse(f"/queries/{query_id}?saved=1", status_code=303)


@router.get("/queries/{query_id}")
def show_query(
    request: Request,
    query_id: QueryId,
    user: UserDep,
    session: ReadDep,
    now: NowDep,
    saved: str = "",
) -> Response:
    stored = query_view(session, query_id)
    said = Said(saved=bool(saved))
    return _page(request, session, user, now=now, form=form_of(stored), stored=stored, said=said)


@router.post("/queries/draft", dependencies=[CsrfDep])
def look_at_draft(
    request: Request, form: FormDep, user: UserDep, session: ReadDep, now: NowDep
) -> Response:
    """The parts of the page that change while somebody types, and nothing else."""
    brand = find_brand(session, form.brand)
    stored = query_view(session, int(form.which)) if form.which.isdigit() else None
    draft = view_draft(form, lists=named_lists(session).of(brand.id if brand else None))
    return render(
        request,
        "query_fragment.html",
        user=user,
        now=now,
        form=form,
        draft=draft,
        trial=try_sample(form, draft.query),
        preview=_preview(session, form, draft, stored=stored, now=now),
    )


@router.post("/queries/{query_id}", dependencies=[CsrfDep])
def look_at_query(
    request: Request,
    query_id: QueryId,
    form: FormDep,
    user: UserDep,
    session: ReadDep,
    now: NowDep,
) -> Response:
    stored = query_view(session, query_id)
    return _page(request, session, user, now=now, form=_changed(form), stored=stored)


@router.post("/queries/{query_id}/save", dependencies=[CsrfDep, Depends(need_role("editor"))])
def save_query(
    request: Request,
    query_id: QueryId,
    form: FormDep,
    user: UserDep,
    session: WriteDep,
    now: NowDep,
) -> Response:
    stored = query_view(session, query_id)

    def refused(said: Said) -> Response:
        # Whoever has seen what the page now shows may save over it.
        seen = replace(form, seen=state_of(stored))
        return _page(request, session, user, now=now, form=seen, stored=stored, said=said)

    if form.seen != state_of(stored):
        return refused(Said(conflict=True, status=409))
    if form.do in ("on", "off"):
        fields: dict[str, Any] = {"enabled": form.do == "on"}
    else:
        rows = read_rows(form.examples)
        problem = rows.problem or _missing(form)
        if problem:
            return refused(Said(problem=problem, status=422))
        fields = {
            "name": form.name,
            "role": form.role,
            "text": form.text,
            "examples": dict(rows.kept),
        }
    changed = {name: value for name, value in fields.items() if getattr(stored, name) != value}
    try:
        save.change_query(session, query_id, changed, now=now, force=form.do == "force")
    except (Invalid, Conflict) as error:
        return refused(_refusal(error))
    return RedirectResponse(f"/queries/{query_id}?saved=1", status_code=303)


@router.post("/queries/{query_id}/history", dependencies=[CsrfDep])
def look_at_history(
    request: Request,
    query_id: QueryId,
    form: FormDep,
    user: UserDep,
    session: ReadDep,
    runtime: RuntimeDep,
    now: NowDep,
) -> Response:
    """What the text would have made of the past: judged in the background."""
    stored = query_view(session, query_id)
    try:
        change = new_texts(session, queries={query_id: form.text}, lists={})
    except Invalid as error:
        said = _refusal(error)
        return _page(request, session, user, now=now, form=form, stored=stored, said=said)
    asked = Asked(f"{stored.brand_slug} / {stored.name}", f"/queries/{query_id}", form.text)
    return start_diff(request, runtime, change, asked=asked, now=now)


def _page(
    request: Request,
    session: Session,
    user: User,
    *,
    now: datetime,
    form: QueryForm,
    stored: QueryView | None = None,
    said: Said = NOTHING_SAID,
) -> Response:
    brand = get_brand(session, stored.brand_id) if stored else find_brand(session, form.brand)
    form, carried = carry_over(form)
    draft = view_draft(form, lists=named_lists(session).of(brand.id if brand else None))
    counts = count_matches(session, [stored.id], since=now - WEEK) if stored else {}
    untouched = not (stored or form.text.strip())
    return render(
        request,
        "query.html",
        user=user,
        now=now,
        status=said.status,
        form=form,
        action=f"/queries/{stored.id if stored else 'new'}",
        stored=stored,
        brand=brand,
        brands=list_brands(session),
        lists=[one for one in list_views(session, brand_id=brand.id) if one.enabled]
        if brand
        else [],
        roles=ROLES,
        dialects=NAMES,
        carried=carried,
        matches=counts.get(stored.id, 0) if stored else 0,
        draft=draft,
        untouched=untouched,
        trial=try_sample(form, draft.query),
        preview=_preview(session, form, draft, stored=stored, now=now),
        blank=ExampleRow(),
        said=said,
    )


def _preview(
    session: Session,
    form: QueryForm,
    draft: DraftView,
    *,
    stored: QueryView | None,
    now: datetime,
) -> PreviewView | None:
    if form.do != "preview":
        return None
    if draft.query is None:
        return PreviewView(days=PREVIEW_DAYS, problem="It waits until the query can be read.")
    current = None
    if stored is not None and stored.text != form.text:
        try:
            lists = named_lists(session).of(stored.brand_id)
            current = parse(stored.text, lists=lists)
        except QuerySyntaxError:
            current = None
    return view_preview(session, draft.query, current=current, now=now)


def _changed(form: QueryForm) -> QueryForm:
    """With a row more or less, where that was pressed."""
    do, _, number = form.do.partition("-")
    if do == "add":
        return replace(form, examples=(*form.examples, ExampleRow()))
    if do == "remove" and number.isdigit():
        rows = [row for place, row in enumerate(form.examples) if place != int(number)]
        return replace(form, examples=tuple(rows))
    return form


def _missing(form: QueryForm) -> str:
    if not form.name:
        return "Give the query a name."
    return "The name is longer than 200 characters." if len(form.name) > 200 else ""


def _refusal(error: Invalid | Conflict) -> Said:
    count = len(error.errors)
    by_code = {
        "query-syntax": "The query cannot be read; the mistake is marked below.",
        "query-tests": f"{'A test fails' if count == 1 else f'{count} tests fail'}, see below: "
        "mend the query or the test.",
    }
    problem = by_code.get(error.code, f"{error.message[:1].upper()}{error.message[1:]}.")
    return Said(problem=problem, may_force=error.code == "query-tests", status=error.status)
