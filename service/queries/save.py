"""Queries and lists into the store: only what can be read, and what keeps its examples.

A list stands in queries, so a change of one is a change of all that name it: they are read and
tried again, and their versions rise.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NoReturn

from rules.query import QuerySyntaxError, parse, parse_list
from service.errors import Invalid
from service.queries.draft import Draft, judge
from service.queries.examples import read_examples
from service.store import edits
from service.store.engine import Session
from service.store.named_lists import USES_A_LIST, NamedLists, named_lists
from service.store.queries import raise_versions
from service.store.reads.named_lists import list_view
from service.store.reads.queries import QueryView, query_list, query_view


def create_query(
    session: Session,
    *,
    brand_id: int,
    name: str,
    fields: Mapping[str, Any],
    now: datetime,
    force: bool = False,
) -> int:
    """Its id. Raises Invalid where the text cannot be read, or fails its examples (``force``:
    save it all the same), NotFound for the brand, Conflict where the name is taken."""
    examples = fields.get("examples", {})
    check(session, fields["text"], brand_id=brand_id, examples=examples, force=force)
    return edits.create_query(session, brand_id=brand_id, name=name, fields=fields, now=now)


def change_query(
    session: Session,
    query_id: int,
    fields: Mapping[str, Any],
    *,
    now: datetime,
    force: bool = False,
) -> None:
    """Raises as ``create_query``. What does not change what is asked is not judged again: whoever
    switches a query off need not mend it first."""
    stored = query_view(session, query_id)
    if fields.keys() & {"text", "examples"} or (fields.get("enabled") and not stored.enabled):
        check(
            session,
            fields.get("text", stored.text),
            brand_id=stored.brand_id,
            examples=fields.get("examples", stored.examples),
            force=force,
        )
    edits.change_query(session, query_id, fields, now=now)


def check(
    session: Session, text: str, *, brand_id: int, examples: Mapping[str, Any], force: bool
) -> None:
    """Raises Invalid: code ``query-syntax`` with the position, or ``query-tests`` with each
    example that failed."""
    lists = named_lists(session).of(brand_id)
    draft = judge(text, lists=lists, examples=read_examples(examples))
    if draft.error is not None:
        refuse(draft.error)
    if draft.failed and not force:
        raise tests_failed(draft)


def create_list(
    session: Session,
    *,
    brand_id: int | None,
    name: str,
    fields: Mapping[str, Any],
    now: datetime,
    force: bool = False,
) -> int:
    """Its id. Raises Invalid where the text cannot be read or breaks a query, NotFound for the
    brand, Conflict where there is one of that name."""
    before = asked(session)
    list_id = edits.create_list(session, brand_id=brand_id, name=name, fields=fields, now=now)
    _read_again(session, list_id, before=before, now=now, force=force)
    return list_id


def change_list(
    session: Session,
    list_id: int,
    fields: Mapping[str, Any],
    *,
    now: datetime,
    force: bool = False,
) -> None:
    """Raises as ``create_list``; nothing is changed then, as the caller's transaction ends."""
    before = asked(session)
    edits.change_list(session, list_id, fields, now=now)
    _read_again(session, list_id, before=before, now=now, force=force)


def asked(session: Session) -> dict[int, tuple[int, str]]:
    """Version and digest of every query that names a list and can be read, by its id."""
    lists = named_lists(session)
    return {
        query.id: (query.version, digest)
        for query in query_list(session)
        if USES_A_LIST in query.text and (digest := _digest(query, lists)) is not None
    }


def follow(session: Session, before: Mapping[int, tuple[int, str]], *, now: datetime) -> None:
    """Raise the versions of queries that ask something else than ``before`` because of a list."""
    changed = [
        query_id
        for query_id, (version, digest) in asked(session).items()
        if query_id in before and before[query_id][0] == version and before[query_id][1] != digest
    ]
    raise_versions(session, changed, now=now)


def refuse_broken(session: Session, before: Mapping[int, tuple[int, str]]) -> None:
    """Raises Invalid for a query in use that could be read ``before`` a list was changed, and
    cannot be any more."""
    lists = named_lists(session)
    for query in query_list(session):
        if not query.enabled or query.id not in before:
            continue
        try:
            parse(query.text, lists=lists.of(query.brand_id))
        except QuerySyntaxError as error:
            raise Invalid(
                f"the query {query.brand_slug} / {query.name} could not be read any more: "
                f"{error.message}",
                code="list-breaks-query",
                errors=[{"field": "text", "message": error.message, "query_id": query.id}],
            ) from None


def refuse(error: QuerySyntaxError, *, field: str = "text") -> NoReturn:
    """Raises Invalid with the position of the mistake."""
    told = {
        "field": field,
        "message": error.message,
        "start": error.start,
        "end": error.end,
        "hint": error.hint,
    }
    raise Invalid(str(error), code="query-syntax", errors=[told]) from None


def tests_failed(draft: Draft) -> Invalid:
    """The refusal of a query that does not keep what its examples promise."""
    errors = [
        {
            "field": "must_match" if outcome.expected else "must_not_match",
            "message": outcome.why,
            "example": outcome.example.text or outcome.example.title,
        }
        for outcome in draft.failed
    ]
    count = "one test fails" if len(errors) == 1 else f"{len(errors)} tests fail"
    return Invalid(
        f"{count}: {errors[0]['message']}; mend the query or the test, or save with force",
        code="query-tests",
        errors=errors,
    )


def _read_again(
    session: Session,
    list_id: int,
    *,
    before: Mapping[int, tuple[int, str]],
    now: datetime,
    force: bool,
) -> None:
    view = list_view(session, list_id)
    lists = named_lists(session)
    if view.enabled:
        try:
            parse_list(view.text, lists={**lists.of(view.brand_id), view.name: view.text})
        except QuerySyntaxError as error:
            refuse(error)
    refuse_broken(session, before)
    if not force:
        _try_again(session, lists, before=before)
    follow(session, before, now=now)


def _try_again(
    session: Session, lists: NamedLists, *, before: Mapping[int, tuple[int, str]]
) -> None:
    for query in query_list(session):
        if query.id not in before or not query.enabled or not query.examples:
            continue
        if _digest(query, lists) == before[query.id][1]:
            continue
        draft = judge(
            query.text,
            lists=lists.of(query.brand_id),
            examples=read_examples(query.examples),
        )
        if draft.failed:
            refusal = tests_failed(draft)
            raise Invalid(
                f"of the query {query.brand_slug} / {query.name}, {refusal.message}",
                code=refusal.code,
                errors=[error | {"query_id": query.id} for error in refusal.errors],
            )


def _digest(query: QueryView, lists: NamedLists) -> str | None:
    try:
        return parse(query.text, lists=lists.of(query.brand_id)).digest
    except QuerySyntaxError:
        return None
