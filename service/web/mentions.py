"""Mentions: what was heard, the newest first, and a search box that takes the query language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Path, Query, Request, Response

from rules.query import Query as ReadQuery
from rules.query import QuerySyntaxError, parse
from rules.score.intent import Intent
from service.deps import NowDep, ReadDep, UserDep
from service.ingest.contexts import topics_of
from service.queries.place import Place, place_of
from service.store import corrections
from service.store.brands import BrandFacts, list_brands
from service.store.engine import Session
from service.store.named_lists import named_lists
from service.store.reads.mentions import MentionView, mention_page, mention_view
from service.store.relevance_examples import holding
from service.store.search.find import Found, scope_of, search
from service.web.page import render
from service.web.words import PLATFORMS

router = APIRouter()

LABELS: Final = ("negative", "neutral", "positive", "unknown")
INTENTS: Final = tuple(each.value for each in Intent)
SPANS: Final = {
    "hour": ("the last hour", timedelta(hours=1)),
    "day": ("the last 24 hours", timedelta(days=1)),
    "week": ("the last 7 days", timedelta(days=7)),
    "all": ("any time", None),
}
ON_A_PAGE: Final = 30

Span = Literal["hour", "day", "week", "all"]
Words = Annotated[str, Query(max_length=20_000)]
Story = Annotated[str, Query(max_length=600)]
Cursor = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with a query, and where, as the query's editor tells it."""

    message: str
    hint: str
    start: int
    end: int
    place: Place
    kind: str = "wrong"


@dataclass(frozen=True, slots=True)
class Shown:
    """A mention on the page. ``spans`` are what the search found; without a search, ``marks`` is
    None and what the brand's query found is marked."""

    mention: MentionView
    marks: Marks | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What a search found, in the shape of a match: nothing of it is explained."""

    spans: tuple[tuple[str, int, int, str], ...]
    explanation: Mapping[str, Any] = field(default_factory=dict)

    @property
    def in_author(self) -> bool:
        return any(span[0] == "author" for span in self.spans)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the list."""

    items: tuple[Shown, ...] = ()
    next_cursor: str | None = None
    looked_back_to: datetime | None = None


@router.get("/mentions")
def list_mentions(
    request: Request,
    user: UserDep,
    session: ReadDep,
    now: NowDep,
    brand: str = "",
    label: str = "",
    intent: str = "",
    platform: str = "",
    query: Words = "",
    span: Span = "all",
    story: Story = "",
    topic: Annotated[str, Query(max_length=80)] = "",
    cursor: Cursor = "",
) -> Response:
    brands = list_brands(session)
    chosen = next((each.id for each in brands if each.slug == brand), None)
    read, mistake = _read(session, query, brand_id=chosen)
    asked: dict[str, Any] = {
        "brand_id": chosen,
        "label": label if label in LABELS else None,
        "intent": intent if intent in INTENTS else None,
        "story": story.replace("\0", "") or None,
        "topic": topic.replace("\0", "") or None,
        "platform": platform or None,
        "since": _since(span, now=now),
        "cursor": cursor or None,
    }
    if mistake is not None:
        page = Listed()
    elif read is not None:
        page = _searched(session, read, asked)
    else:
        told = mention_page(session, **asked, limit=ON_A_PAGE)
        page = Listed(tuple(Shown(view) for view in told.items), told.next_cursor)
    return render(
        request,
        "mentions.html",
        user=user,
        now=now,
        page=page,
        mistake=mistake,
        searched=read is not None,
        brands=brands,
        labels=LABELS,
        intents=INTENTS,
        topics=_topics(session, [each for each in brands if chosen in (None, each.id)], topic),
        platforms=sorted({*PLATFORMS, *([platform] if platform else [])}),
        spans=SPANS,
        chosen={
            "brand": brand,
            "label": label,
            "intent": intent,
            "platform": platform,
            "query": query,
            "span": span,
            "story": story,
            "topic": topic,
        },
        filtered=bool(
            brand or label or intent or story or topic or platform or query or span != "all"
        ),
    )


@router.get("/mentions/check")
def check_search(
    request: Request,
    user: UserDep,
    session: ReadDep,
    now: NowDep,
    query: Words = "",
    brand: str = "",
) -> Response:
    """What is wrong with a search while it is typed; a part of the page."""
    chosen = next((each.id for each in list_brands(session) if each.slug == brand), None)
    _, mistake = _read(session, query, brand_id=chosen)
    return render(request, "search_told.html", user=user, now=now, mistake=mistake)


@router.get("/mentions/{mention_id}")
def show_mention(
    request: Request,
    mention_id: Annotated[int, Path(ge=1, le=2**63 - 1)],
    user: UserDep,
    session: ReadDep,
    now: NowDep,
) -> Response:
    view = mention_view(session, mention_id)
    return render(
        request,
        "mention.html",
        user=user,
        now=now,
        mention=view,
        given=holding(session, mention_id),
        corrected=corrections.holding(session, mention_id),
    )


def _topics(session: Session, brands: Sequence[BrandFacts], chosen: str) -> list[str]:
    """What can be narrowed by: the topics of these brands."""
    lists = named_lists(session)
    names = {name for brand in brands for name in topics_of(brand, lists=lists.of(brand.id)).names}
    return sorted({*names, *([chosen] if chosen else [])})


def _read(
    session: Session, text: str, *, brand_id: int | None
) -> tuple[ReadQuery | None, Mistake | None]:
    """The search, or what is wrong with it; neither where nothing is searched for."""
    if not text.strip():
        return None, None
    try:
        return parse(text, lists=named_lists(session).of(brand_id)), None
    except QuerySyntaxError as error:
        return None, Mistake(
            message=error.message,
            hint=error.hint,
            start=error.start,
            end=error.end,
            place=place_of(text, error.start, error.end),
        )


def _searched(session: Session, query: ReadQuery, asked: Mapping[str, Any]) -> Listed:
    told = search(session, query, scope=scope_of(**asked), limit=ON_A_PAGE)
    return Listed(
        tuple(Shown(found.mention, _marks(found)) for found in told.items),
        told.next_cursor,
        told.looked_back_to,
    )


def _marks(found: Found) -> Marks:
    return Marks(tuple((span.field, span.start, span.end, span.term) for span in found.spans))


def _since(span: Span, *, now: datetime) -> datetime | None:
    length = SPANS[span][1]
    return None if length is None else now - length
