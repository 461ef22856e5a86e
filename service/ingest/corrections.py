"""A person says how a mention really sounds towards the brand; its polarity learns from it.

Each call is part of the caller's transaction. What is stored keeps the scores it has: a correction
speaks of what is judged from then on, and ``polarity_preview`` shows what that will mean.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from rules.mention import Mention
from rules.query import Match, Span
from rules.score import Label
from rules.score.corrections import Corrections, features_of
from service.errors import Invalid, NotFound
from service.ingest.evidence import fields_of
from service.store import corrections
from service.store.brands import BrandFacts
from service.store.corrections import GivenCorrection
from service.store.engine import Session
from service.store.kept import kept_by
from service.store.mentions import get_mention, spans_for

Taught = tuple[frozenset[str], Label]
"""Features of a mention, and the label it was corrected to."""

Key = tuple[str, int]
"""("mention", its id), or ("correction", the id of one whose mention is not in this store)."""


def corrections_of(session: Session) -> dict[int, Corrections]:
    """What was corrected of every brand that has any."""
    known = kept_by(session, "corrections")
    found: dict[int, Corrections] = {}
    for brand_id, state in sorted(corrections.states(session).items()):
        kept = known.get(brand_id)
        if kept is None or kept[0] != state:
            kept = (state, Corrections.of(examples(session, brand_id).values()))
            known[brand_id] = kept
        found[brand_id] = kept[1]
    return found


def examples(session: Session, brand_id: int) -> dict[Key, Taught]:
    """Everything that was corrected of a brand, each mention once."""
    found: dict[Key, Taught] = {}
    for each in corrections.learned_from(session, brand_id):
        key = ("correction", each.correction_id)
        if each.mention_id is not None:
            key = ("mention", each.mention_id)
        found[key] = (each.features, each.label)
    return found


def match_of(spans: Iterable[Iterable[Any]]) -> Match:
    """A match from its spans as they are stored."""
    return Match(tuple(Span(*span) for span in spans))


def taught_by(session: Session, mention_id: int, *, brand: BrandFacts, label: Label) -> Taught:
    """What the correction would teach. Raises NotFound for a mention that matched nothing of the
    brand, Invalid where the label is unknown: nobody can know that."""
    if label is Label.UNKNOWN:
        raise Invalid("a mention is corrected to negative, neutral or positive")
    spans = spans_for(session, mention_id, brand_id=brand.id)
    if spans is None:
        raise NotFound(f"mention {mention_id} matched no query of {brand.name}")
    mention: Mention = get_mention(session, mention_id)
    fields = fields_of(mention.title, mention.text)
    return features_of(match_of(spans), fields=fields), label


def give(
    session: Session, mention_id: int, *, brand: BrandFacts, label: Label, by: str, now: datetime
) -> GivenCorrection:
    """The correction of a mention for a brand, in place of one before. Raises NotFound, Invalid."""
    features, _ = taught_by(session, mention_id, brand=brand, label=label)
    return corrections.give(
        session,
        brand_id=brand.id,
        mention_id=mention_id,
        features=features,
        label=label,
        by=by,
        now=now,
    )


def take_back(
    session: Session, mention_id: int, *, brand: BrandFacts, by: str, now: datetime
) -> None:
    """Undo the correction of a mention. Raises NotFound where none holds."""
    if not corrections.take_back(session, brand_id=brand.id, mention_id=mention_id, by=by, now=now):
        raise NotFound(f"mention {mention_id} is not corrected for {brand.name}")


def reset(session: Session, brand: BrandFacts, *, by: str, now: datetime) -> int:
    """Forget what was corrected of a brand; returns how many corrections there were."""
    return corrections.reset(session, brand_id=brand.id, by=by, now=now)
