"""/queries/check, /import, /test and /explain: queries looked at before they are saved."""

from __future__ import annotations

from typing import NoReturn

from fastapi import APIRouter

from rules.query import (
    Document,
    Query,
    QuerySyntaxError,
    convert,
    explain,
    guess,
    match,
    parse,
    why_not,
)
from service.api.doors import needs
from service.api.limits import Limit, LimitDep, brand_within
from service.api.schemas.drafts import (
    CheckIn,
    CheckOut,
    ExplainIn,
    ExplainOut,
    ImportIn,
    ImportOut,
    NoteOut,
    TestIn,
    TestOut,
)
from service.api.schemas.examples import kept, kept_example
from service.deps import ReadDep
from service.errors import Invalid
from service.queries.draft import judge, tried
from service.queries.examples import example_of, read_examples
from service.queries.save import refuse
from service.queries.told import draft_json, outcome_json
from service.store.engine import Session
from service.store.mentions import get_mention
from service.store.named_lists import named_lists
from service.store.reads.mentions import mention_view
from service.store.reads.queries import QueryView, query_view

router = APIRouter(prefix="/queries", tags=["queries"])


@router.post("/check", response_model=CheckOut, **needs("read", may_fail=(404,)))
def check_query(given: CheckIn, session: ReadDep, limit: LimitDep) -> CheckOut:
    """Can this be read, what is odd about it, and what would it cost? Changes nothing."""
    if given.brand_id is not None:
        brand_within(session, given.brand_id, limit=limit)
    draft = judge(given.text, lists=named_lists(session).of(given.brand_id))
    return CheckOut.model_validate(draft_json(draft))


@router.post("/import", response_model=ImportOut, **needs("read"))
def import_query(given: ImportIn) -> ImportOut:
    """Another tool's query in our language, and what became of its parts. Changes nothing."""
    dialect = given.dialect or guess(given.text)
    if dialect is None:
        _wrong("dialect", "nothing in the query tells whose spelling it is; name the dialect")
    try:
        done = convert(given.text, dialect=dialect)
    except QuerySyntaxError as error:
        refuse(error)
    notes = [
        NoteOut(level=note.level.value, message=note.message, start=note.start, end=note.end)
        for note in done.notes
    ]
    return ImportOut(dialect=dialect, text=done.text, notes=notes)


@router.post("/test", response_model=TestOut, **needs("read", may_fail=(404,)))
def test_query(given: TestIn, session: ReadDep, limit: LimitDep) -> TestOut:
    """Does a query do with its examples what it must? Changes nothing."""
    saved = saved_query(session, given.query_id, limit=limit)
    query = asked_query(session, given.text, saved, brand_id=given.brand_id, limit=limit)
    examples = dict(saved.examples) if saved else {}
    told = kept(given.must_match or (), given.must_not_match or ())
    for kind in ("must_match", "must_not_match"):
        if getattr(given, kind) is not None:
            examples[kind] = told.get(kind, [])
    outcomes = tried(query, read_examples(examples))
    failed = sum(not outcome.passed for outcome in outcomes)
    return TestOut.model_validate(
        {
            "passed": len(outcomes) - failed,
            "failed": failed,
            "outcomes": [outcome_json(outcome) for outcome in outcomes],
        }
    )


@router.post("/explain", response_model=ExplainOut, **needs("read", may_fail=(404,)))
def explain_query(given: ExplainIn, session: ReadDep, limit: LimitDep) -> ExplainOut:
    """Why does a query match a post, or why not? Clause by clause, with what it missed by.
    Changes nothing."""
    saved = saved_query(session, given.query_id, limit=limit)
    query = asked_query(session, given.text, saved, brand_id=given.brand_id, limit=limit)
    document = _document(session, given, limit=limit)
    found = match(query, document)
    clause = explain(query, document).as_json()
    return ExplainOut.model_validate(
        {
            "matches": found is not None,
            "why": "" if found is not None else why_not(query, document),
            "spans": clause["spans"],
            "clause": clause,
        }
    )


def _document(session: Session, given: ExplainIn, *, limit: Limit) -> Document:
    if given.mention_id is not None:
        view = mention_view(session, given.mention_id, brands=limit)
        source = view.sightings[0].source_name if view.sightings else ""
        return Document.of(get_mention(session, view.id), source=source)
    if given.example is None:
        _wrong("example", "give the text of a post, or mention_id")
    return example_of(kept_example(given.example)).document()


def saved_query(session: Session, query_id: int | None, *, limit: Limit) -> QueryView | None:
    """Raises NotFound."""
    return None if query_id is None else query_view(session, query_id, brands=limit)


def asked_query(
    session: Session,
    text: str | None,
    saved: QueryView | None,
    *,
    brand_id: int | None,
    limit: Limit,
) -> Query:
    """The text, or that of the saved query, with the lists of its brand. Raises Invalid with the
    position of a mistake, NotFound for a brand out of the limit."""
    if brand_id is not None:
        brand_within(session, brand_id, limit=limit)
    if text is None and saved is None:
        _wrong("text", "give the text of a query, or query_id")
    whose = brand_id if brand_id is not None else saved.brand_id if saved else None
    shown = text if text is not None else saved.text if saved else ""
    try:
        return parse(shown, lists=named_lists(session).of(whose))
    except QuerySyntaxError as error:
        refuse(error)


def _wrong(field: str, message: str) -> NoReturn:
    raise Invalid(message, errors=[{"in": "body", "field": field, "message": message}])
