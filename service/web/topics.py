"""Topics: what people speak of when they speak of a brand, and what they say that is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, Final, Literal

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from rules.score import PriorityWeights
from rules.topic.emerging import Emerging
from service.deps import NowDep, ReadDep, UserDep
from service.ingest.contexts import context, words_of_name
from service.ingest.evidence import ASKS_FOR_THE_BRAND
from service.store.brands import BrandFacts, list_brands
from service.store.engine import Session
from service.store.named_lists import named_lists
from service.store.reads.mentions import MentionView, mention_views
from service.store.reads.topics import TopicCount, emerging_phrases, topic_counts
from service.web.page import render

router = APIRouter()

SPANS: Final = {
    "day": ("the last 24 hours", timedelta(days=1)),
    "week": ("the last 7 days", timedelta(days=7)),
    "month": ("the last 30 days", timedelta(days=30)),
}
Span = Literal["day", "week", "month"]


@dataclass(frozen=True, slots=True)
class Row:
    """A topic of the brand: its counts, how dangerous it is (None: not looked for any more), and a
    bar as long as its share of the most frequent one."""

    count: TopicCount
    risk: float | None
    bar: Markup


@dataclass(frozen=True, slots=True)
class New:
    """A phrase that emerges, with one mention that holds it."""

    phrase: Emerging
    example: MentionView | None


@dataclass(frozen=True, slots=True)
class Weight:
    name: str
    value: float
    usual: float


@router.get("/topics")
def show_topics(
    request: Request,
    user: UserDep,
    session: ReadDep,
    now: NowDep,
    brand: str = "",
    span: Span = "week",
) -> Response:
    brands = list_brands(session)
    chosen = next((each for each in brands if each.slug == brand), brands[0] if brands else None)
    return render(
        request,
        "topics.html",
        user=user,
        now=now,
        brands=brands,
        brand=chosen,
        spans=SPANS,
        span=span,
        **(_shown(session, chosen, length=SPANS[span][1], now=now) if chosen else {}),
    )


def _shown(
    session: Session, brand: BrandFacts, *, length: timedelta, now: NowDep
) -> dict[str, Any]:
    known = context(brand, lists=named_lists(session).of(brand.id))
    counts = topic_counts(
        session, brand.id, roles=ASKS_FOR_THE_BRAND, since=now - length, until=now
    )
    found = emerging_phrases(
        session, brand.id, roles=ASKS_FOR_THE_BRAND, ignore=words_of_name(brand), now=now
    )
    return {
        "rows": _rows(counts, risks=known.topics.risks),
        "unheard": [name for name in known.topics.names if name not in {c.topic for c in counts}],
        "found": found,
        "new": _new(session, found.phrases),
        "weights": _weights(known.weights),
    }


def _rows(counts: Sequence[TopicCount], *, risks: Mapping[str, float]) -> list[Row]:
    most = max((one.mentions for one in counts), default=0)
    return [Row(one, risks.get(one.topic), _bar(one, most=most)) for one in counts]


def _bar(one: TopicCount, *, most: int) -> Markup:
    """Negative, then the rest, then positive, of a width of 100."""
    parts = (
        ("bad", one.negative),
        ("rest", one.mentions - one.negative - one.positive),
        ("good", one.positive),
    )
    rects, at = "", 0.0
    for kind, count in parts:
        width = 100 * max(0, count) / most if most else 0.0
        rects += f'<rect class="{kind}" x="{at:.2f}" width="{width:.2f}" height="1"/>'
        at += width
    told = f"{one.negative} of {one.mentions} negative, {one.positive} positive"
    return Markup(  # noqa: S704 - nothing but numbers
        f'<svg class="share tones" viewBox="0 0 100 1" preserveAspectRatio="none" role="img" '
        f'aria-label="{told}">{rects}</svg>'
    )


def _new(session: Session, phrases: Sequence[Emerging]) -> list[New]:
    ids = list(dict.fromkeys(one.mentions[0] for one in phrases if one.mentions))
    views = {view.id: view for view in mention_views(session, ids)}
    return [New(one, views.get(one.mentions[0]) if one.mentions else None) for one in phrases]


def _weights(weights: PriorityWeights) -> list[Weight]:
    usual = asdict(PriorityWeights())
    return [Weight(name, value, usual[name]) for name, value in asdict(weights).items()]
