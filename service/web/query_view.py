"""What a query page shows of a query that is being written: judged, tried, previewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from rules.query import (
    Clause,
    Outcome,
    Query,
    QuerySyntaxError,
    Warning,
    explain,
    parse_list,
    why_not,
)
from service.queries.draft import judge
from service.queries.examples import example_of, read_examples
from service.queries.place import Place, place_of
from service.store.engine import Session
from service.store.search.find import Found
from service.store.search.preview import Preview, preview
from service.web.charts import Days, daily_chart
from service.web.query_form import QueryForm, read_rows
from service.workspace.also import AlsoInvalid, read_example

PREVIEW_DAYS: Final = 30

MOST_CLAUSES: Final = 12
DEEPEST: Final = 30

Spans = tuple[tuple[str, int, int, str], ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A mistake (``kind`` wrong) or a warning (odd) at its place in the text."""

    kind: str
    message: str
    hint: str
    start: int
    end: int
    place: Place


@dataclass(frozen=True, slots=True)
class DraftView:
    """``outcome_of``: by the number of the row in the form. ``problem``: a test cannot be read."""

    error: Told | None
    warnings: tuple[Told, ...]
    cost: str
    canonical: str
    outcomes: tuple[Outcome, ...]
    outcome_of: Mapping[int, Outcome]
    failed: int
    problem: str
    kept: Mapping[str, Any]
    query: Query | None


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause as it is shown. ``hidden``: how many inside are left out: they do not hold, and
    there is nothing to say of them."""

    text: str
    held: bool
    near_miss: str
    children: tuple[ClauseView, ...]
    hidden: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A text tried: it has the ``spans`` and ``explanation`` that marking looks for."""

    held: bool = False
    why: str = ""
    title: str = ""
    text: str = ""
    spans: Spans = ()
    clause: ClauseView | None = None
    problem: str = ""
    explanation: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Post:
    """A mention or reject of a preview, with the words that were found."""

    platform: str
    at: datetime | None
    mention_id: int | None
    title: str
    text: str
    spans: Spans
    explanation: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PreviewView:
    """``groups``: headings with the newest posts of each kind."""

    days: int
    total: int = 0
    before: int = 0
    enters_count: int = 0
    leaves_count: int = 0
    compared: bool = False
    chart: Days | None = None
    groups: tuple[tuple[str, tuple[Post, ...]], ...] = ()
    notice: str = ""
    problem: str = ""


def view_draft(form: QueryForm, *, lists: Mapping[str, str]) -> DraftView:
    """The text of the form judged, and its tests run."""
    rows = read_rows(form.examples)
    draft = judge(form.text, lists=lists, examples=read_examples(rows.kept))
    return DraftView(
        error=None if draft.error is None else _told(draft.text, draft.error, kind="wrong"),
        warnings=tuple(_told(draft.text, warning, kind="odd") for warning in draft.warnings),
        cost=_sentence(draft.cost.words) if draft.cost else "",
        canonical=draft.query.canonical if draft.query else "",
        outcomes=draft.outcomes,
        outcome_of=dict(zip(rows.places, draft.outcomes, strict=False)),
        failed=len(draft.failed),
        problem=rows.problem,
        kept=rows.kept,
        query=draft.query,
    )


def view_list(text: str, *, lists: Mapping[str, str]) -> DraftView:
    """The text of a list judged; it has neither tests nor a cost of its own."""
    error = None
    try:
        parse_list(text, lists=lists)
    except QuerySyntaxError as found:
        error = _told(text, found, kind="wrong")
    return DraftView(error, (), "", "", (), {}, 0, "", {}, None)


def try_sample(form: QueryForm, query: Query | None) -> Trial | None:
    """The text of the try-it box, explained; None where there is nothing to try."""
    if query is None or not (form.sample.strip() or form.sample_also.strip()):
        return None
    try:
        example = example_of(read_example(form.sample, form.sample_also))
    except AlsoInvalid as error:
        return Trial(problem=_sentence(str(error)))
    document = example.document()
    clause = explain(query, document)
    return Trial(
        held=clause.held,
        why="" if clause.held else why_not(query, document),
        title=example.title,
        text=example.text,
        spans=_spans(clause.spans) if clause.held else _leaf_spans(clause),
        clause=_clause(clause, depth=0),
    )


def view_preview(
    session: Session, query: Query, *, current: Query | None, now: datetime
) -> PreviewView:
    """What the query would have caught, beside the query as it runs now."""
    told = preview(session, query, now=now, days=PREVIEW_DAYS, current=current)
    entering = told.entering.count if told.entering else 0
    leaving = told.leaving.count if told.leaving else 0
    groups = [
        ("Would come in", _posts(told.entering.examples) if told.entering else ()),
        ("Would go", _posts(told.leaving.examples) if told.leaving else ()),
        ("The newest", _posts(told.examples)),
    ]
    if told.missed is not None and told.missed.total:
        found = tuple(
            Post(
                platform=one.reject.platform,
                at=one.reject.collected_at,
                mention_id=None,
                title=one.reject.title,
                text=one.reject.text,
                spans=_spans(one.spans),
            )
            for one in told.missed.examples
        )
        groups.append((f"{told.missed.total} more were fetched, and matched no query then", found))
    return PreviewView(
        days=PREVIEW_DAYS,
        total=told.total,
        before=told.total - entering + leaving,
        enters_count=entering,
        leaves_count=leaving,
        compared=current is not None,
        chart=daily_chart(_days(told, now=now), label=f"Mentions per day, {PREVIEW_DAYS} days"),
        groups=tuple(groups),
        notice=_reach(told),
    )


def _days(told: Preview, *, now: datetime) -> list[tuple[date, int, int, int]]:
    """Day, what stays, what comes in, what goes; every day of the span."""
    first = told.since.date()
    days = [first + timedelta(days=n) for n in range((now.date() - first).days + 1)]
    entering = told.entering.days if told.entering else {}
    leaving = told.leaving.days if told.leaving else {}
    return [
        (
            day,
            told.days.get(day, 0) - entering.get(day, 0),
            entering.get(day, 0),
            leaving.get(day, 0),
        )
        for day in days
    ]


def _reach(told: Preview) -> str:
    if told.looked_back_to is None:
        return ""
    return (
        f"There is too much to read at once: only what is newer than "
        f"{told.looked_back_to:%d %b %H:%M} UTC was looked at."
    )


def _posts(found: Sequence[Found]) -> tuple[Post, ...]:
    return tuple(
        Post(
            platform=one.mention.platform,
            at=one.mention.effective_at,
            mention_id=one.mention.id,
            title=one.mention.title,
            text=one.mention.text,
            spans=_spans(one.spans),
        )
        for one in found
    )


def _spans(spans: Sequence[Any]) -> Spans:
    return tuple((span.field, span.start, span.end, span.term) for span in spans)


def _leaf_spans(clause: Clause) -> Spans:
    """Where the clauses that do hold stand, so that one sees what is there already."""
    if clause.children:
        return tuple(sorted({span for child in clause.children for span in _leaf_spans(child)}))
    return _spans(clause.spans) if clause.held else ()


def _clause(clause: Clause, *, depth: int) -> ClauseView:
    """Of a long list those that hold, and the first of the others."""
    said = [child for child in clause.children if child.held or child.near_miss][:MOST_CLAUSES]
    silent = [child for child in clause.children if not (child.held or child.near_miss)]
    shown = {id(child) for child in said + silent[: max(MOST_CLAUSES - len(said), 2)]}
    if depth >= DEEPEST:
        shown = set()
    children = [child for child in clause.children if id(child) in shown]
    return ClauseView(
        text=clause.text,
        held=clause.held,
        near_miss=clause.near_miss,
        children=tuple(_clause(child, depth=depth + 1) for child in children),
        hidden=len(clause.children) - len(children),
    )


def _told(text: str, told: QuerySyntaxError | Warning, *, kind: str) -> Told:
    return Told(
        kind=kind,
        message=told.message,
        hint=told.hint,
        start=told.start,
        end=told.end,
        place=place_of(text, told.start, told.end),
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}" + ("" if words.endswith(".") else ".")
