"""A person says of one mention whether it is about the brand; relevance learns from it.

Each call is part of the caller's transaction. What is stored keeps the scores it has: a verdict
speaks of what is judged from then on, and ``relevance_preview`` shows what that will mean.
"""

from __future__ import annotations

from datetime import datetime

from rules.incident import Verdict
from service.errors import NotFound
from service.ingest.evidence import Taught, features_of
from service.store import relevance_examples
from service.store.brands import BrandFacts, get_brand
from service.store.engine import Session
from service.store.mentions import get_mention, spans_for
from service.store.reads.incident import incident_view
from service.store.relevance_examples import About, GivenVerdict


def taught_by(session: Session, mention_id: int, *, brand: BrandFacts, verdict: About) -> Taught:
    """What the verdict would teach. Raises NotFound for a mention that matched nothing of it."""
    spans = spans_for(session, mention_id, brand_id=brand.id)
    if spans is None:
        raise NotFound(f"mention {mention_id} matched no query of {brand.name}")
    return features_of(get_mention(session, mention_id), spans), verdict is About.US


def give(
    session: Session, mention_id: int, *, brand: BrandFacts, verdict: About, by: str, now: datetime
) -> GivenVerdict:
    """The verdict on a mention for a brand, in place of one before. Raises NotFound."""
    features, _ = taught_by(session, mention_id, brand=brand, verdict=verdict)
    return relevance_examples.give(
        session,
        brand_id=brand.id,
        mention_id=mention_id,
        features=features,
        verdict=verdict,
        by=by,
        now=now,
    )


def take_back(
    session: Session, mention_id: int, *, brand: BrandFacts, by: str, now: datetime
) -> None:
    """Undo the verdict on a mention. Raises NotFound where none holds."""
    if not relevance_examples.take_back(
        session, brand_id=brand.id, mention_id=mention_id, by=by, now=now
    ):
        raise NotFound(f"there is no verdict on mention {mention_id} for {brand.name}")


def reset(session: Session, brand: BrandFacts, *, by: str, now: datetime) -> int:
    """Forget what verdicts taught of a brand; returns how many there were."""
    return relevance_examples.reset(session, brand_id=brand.id, by=by, now=now)


def follow_incident(
    session: Session, incident_id: int, *, verdict: Verdict, by: str, now: datetime
) -> None:
    """An incident's verdict "not us" is one on each of its top mentions; any other undoes that.

    A mention that somebody judged by itself keeps that verdict.
    """
    relevance_examples.take_back_of_incident(session, incident_id, by=by, now=now)
    if verdict is not Verdict.NOT_US:
        return
    view = incident_view(session, incident_id, now=now)
    brand = get_brand(session, view.brand.id)
    for mention_id in [post.mention_id for post in view.top]:
        if brand.id not in relevance_examples.holding(session, mention_id):
            features, _ = taught_by(session, mention_id, brand=brand, verdict=About.NOT_US)
            relevance_examples.give(
                session,
                brand_id=brand.id,
                mention_id=mention_id,
                features=features,
                verdict=About.NOT_US,
                by=by,
                now=now,
                incident_id=incident_id,
            )
