"""What would change: stored mentions that would get another label if a correction were given.

Both sides are judged by the rules as they are now, as deep as what comes in, so that only the
corrections differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from rules.score import BrandContext, Depth, Label
from rules.score.corrections import Corrections
from rules.score.polarity import polarity
from service.errors import NotFound
from service.ingest.corrections import Key, Taught, examples, match_of, taught_by
from service.ingest.evidence import ASKS_FOR_THE_BRAND
from service.ingest.relevance_preview import BACK, LOOKS
from service.store.brands import BrandFacts
from service.store.engine import Session
from service.store.reads.brand_matches import last_matches

Change = Callable[[dict[Key, Taught]], None]


@dataclass(frozen=True, slots=True)
class Relabelled:
    """A mention that would get another label; ``before`` and ``after`` are its polarity."""

    mention_id: int
    excerpt: str
    platform: str
    at: datetime
    before: float
    after: float
    label: Label
    becomes: Label


@dataclass(frozen=True, slots=True)
class PolarityPreview:
    """``looked_at``: mentions tried; ``since``: how far back that went. ``negative``, ``neutral``,
    ``positive``: the corrections there would be."""

    changed: tuple[Relabelled, ...]
    looked_at: int
    since: datetime
    negative: int
    neutral: int
    positive: int


def if_given(
    session: Session,
    mention_id: int,
    *,
    brand: BrandFacts,
    label: Label,
    now: datetime,
    depth: Depth,
) -> PolarityPreview:
    """What a correction would change. Raises NotFound for a mention that matched nothing of the
    brand, Invalid for the label unknown."""
    taught = taught_by(session, mention_id, brand=brand, label=label)

    def give(known: dict[Key, Taught]) -> None:
        known["mention", mention_id] = taught

    return _preview(session, brand, give, now=now, depth=depth)


def if_taken_back(
    session: Session, mention_id: int, *, brand: BrandFacts, now: datetime, depth: Depth
) -> PolarityPreview:
    """What it would change to undo the correction of a mention. Raises NotFound without one."""

    def undo(known: dict[Key, Taught]) -> None:
        if known.pop(("mention", mention_id), None) is None:
            raise NotFound(f"mention {mention_id} is not corrected for {brand.name}")

    return _preview(session, brand, undo, now=now, depth=depth)


def if_reset(
    session: Session, *, brand: BrandFacts, now: datetime, depth: Depth
) -> PolarityPreview:
    """What it would change to forget every correction of a brand."""
    return _preview(session, brand, dict.clear, now=now, depth=depth)


def _preview(
    session: Session, brand: BrandFacts, change: Change, *, now: datetime, depth: Depth
) -> PolarityPreview:
    known = examples(session, brand.id)
    before = _context(brand, known)
    change(known)
    after = _context(brand, known)
    changed: dict[int, Relabelled] = {}
    since = now - BACK
    looks = last_matches(
        session, brand.id, roles=ASKS_FOR_THE_BRAND, since=since, until=now, limit=LOOKS
    )
    for each in looks:
        found = match_of(each.spans)
        (was, label, _), (value, becomes, _) = (
            polarity(each.mention, found, brand=side, depth=depth) for side in (before, after)
        )
        if becomes is not label:
            changed.setdefault(
                each.mention_id,
                Relabelled(
                    mention_id=each.mention_id,
                    excerpt=each.mention.title or each.mention.text,
                    platform=each.mention.platform,
                    at=each.mention.effective_at,
                    before=was.value,
                    after=value.value,
                    label=label,
                    becomes=becomes,
                ),
            )
    negative, neutral, positive = after.corrections.given
    return PolarityPreview(
        changed=tuple(changed.values()),
        looked_at=len({each.mention_id for each in looks}),
        since=looks[-1].mention.effective_at if len(looks) == LOOKS else since,
        negative=negative,
        neutral=neutral,
        positive=positive,
    )


def _context(brand: BrandFacts, known: dict[Key, Taught]) -> BrandContext:
    """As much of the brand as polarity asks for."""
    return BrandContext(
        name=brand.name,
        handles=brand.handles,
        lexicon=brand.words,
        corrections=Corrections.of(known.values()),
    )
